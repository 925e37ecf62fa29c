"""The pages of an issue around its documents: cover, table of contents, running heads, bookmarks."""

from itertools import groupby

from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    FrameBreak,
    HRFlowable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

from portal.typesetting.header import long_date, short_date
from portal.typesetting.lettering import (
    CENTRED,
    CENTRED_BOLD,
    ITALIC,
    LEFT,
    RIGHT,
    SERIF,
    WIDTH,
    columns,
    cut,
    markup,
    paragraphs,
    plain,
    style,
)

RED = HexColor("#9e1b1b")
PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = (PAGE_WIDTH - WIDTH) / 2
FOOT, HEAD = 20 * mm, 25 * mm
RULE_BELOW_THE_HEAD = PAGE_HEIGHT - 18 * mm
PUBLISHER_HEIGHT = 45 * mm
# longer ones do not fit on one line, in a viewer's side bar either
LONGEST_RUNNING_HEAD, LONGEST_BOOKMARK = 80, 150
CONTENTS, CONTENTS_KEY = "Mục lục", "muc-luc"
DATE_WIDTH, NUMBER_WIDTH = 24 * mm, 16 * mm

RUNNING = style("running head", CENTRED, fontName=ITALIC, fontSize=9.5, leading=12)
TITLE = style("title of the gazette", CENTRED_BOLD, fontSize=46, leading=58, textColor=RED, spaceAfter=6)
PROVINCE = style("province", CENTRED_BOLD, fontSize=21, leading=28, spaceAfter=16)
NUMBERS = style("numbers of the issue", CENTRED_BOLD, fontSize=18, leading=26, spaceBefore=16)
DATE = style("date of the issue", CENTRED, fontName=ITALIC, fontSize=14, leading=20)
PUBLISHER = style("publisher", CENTRED_BOLD, fontSize=11, leading=15)
ADDRESS = style("address of the publisher", CENTRED, fontSize=10, leading=14, spaceAfter=0)
CONTENTS_TITLE = style("title of the contents", CENTRED_BOLD, fontSize=16, leading=22, spaceAfter=6)
PART = style("part", CENTRED_BOLD, fontSize=13, leading=18, spaceBefore=8, spaceAfter=8, textColor=RED)
ISSUER = style("issuer in the contents", CENTRED_BOLD, spaceBefore=4, spaceAfter=6)
ENTRY = style("entry", LEFT, fontSize=11, leading=15, spaceAfter=0)
ENTRY_NUMBER = style("page of an entry", RIGHT, fontSize=11, leading=15, spaceAfter=0)
COLUMN_TITLE = style("column of the contents", ENTRY_NUMBER, fontName=ITALIC)


class Bookmark(Flowable):
    """Nothing to see: what links and the outline lead to. `pages[key]` becomes the page it stands on."""

    def __init__(self, key, title, *, level, pages):
        super().__init__()
        self.key, self.title, self.level, self.pages = key, title, level, pages

    def draw(self):
        self.canv.bookmarkHorizontalAbsolute(self.key, PAGE_HEIGHT)
        self.canv.addOutlineEntry(cut(self.title, LONGEST_BOOKMARK), self.key, self.level)
        self.pages[self.key] = self.canv.getPageNumber()


def template(issue, buffer):
    """The document of an issue: where text goes on its pages, and what stands on each of them."""
    bare = {f"{side}Padding": 0 for side in ("left", "right", "top", "bottom")}
    publisher = Frame(MARGIN, FOOT, WIDTH, PUBLISHER_HEIGHT, **bare)
    top = FOOT + PUBLISHER_HEIGHT
    cover = [Frame(MARGIN, top, WIDTH, PAGE_HEIGHT - top - HEAD, **bare), publisher]
    inside = Frame(MARGIN, FOOT, WIDTH, PAGE_HEIGHT - FOOT - HEAD, **bare)
    running = cut(_running_head(issue), LONGEST_RUNNING_HEAD)
    return BaseDocTemplate(
        buffer,
        pagesize=A4,
        pageTemplates=[
            PageTemplate("cover", cover, onPage=lambda canvas, _: _prepare(canvas, issue)),
            PageTemplate("inside", inside, onPage=lambda canvas, _: _draw_running_head(canvas, running)),
        ],
        title=_title(issue),
        author=plain(next(iter(issue.publisher), issue.province)),
        subject=CONTENTS,
        creator="",
        lang="vi",
        initialFontName=SERIF,
        invariant=1,
        displayDocTitle=1,
    )


