"""Keeps one entry per public item and language in step with the items, in the same transaction."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.html import strip_tags

from portal.editorial.roles import State
from portal.publishing.models import AttachmentPage
from portal.publishing.registry import LiveFacet, categories, category_of
from portal.search import expressions, tokens
from portal.search.models import IndexEntry

# Approved for later is indexed too: lists and search compare the times themselves.
INDEXED = (State.APPROVED, State.PUBLISHED, State.ARCHIVED)
AT_ONCE = 200  # items in one transaction of a rebuild
MANY = 2000  # items of which live facets are asked at once
NAMES = [row.attname for row in IndexEntry._meta.concrete_fields if not row.primary_key]
KEY = ("category", "object_id", "language")


def reindex(item):
    """Writes or removes the entries of one item."""
    known = IndexEntry.objects.filter(category=category_of(item).code, object_id=item.pk)
    if item.state not in INDEXED:
        known.delete()
        return
    rows = dict(known.values_list("language", "pk"))
    for entry in entries_of(item, _texts_of_files([item])[item.pk], _live([item])[item.pk]):
        entry.pk = rows.get(entry.language)
        entry.save(force_insert=entry.pk is None)


def entries_of(item, files, live):
    """The entries the item should have, unsaved. `files` are the texts of its files, `live` its live facets."""
    facets = [f"{name}.{value}" for name, values in item.facets().items() for value in values]
    known = {}
    return [_entry(item, language, files, " ".join([*facets, *live]), known) for language, _name in settings.LANGUAGES]


def _entry(item, language, files, facets, known):
    """`known` keeps what two languages share: a text that is not translated has the same words in both."""
    text_language = language if item.is_translated(language) else "vi"
    title = getattr(item, f"title_{text_language}") or item.title_vi
    summary = strip_tags(getattr(item, f"summary_{text_language}") or item.summary_vi or "")
    body = item.text(text_language)
    if text_language not in known:
        known[text_language] = tokens.Said(title, summary, [body, item.author, item.source], files)
    said = known[text_language]
    entry = IndexEntry(
        category=category_of(item).code,
        object_id=item.pk,
        language=language,
        text_language=text_language,
        agency_id=item.agency_id,
        section=item.section(),
        path=item.path(),
        title=title,
        summary=summary,
        body=body,
        author=item.author,
        source=item.source,
        picture=item.picture_path(),
        picture_alt=item.picture_words(text_language),
        visible_from=item.publish_at,
        visible_to=item.expire_at,
        archived=item.state == State.ARCHIVED,
        dated_on=item.dated_on(),
        facets=facets,
        lead_exact=said.lead,
        lead_folded=said.lead_folded,
        text_folded=said.folded,
    )
    entry.words = tokens.joined(_place(item, entry), said.tokens)
    return entry


def _place(item, entry):
    """The tokens that do not come from texts."""
    language, day = entry.language, entry.dated_on
    yield tokens.FORMAT
    yield tokens.language_token(language)
    yield tokens.year_token(language, day.year)
    yield tokens.month_token(language, day.year, day.month)
    yield tokens.kind_token(entry.category)
    for agency_id in [item.agency_id, *item.further_sites()]:
        yield tokens.site_token(agency_id)
    yield from map(tokens.facet_token, entry.facets.split())
    if number := item.number_parts():
        yield from tokens.number_tokens(number, day)


def _texts_of_files(items):
    """{item: [text of a file]} as far as they have been read."""
    found = defaultdict(lambda: defaultdict(list))
    if items:
        kind = ContentType.objects.get_for_model(type(items[0]))
        pages = AttachmentPage.objects.filter(
            attachment__content_type=kind, attachment__object_id__in=[item.pk for item in items]
        )
        pages = pages.order_by("attachment__position", "attachment", "number")
        for pk, attachment, text in pages.values_list("attachment__object_id", "attachment", "text"):
            found[pk][attachment].append(text)
    return {item.pk: ["\n".join(texts) for texts in found[item.pk].values()] for item in items}


def _live(items):
    """{item: ["tinh_trang.con-hieu-luc"]} of the live facets of its category, as they are now."""
    found = {item.pk: [] for item in items}
    for facet in _live_facets(category_of(items[0])) if items else []:
        for pk, (code, _label) in facet.codes(list(found)).items():
            found[pk].append(f"{facet.name}.{code}")
    return found


def _live_facets(category):
    return [facet for facet in category.facets if isinstance(facet, LiveFacet)]


def follow_live_facets():
    """Writes down what clock and other items have done to live facets since. Returns how many items it concerned."""
    return sum(_follow(category) for category in categories() if _live_facets(category))


def _follow(category):
    entries = IndexEntry.objects.filter(category=category.code, language=settings.LANGUAGE_CODE)
    changed, last = 0, 0
    while rows := list(entries.filter(object_id__gt=last).order_by("object_id").values("object_id", "facets")[:MANY]):
        last = rows[-1]["object_id"]
        for pk in _moved(category, {row["object_id"]: row["facets"].split() for row in rows}):
            changed += _reindex_again(category.model, pk)
    return changed


def _moved(category, carried):
    """The items of which the index carries another code than they have now."""
    for facet in _live_facets(category):
        for pk, (code, _label) in facet.codes(list(carried)).items():
            if f"{facet.name}.{code}" not in carried[pk]:
                yield pk


def _reindex_again(model, pk):
    with transaction.atomic():
        item = model.objects.select_for_update(of=["self"]).filter(pk=pk).first()
        if item is not None:
            reindex(item)
    return item is not None


# --- the whole index --------------------------------------------------------------------------------------------------


@dataclass
class Differences:
    """Entries by (category, object_id, language) that were missing, differed, or stood for nothing."""

    missing: list = field(default_factory=list)
    differing: list = field(default_factory=list)
    left_over: list = field(default_factory=list)

    def __len__(self):
        return len(self.missing) + len(self.differing) + len(self.left_over)


def rebuild(progress=lambda done, whole: None, *, write=True):
    """Compares every item with its entries and, unless `write` is off, mends what differs; readers notice nothing.

    Short transactions, so that nobody who publishes has to wait; broken off, it leaves nothing that is wrong.
    """
    found, done = Differences(), 0
    if write and not expressions.is_intact():
        expressions.refresh()
    whole = sum(row.model.objects.filter(state__in=INDEXED).count() for row in categories())
    for category in categories():
        last = 0
        while items := _compare(category, last, found, write):
            last, done = items[-1].pk, done + len(items)
            progress(done, whole)
        _left_over(category, found, write)
    _left_over(None, found, write)
    return found


def _compare(category, last, found, write):
    """The next items after the primary key `last`, once their entries are compared."""
    with transaction.atomic():
        items = category.model.objects.filter(state__in=INDEXED, pk__gt=last).order_by("pk")
        items = items.select_related(*category.index_select).prefetch_related(*category.index_prefetch)
        items = list(items.select_for_update(of=["self"])[:AT_ONCE])
        files, live = _texts_of_files(items), _live(items)
        wanted = {_key(entry): entry for item in items for entry in entries_of(item, files[item.pk], live[item.pk])}
        known = IndexEntry.objects.filter(category=category.code, object_id__in=[item.pk for item in items])
        known = {_key(entry): entry for entry in known}
        _mend(wanted, known, found, write, _live_facets(category))
    return items


def _mend(wanted, known, found, write, live):
    """A live facet that has moved since is mended too, but is no fault."""
    moving = () if write else tuple(f"{facet.name}." for facet in live)
    missing = [entry for key, entry in wanted.items() if key not in known]
    differing = [entry for key, entry in wanted.items() if key in known and _differ(entry, known[key], moving)]
    found.missing += map(_key, missing)
    found.differing += map(_key, differing)
    if write:
        for entry in differing:
            entry.pk = known[_key(entry)].pk
        # removed and stored again: rows by rows, that takes a fraction of the time of changing them
        IndexEntry.objects.filter(pk__in=[entry.pk for entry in differing]).delete()
        IndexEntry.objects.bulk_create([*missing, *differing])


def _key(entry):
    return tuple(getattr(entry, name) for name in KEY)


def _differ(entry, stored, moving):
    if _resting(entry, moving) != _resting(stored, moving):
        return True
    return any(getattr(entry, name) != getattr(stored, name) for name in NAMES if name not in ("words", "facets"))


def _resting(entry, moving):
    """The facets and tokens of an entry without those that move by themselves."""
    facets = set(entry.facets.split())
    moved = {facet for facet in facets if facet.startswith(moving)}
    return facets - moved, expressions.tokens_in(entry.words) - set(map(tokens.facet_token, moved))


def _left_over(category, found, write):
    """Entries whose items are gone or no longer public; without a category those of categories that are gone."""
    entries = IndexEntry.objects.order_by()
    if category is None:
        entries = entries.exclude(category__in=[row.code for row in categories()])
    else:
        items = category.model.objects.filter(state__in=INDEXED).order_by()
        entries = entries.filter(category=category.code).exclude(object_id__in=items.values("pk"))
    found.left_over += entries.values_list(*KEY)
    if write:
        entries.delete()


def is_outdated():
    """Whether entries were written by a portal that knew fewer tokens."""
    return IndexEntry.objects.exclude(words__match=expressions.Token(tokens.FORMAT)).exists()
