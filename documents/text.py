"""The text of a document as its page shows it: every part with its address, citations linked."""

from documents.citations import find_citations, link
from documents.models import Document
from documents.structure import contents, parse
from portal.subsites.links import site_url
from portal.text.numbers import number_key
from portal.web.cards import site_names

LEVELS = dict.fromkeys(["appendix", "part", "chapter", "heading"], 2)
LEVELS |= dict.fromkeys(["section", "subsection", "article", "numeral"], 3)


def shown_text(request, document):
    """{"blocks", "contents"} for the templates; empty for a document without text."""
    prefix = document.type.prefix
    blocks = parse(document.full_text, prefix=prefix) if document.full_text else ()
    anchors = frozenset(block.anchor for block in blocks if block.anchor)
    targets = _targets(request, document)
    return {
        "blocks": [_block(block, targets, anchors, prefix) for block in blocks],
        "contents": contents(blocks) if len(anchors) > 3 else [],
    }


def _block(block, targets, anchors, prefix):
    def linked(text):
        return link(text, targets, anchors=anchors, prefix=prefix)

    return {
        "kind": block.kind,
        "anchor": block.anchor,
        "level": LEVELS.get(block.kind),
        "label": block.label,
        "mark": block.mark,
        "heading": linked(block.heading),
        "text": linked(block.text),
        "rows": [[linked(cell) for cell in row] for row in block.rows],
        "inferred": block.inferred,
    }


def _targets(request, document):
    """{key of a number: [(date of issue, address)]} of the public documents that the text names; one query."""
    keys = {number_key(found.number) for found in find_citations(document.full_text)} - {document.number_key}
    named = Document.objects.readable().filter(number_key__in=sorted(keys)[:500]) if keys else Document.objects.none()
    names, targets = site_names(request), {}
    for other in named.only("agency", "slug", "number_key", "event_date"):
        if other.agency_id in names:
            url = site_url(request, names[other.agency_id][0], other.path())
            targets.setdefault(other.number_key, []).append((other.event_date, url))
    return targets
