"""What the cells of a row mean: text through the gate, dates, and names of rows of other tables."""

import re
from collections import defaultdict
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from documents.import_rows import Fault
from documents.models import Document, DocumentType, Issuer, Sector
from portal.agencies.models import Agency
from portal.text.fields import gate
from portal.text.fold import fold, words
from portal.text.numbers import parse_number

DAY = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
FIRST_YEAR, LAST_YEAR = 1900, 2200
SEPARATOR = ";"
LONGEST_LIST = 500
LONGEST_NUMBER = 200  # with "Số", blanks and the like; the patterns take long on what is much longer
LONG_TEXTS = ("summary_vi", "summary_en", "full_text")
LETTER = "cong-van"  # the one type whose numbers name no type
KINDS = {
    "quy pham phap luat": Document.Kind.NORMATIVE,
    "van ban quy pham phap luat": Document.Kind.NORMATIVE,
    "qppl": Document.Kind.NORMATIVE,
    "normative": Document.Kind.NORMATIVE,
    "normative legal document": Document.Kind.NORMATIVE,
    "hanh chinh": Document.Kind.ADMINISTRATIVE,
    "van ban hanh chinh": Document.Kind.ADMINISTRATIVE,
    "administrative": Document.Kind.ADMINISTRATIVE,
    "administrative document": Document.Kind.ADMINISTRATIVE,
}


ABBREVIATED = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "tp": "thanh pho"}


def in_full(name):
    """The name folded, its everyday abbreviations written out, "tỉnh" without saying which: there is one."""
    return " ".join(ABBREVIATED.get(word, word) for word in words(name)).replace("tinh quang ngai", "tinh")


class Names:
    """Rows by their names: as written, in any capitals, without diacritics, or abbreviated, where only one row is
    meant."""

    SPELLINGS = (str, str.lower, fold, in_full)

    def __init__(self, rows, *fields):
        self.rows, self.tables = {}, [defaultdict(set) for _spell in self.SPELLINGS]
        for row in rows:
            self.rows[row.pk] = row
            for text in filter(None, (getattr(row, name) for name in fields)):
                for spell, table in zip(self.SPELLINGS, self.tables, strict=True):
                    table[spell(text)].add(row.pk)

    def find(self, text):
        """The row, or None when there is none or more than one."""
        for spell, table in zip(self.SPELLINGS, self.tables, strict=True):
            if found := table.get(spell(text)):
                return self.rows[next(iter(found))] if len(found) == 1 else None
        return None


class Lookups:
    """The tables that rows of an import name, read once."""

    def __init__(self, agency):
        types = list(DocumentType.objects.all())
        self.types = Names(types, "name_vi", "name_en", "abbreviation", "code")
        self.by_abbreviation = {row.abbreviation: row for row in reversed(types) if row.abbreviation}
        self.letter = next((row for row in types if row.code == LETTER), None)
        issuers = list(Issuer.objects.select_related("agency"))
        self.issuers = Names(issuers, "name_vi", "name_en", "code")
        own = [row for row in issuers if row.agency_id == agency.pk]
        self.own_issuer = own[0] if len(own) == 1 else None
        self.sectors = Names(Sector.objects.all(), "name_vi", "name_en", "code")
        with_site = Agency.objects.filter(site__isnull=False).order_by(F("lft"))
        self.agencies = Names(with_site, "code", "name_vi", "name_en", "abbreviation", "place_name_vi")

    def type_of(self, number):
        if number.type_code:
            return self.by_abbreviation.get(number.type_code)
        return self.letter if number.unit else None


def text(cell, *, name):
    """The cell as the portal stores text. Raises ValidationError for a legacy encoding or a fault."""
    if isinstance(cell, Fault):
        raise ValidationError(cell.sentence)
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    value = gate(cell)
    return value.strip() if name in LONG_TEXTS else " ".join(value.split())


def number(typed):
    """The parts of a document number. Raises ValueError for what is none."""
    if len(typed) > LONGEST_NUMBER:
        raise ValueError("too long for a document number")
    return parse_number(typed)


def day(cell):
    """Raises ValidationError for what is no date between 1900 and 2200."""
    found = cell if isinstance(cell, date) else _typed_day(text(cell, name=""))
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        words = _("“%(value)s” is no date. Write day, month and the four digits of the year: 31/12/2017.")
        raise ValidationError(words % {"value": (cell if isinstance(cell, str) else f"{cell:%d/%m}/{cell.year}")[:40]})
    return found


def _typed_day(typed):
    match = DAY.fullmatch(typed)
    try:
        return match and date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def named(cell, names):
    """Raises ValidationError when not exactly one row has this name."""
    typed = text(cell, name="")
    if (row := names.find(typed)) is None:
        raise ValidationError(_("“%(value)s” is not known, or not the name of one alone.") % {"value": typed[:120]})
    return row


def several(cell):
    """The parts of a list that is divided by semicolons, each once."""
    parts = [part.strip() for part in text(cell, name="").split(SEPARATOR)]
    parts = list(dict.fromkeys(filter(None, parts)))
    if len(parts) > LONGEST_LIST:
        raise ValidationError(_("At most %(limit)d entries are accepted here.") % {"limit": LONGEST_LIST})
    return parts


def kind(cell):
    typed = text(cell, name="")
    if (found := KINDS.get(" ".join(words(typed)))) is None:
        sentence = _("“%(value)s” is neither normative nor administrative. Write it as the template does.")
        raise ValidationError(sentence % {"value": typed[:120]})
    return found