def _title(issue):
    numbers = issue.numbers[:1].lower() + issue.numbers[1:]
    return plain(f"{issue.title.capitalize()} tỉnh {issue.province}, {numbers}, {long_date(issue.issued_on)}")


def _running_head(issue):
    return f"{issue.title}/{issue.numbers}/Ngày {short_date(issue.issued_on)}"


def _prepare(canvas, issue):
    _draw_frame(canvas)
    day = f"D:{issue.issued_on:%Y%m%d}000000+07'00'"
    canvas.setDateFormatter(lambda *_: day)  # the checksum must not depend on when the issue was set
    canvas.showOutline()


def _draw_frame(canvas):
    canvas.setStrokeColor(RED)
    for edge, width in ((15 * mm, 1.6), (16.5 * mm, 0.5)):
        canvas.setLineWidth(width)
        canvas.rect(edge, edge, PAGE_WIDTH - 2 * edge, PAGE_HEIGHT - 2 * edge)


def _draw_running_head(canvas, text):
    paragraph = Paragraph(markup(text), RUNNING)
    paragraph.wrapOn(canvas, WIDTH, HEAD)
    paragraph.drawOn(canvas, MARGIN, RULE_BELOW_THE_HEAD + 5)
    number = canvas.getPageNumber()
    canvas.setFont(SERIF, 10.5)
    if number % 2:
        canvas.drawRightString(PAGE_WIDTH - MARGIN, RULE_BELOW_THE_HEAD + 7.5, str(number))
    else:
        canvas.drawString(MARGIN, RULE_BELOW_THE_HEAD + 7.5, str(number))
    canvas.setStrokeColor(black)
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, RULE_BELOW_THE_HEAD, PAGE_WIDTH - MARGIN, RULE_BELOW_THE_HEAD)


def cover(issue):
    """The first page; the text after it goes on inner pages."""
    yield from [NextPageTemplate("inside"), Spacer(0, 48 * mm)]
    yield from paragraphs(issue.title, TITLE)
    yield from paragraphs(f"tỉnh {issue.province}".upper(), PROVINCE)
    yield HRFlowable(60 * mm, thickness=1.5, color=RED)
    yield from paragraphs(issue.numbers, NUMBERS)
    yield from paragraphs(long_date(issue.issued_on).capitalize(), DATE)
    yield FrameBreak()
    yield HRFlowable(60 * mm, thickness=0.8, color=RED, spaceAfter=12)
    for at, line in enumerate(issue.publisher):
        yield from paragraphs(line, ADDRESS if at else PUBLISHER)
    yield PageBreak()


def contents(issue, keys, pages):
    """The table of contents: one linked entry for each document, by part and issuer, in the order of printing."""
    yield Bookmark(CONTENTS_KEY, CONTENTS, level=0, pages=pages)
    yield from paragraphs(CONTENTS.upper(), CONTENTS_TITLE)
    yield from paragraphs("Trang", COLUMN_TITLE)
    keys = iter(keys)
    for part in issue.parts:
        if part.documents:
            yield from [CondPageBreak(40 * mm), *paragraphs(part.title, PART)]
        for issuer, documents in groupby(part.documents, key=lambda document: document.issuer):
            yield from [CondPageBreak(25 * mm), *paragraphs(issuer.upper(), ISSUER)]
            for document in documents:
                yield from _entry(document, keys, pages)


def _entry(document, keys, pages):
    key = next(keys)
    date = paragraphs(f"{document.issued_on:%d-%m-%Y}", ENTRY, link=key)
    heading = plain(document.heading)
    what = paragraphs(f"{heading} {document.summary}", ENTRY, lead=len(heading), link=key)
    number = paragraphs(str(pages.get(key, 0)), ENTRY_NUMBER, link=key)
    widths = [DATE_WIDTH, WIDTH - DATE_WIDTH - NUMBER_WIDTH, NUMBER_WIDTH]
    return [columns([list(date), list(what), list(number)], widths), Spacer(0, 6)]
