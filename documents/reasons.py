"""Why a document has its status, in sentences: what the page of a document says beside the badge."""

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Relation
from documents.structure import provision_name
from documents.validity import CHANGING, ENDING

Kind = Relation.Kind


def relations_to(document):
    """What public documents do to this one, in the order of their days."""
    rows = document.relations_in.counted().with_lifting().select_related("source__agency", "source__type")
    return list(rows.order_by("day", "pk"))


def reasons(document, relations, day=None):
    """[(sentence, the document that acts or None)] for the status on the day (today), then what is to come."""
    day = day or timezone.localdate()
    acting = [row for row in relations if row.day <= day]
    found = [*_ends(document, acting, day), *_beginning(document, day)]
    if not any(row.kind in ENDING and not row.provision for row in acting):
        found += [(_sentence(row), row.source) for row in acting if _matters(row, day)]
    return found + [(_sentence(row), row.source) for row in relations if row.day > day and _matters(row, row.day)]


def _ends(document, acting, day):
    found = [(_sentence(row), row.source) for row in acting if row.kind in ENDING and not row.provision]
    if document.expires_on and document.expires_on <= day:
        words = _("It named its own end: no longer in force from %(date)s.")
        found.append((words % {"date": f"{document.expires_on:%d/%m/%Y}"}, None))
    return found


def _beginning(document, day):
    words = _("It takes effect on %(date)s.") if document.in_force_from > day else _("In force since %(date)s.")
    return [(words % {"date": f"{document.in_force_from:%d/%m/%Y}"}, None)]


def _matters(row, day):
    return row.kind in CHANGING or (row.kind == Kind.SUSPENDS and _lasts(row, day))


def _lasts(row, day):
    """`until` is the last day of a suspension; on the other days it has ended with the document that suspends."""
    ends = [end for end in (row.lifted_on, row.source.expires_on) if end]
    return (row.until is None or row.until >= day) and all(end > day for end in ends)


def _sentence(row):
    facts = {"date": f"{row.day:%d/%m/%Y}", "what": provision_name(row.provision) if row.provision else ""}
    if row.kind == Kind.SUSPENDS and row.until:
        facts["until"] = f"{row.until:%d/%m/%Y}"
        whole, part = (
            _("Suspended from %(date)s until %(until)s by"),
            _("Suspended in %(what)s from %(date)s until %(until)s by"),
        )
        return (part if row.provision else whole) % facts
    return _SENTENCES[row.kind, bool(row.provision)]() % facts


_SENTENCES = {
    (Kind.AMENDS, False): lambda: _("Amended from %(date)s by"),
    (Kind.AMENDS, True): lambda: _("Amended in %(what)s from %(date)s by"),
    (Kind.REPLACES, False): lambda: _("Replaced from %(date)s by"),
    (Kind.REPLACES, True): lambda: _("Replaced in %(what)s from %(date)s by"),
    (Kind.REPEALS, False): lambda: _("Repealed from %(date)s by"),
    (Kind.REPEALS, True): lambda: _("Repealed in %(what)s from %(date)s by"),
    (Kind.SUSPENDS, False): lambda: _("Suspended from %(date)s by"),
    (Kind.SUSPENDS, True): lambda: _("Suspended in %(what)s from %(date)s by"),
}
