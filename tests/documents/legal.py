"""Legal documents for tests, how their pages are read, and what a refusal leaves behind of them: nothing."""

from contextlib import contextmanager
from datetime import date, datetime
from functools import partial

from django.utils import timezone

from documents.models import Document, Relation, Sector, Showing
from portal.agencies import trees
from portal.obligations.models import Obligation
from portal.publishing import editing
from tests.gazette.makers import make_issuer, make_public, make_type
from tests.makers import frozen
from tests.unchanged import nothing_changed

ISSUED = date(2018, 3, 1)
PUBLISHED = timezone.make_aware(datetime(2018, 3, 2, 8, 30))  # a Friday, the working day after the issue
TODAY = timezone.make_aware(datetime(2018, 3, 20, 9, 0))
MODELS = [Document, Document.in_scope.through, Relation, Showing, Obligation]


def make_sector(code, name, parent=None):
    names = {"name_vi": name, "name_en": f"Sector {code}"}
    return Sector.objects.filter(code=code).first() or trees.save_node(Sector(code=code, parent=parent, **names))


def publish_document(place, *, when=PUBLISHED, in_scope=(), **fields):
    """A public document of a place, written, submitted and approved at that moment."""
    with frozen(when):
        document = make_public(place.agency, by=place.editor, when=when, approved_by=place.head, **fields)
    document.in_scope.set(in_scope)
    return document


def publish_library(place):
    """Numbers that resemble each other, of two years and three types."""
    write = partial(publish_document, place)
    resolution = make_type("nghi-quyet", "Nghị quyết", "Resolution", "NQ")
    letter = make_type("cong-van", "Công văn", "Official letter", "")
    council = make_issuer(place.agency, code="hdnd", name_vi="Hội đồng nhân dân tỉnh", name_en="People's Council")
    write(number="16/2017/QĐ-UBND", event_date=date(2017, 3, 1), summary_vi="Quy chế hoạt động của Cổng thông tin")
    write(number="16/2018/QĐ-UBND", event_date=date(2018, 2, 1), summary_vi="Đơn giá đất thay thế")
    write(number="160/2018/QĐ-UBND", event_date=date(2018, 2, 2), summary_vi="Phí tham quan")
    write(number="16/NQ-HĐND", event_date=date(2018, 2, 3), type=resolution, issuer=council, normative=False)
    write(
        number="16/UBND-KTN", event_date=date(2017, 5, 3), type=letter, normative=False, summary_vi="Thi công mùa mưa"
    )


def relate(source, kind, target=None, **fields):
    return Relation.objects.create(source=source, kind=kind, target=target, **fields)


def correct(document, *, when, note="Sửa theo bản ký.", **after):
    """Changes a public document; returns the applied revision."""
    with frozen(when):
        revision = editing.propose(document, after, by=document.created_by, note=note)
        editing.apply(revision, by=document.approved_by)
    return revision


def inside(row, *tags, class_=None):
    return any(parent.tag in tags and (class_ is None or class_ in parent.classes) for parent in row.parents)


def facts(page):
    """[(name, value)] of the table of facts, in its order."""
    cells = ([row for row in page.all(tag) if inside(row, "dl", class_="facts-table")] for tag in ("dt", "dd"))
    return [(name.text, value.text) for name, value in zip(*cells, strict=True)]


def badge(page):
    """The status and the sentences beside it."""
    box = page.one("div", class_="document-status")
    sentences = [row.text for row in page.all("li") if box in row.parents]
    return page.one("span", class_="status").text, sentences


def titles(page):
    """The documents that a list shows, in its order."""
    return [row.text for row in page.all("h2", class_="document-title")]


def stored():
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


@contextmanager
def nothing_changed_in_documents():
    before = stored()
    with nothing_changed():
        yield
    assert stored() == before
