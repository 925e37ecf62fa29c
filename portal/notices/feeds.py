from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import get_language

from portal.publishing.registry import categories
from portal.search.models import IndexEntry
from portal.subsites.links import canonical_url

LENGTH = 30


class CreditedFeed(Rss201rev2Feed):
    """RSS that names each source beside the author: Article 5.3 asks for both wherever a text is used again."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("source", item["source_title"], {"url": item["source_url"]})


def feed(request, section=None):
    """The newest items of the site, or of one of its sections with those below it."""
    present = [category for category in categories() if request.site.is_root or not category.portal_only]
    known = {row.code: row for category in present for row in category.sections()}
    if section is not None and section not in known:
        raise Http404
    entries = IndexEntry.objects.in_language(get_language()).visible().of(request.site.agency).for_cards()
    title, path = request.site.name, "/"
    if section:
        entries = entries.within([code for code, row in known.items() if section in (code, row.parent)])
        title, path = f"{known[section].title} – {title}", known[section].path
    return write_feed(request, [(entry, request.site.label) for entry in entries[:LENGTH]], title, path)


def write_feed(request, entries, title, path):
    """A feed of [(entry, label of its site)]; `path` is the page of this site that shows the same."""
    out = CreditedFeed(
        title=title,
        link=canonical_url(request, request.site.label, path),
        description=title,
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for entry, label in entries:
        link = canonical_url(request, label, entry.path)
        out.add_item(
            title=entry.title,
            link=link,
            unique_id=link,
            description=entry.summary,
            pubdate=entry.visible_from,
            author_name=entry.author,
            source_title=entry.source,
            source_url=canonical_url(request, label),
        )
    return HttpResponse(out.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
