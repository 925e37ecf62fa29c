"""The columns of an import: what they are called in Vietnamese and in English, and what of a document they fill."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.text.fold import words
from portal.text.normalise import normalise

REQUIRED = ("number", "event_date", "summary_vi")
# the first name is the one that the template and messages show
COLUMNS = {
    "number": ["Số ký hiệu", "Số hiệu", "Number"],
    "event_date": ["Ngày ban hành", "Date of issue", "Issued on"],
    "summary_vi": ["Trích yếu", "Trích yếu nội dung", "Subject", "Summary"],
    "type": ["Loại", "Loại văn bản", "Hình thức", "Hình thức văn bản", "Type", "Type of document"],
    "issuer": ["Cơ quan ban hành", "Issuing body", "Issuer"],
    "kind": ["Tính chất", "Kind"],
    "effective_on": ["Ngày hiệu lực", "Ngày có hiệu lực", "Takes effect on", "Effective on"],
    "expires_on": ["Ngày hết hiệu lực", "No longer in force from", "Expires on"],
    "signer": ["Người ký", "Signed by", "Signer"],
    "signer_office": ["Chức vụ", "Chức vụ người ký", "Office of the signer", "Office"],
    "sector": ["Lĩnh vực", "Sector"],
    "in_scope": ["Phạm vi", "Phạm vi áp dụng", "Agencies that it applies to", "Scope"],
    "summary_en": ["Trích yếu tiếng Anh", "Subject in English", "English subject"],
    "source": ["Nguồn", "Source"],
    "files": ["Tệp", "Tệp đính kèm", "Files", "File"],
    "full_text": ["Toàn văn", "Full text"],
}


def _key(header):
    return " ".join(words(normalise(header)))


NAMES = {_key(header): name for name, headers in COLUMNS.items() for header in headers}


def known(header):
    """The column that a header means, whatever its capitals and diacritics; empty for an unknown one."""
    return NAMES.get(_key(header), "")


def label(name):
    return COLUMNS[name][0] if name in COLUMNS else ""


def read_header(headers):
    """[column name, or "" where the header is empty]. Raises ValidationError for anything but known columns, once each,
    with the required ones among them."""
    names = [known(header) for header in headers]
    unknown = [header for header, name in zip(headers, names, strict=True) if header.strip() and not name]
    if unknown:
        words = _("These columns are not known: %(columns)s. Take the names from the template.")
        raise ValidationError(words % {"columns": ", ".join(header.strip()[:60] for header in unknown[:20])})
    if twice := [name for name, count in Counter(filter(None, names)).items() if count > 1]:
        raise ValidationError(_("These columns appear twice: %(columns)s.") % {"columns": _labels(twice)})
    if missing := [name for name in REQUIRED if name not in names]:
        raise ValidationError(_("These columns are missing: %(columns)s.") % {"columns": _labels(missing)})
    return names


def _labels(names):
    return ", ".join(map(label, names))
