"""Which documents a reader asked for."""

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.functional import cached_property

from documents.models import Document, Sector
from portal.search.lookup import matching
from portal.search.models import IndexEntry
from portal.search.wordings import synonyms
from portal.text.fold import words
from portal.text.numbers import TYPES, NumberQuery, number_key, partial

CAP = 1001  # of counting: beyond it nobody turns the pages


class CappedPaginator(Paginator):
    """Counts no further than the cap, whatever the number of documents."""

    @cached_property
    def count(self):
        return self.object_list.order_by()[:CAP].count()

    @property
    def is_capped(self):
        return self.count == CAP


def on_site(request):
    """The public documents of a site; on the portal itself those of all sites. Their own site is switched on."""
    documents = Document.objects.readable().filter(agency__site__is_active=True)
    return documents if request.site.is_root else documents.shown_on(request.site.agency)


def narrowed(documents, chosen, *, language):
    """Those that the reader chose, the number asked for first, then the newest."""
    for name, condition in _CONDITIONS.items():
        if name in chosen:
            documents = documents.filter(condition(chosen[name]))
    if status := chosen.get("tinh_trang"):
        documents = documents.in_status(status, chosen.get("ngay"))
    if q := chosen.get("q"):
        documents = _asked_for(documents, q, language)
    return documents.order_by(*(["-asked"] if q else []), "-event_date", "-pk")


_CONDITIONS = {
    "loai": lambda code: Q(type__code=code),
    "co_quan": lambda code: Q(issuer__code=code),
    "linh_vuc": lambda code: Q(sector__in=_branch(code)),
    "nguoi_ky": lambda name: _signed_by(name),
    "tu": lambda day: Q(event_date__gte=day),
    "den": lambda day: Q(event_date__lte=day),
}


def _signed_by(name):
    folded = " ".join(words(name))
    return Q(signer_folded__contains=f" {folded}") if folded else Q(pk__in=[])


def _branch(code):
    sector = Sector.objects.get(code=code)
    return sector.get_descendants(include_self=True).values("pk")


def _asked_for(documents, q, language):
    entries = IndexEntry.objects.findable().filter(category="documents")
    named = Q(pk__in=matching(entries, q, language, synonyms()).order_by().values("object_id"))
    number = of_number(q)
    if number is None:
        return documents.filter(named).annotate(asked=Value(0, IntegerField()))
    return documents.filter(named | number).annotate(asked=nearness(q, number))


def nearness(q, number):
    """The number itself first, then those with the year in their number, then the same serial of that year, then what
    only names it."""
    rank = [When(number_key=number_key(q), then=3)]
    if year := (partial(q) or NumberQuery()).year:
        rank.append(When(number & Q(number_year=year), then=2))
    return Case(*rank, When(number, then=1), default=0, output_field=IntegerField())


def of_number(q):
    """The condition of a number, or of the part of one, as readers type it; None for words."""
    asked = partial(q)
    if asked is None:
        return None
    condition = Q(number_serial=asked.serial) if asked.serial is not None else Q()
    if asked.year:
        condition &= Q(number_year=asked.year) | Q(event_date__year=asked.year)
    if asked.type_code:
        condition &= Q(type__abbreviation=asked.type_code) | Q(type__name_vi=TYPES[asked.type_code])
    return condition
