"""Host names of Article 6: what is proposed for an agency, and what is refused."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.text.slugs import abbreviation_label, host_label

LABEL = re.compile(r"[a-z0-9]{1,63}")
RESERVED = frozenset({"www", "mail", "trang", "en", "static", "api", "smtp", "ftp", "ns1", "ns2"})


def suggest(agency):
    """The label the article asks for: the full unaccented name of a locality, the abbreviation of an agency."""
    if agency.parent_id is None:
        return ""
    if agency.is_locality:
        return host_label(agency.place_name_vi or agency.name_vi)
    return abbreviation_label(agency.name_vi)


def check(label, agency, *, exception_reason=""):
    """Raises ValidationError with a sentence for a label that Article 6 does not allow to the agency."""
    if agency.parent_id is None:
        if label:
            raise ValidationError(_("The portal itself lives on the main host and has no label (Article 6.1)."))
        return
    if not LABEL.fullmatch(label):
        raise ValidationError(
            _("“%(label)s” is not a host name of Article 6: letters a–z and digits only, without diacritics.")
            % {"label": label}
        )
    if label in RESERVED:
        raise ValidationError(_("“%(label)s” is reserved.") % {"label": label})
    if agency.is_locality and label != suggest(agency) and not exception_reason:
        raise ValidationError(
            _(
                "Article 6.3 asks for the full name of the locality without diacritics: “%(wanted)s”. "
                "Another name needs an approved reason."
            )
            % {"wanted": suggest(agency)}
        )
