"""The letters of printed documents: embedded fonts, and text that breaks no typesetting and passes for no markup."""

import re
from functools import cache
from pathlib import Path

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, Table

from portal.text.normalise import normalise

FONTS = Path(__file__).parent / "fonts"
SERIF, BOLD, ITALIC = "NotoSerif", "NotoSerif-Bold", "NotoSerif-Italic"
MATH, SYMBOLS = "NotoSansMath", "NotoSansSymbols2"
FILES = {
    SERIF: "NotoSerif-Regular.ttf",
    BOLD: "NotoSerif-Bold.ttf",
    ITALIC: "NotoSerif-Italic.ttf",
    # the serif has no ≥, ≤ or √, on which a provision may turn, and no boxes to tick
    MATH: "NotoSansMath-Regular.ttf",
    SYMBOLS: "NotoSansSymbols2-Regular.ttf",
}
MISSING = "□"
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# joiners, variation selectors and tags only change the character before them
MODIFIERS = dict.fromkeys([0x200D, *range(0xFE00, 0xFE10), *range(0xE0000, 0xE01F0)])
# wrapping and splitting a paragraph over pages costs more than its length
LONGEST_PARAGRAPH = 6000
WIDTH = 160 * mm
SIDES = ("LEFT", "RIGHT", "TOP", "BOTTOM")
WHOLE = (0, 0), (-1, -1)
# what stands in a cell beside its paragraphs is centred; even an empty cell names its font
CELLS = [("FONTNAME", *WHOLE, SERIF), ("ALIGN", *WHOLE, "CENTER"), ("VALIGN", *WHOLE, "TOP")]


@cache
def load_fonts():
    """The glyphs of each font, by its name; registers the fonts with reportlab."""
    fonts = {name: TTFont(name, str(FONTS / file)) for name, file in FILES.items()}
    for font in fonts.values():
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(SERIF, normal=SERIF, bold=BOLD, italic=ITALIC, boldItalic=BOLD)
    return {name: font.face.charToGlyph for name, font in fonts.items()}


def plain(text):
    """`text` on one line, as it is stored, without what only modifies other characters."""
    return " ".join(normalise(text).translate(MODIFIERS).split())


def cut(text, length):
    """`text` on one line, with an ellipsis for what exceeds `length`."""
    text = plain(text)
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def markup(text):
    """`text` for a reportlab paragraph; what no font has becomes a box."""
    text = plain(text)
    lacking = {character for character in text if ord(character) not in load_fonts()[SERIF]}
    text = re.sub("[&<>]", lambda found: ESCAPES[found[0]], text)
    for font in (MATH, SYMBOLS):
        has = {character for character in lacking if ord(character) in load_fonts()[font]}
        text = _runs(text, has, lambda run, font=font: _in_font(run, font))
        lacking -= has
    return _runs(text, lacking, lambda run: _in_font(MISSING * len(run), SYMBOLS))


def _runs(text, characters, replace):
    if not characters:
        return text
    return re.sub(f"[{re.escape(''.join(sorted(characters)))}]+", lambda found: replace(found[0]), text)


def _in_font(run, font):
    return f'<font name="{font}">{run}</font>'


def paragraphs(text, style, *, lead=0, link=""):
    """`text` as paragraphs of bearable length; its first `lead` characters are bold, all of it leads to `link`."""
    load_fonts()
    opening, closing = (f'<a href="#{link}">', "</a>") if link else ("", "")
    text = plain(text)
    bold = f"<b>{markup(text[:lead])}</b> " if lead else ""
    for piece in pieces(text[lead:]):
        yield Paragraph(f"{opening}{bold}{markup(piece)}{closing}", style)
        style, bold = _continued(style), ""


def columns(cells, widths):
    """Lists of paragraphs side by side, over several pages if need be."""
    return Table([cells], widths, style=[*CELLS, *((f"{side}PADDING", *WHOLE, 0) for side in SIDES)], splitInRow=1)


def pieces(text):
    """`text` cut between words, or where a word is too long for that."""
    start = 0
    while len(text) - start > LONGEST_PARAGRAPH:
        end = text.rfind(" ", start + 1, start + LONGEST_PARAGRAPH)
        end = end if end > start else start + LONGEST_PARAGRAPH
        yield text[start:end]
        start = end
    yield text[start:]


@cache
def _continued(style):
    return ParagraphStyle(f"{style.name}, continued", style, firstLineIndent=0, spaceBefore=0)


def style(name, parent=None, **attributes):
    return ParagraphStyle(name, parent, **attributes)


BODY = style(
    "body",
    fontName=SERIF,
    bulletFontName=SERIF,
    fontSize=11.5,
    leading=16.5,
    firstLineIndent=10 * mm,
    spaceAfter=5,
    alignment=TA_JUSTIFY,
    allowWidows=0,
    allowOrphans=0,
    splitLongWords=1,
)
POINT = style("point", BODY, leftIndent=5 * mm)
SUBPOINT = style("subpoint", BODY, leftIndent=10 * mm)
BASIS = style("basis", BODY, fontName=ITALIC)
ARTICLE = style("article", BODY, fontName=BOLD, spaceBefore=4)
CENTRED = style("centred", BODY, firstLineIndent=0, alignment=TA_CENTER, spaceAfter=3)
CENTRED_BOLD = style("centred bold", CENTRED, fontName=BOLD)
CENTRED_ITALIC = style("centred italic", CENTRED, fontName=ITALIC, spaceAfter=8)
LEFT = style("left", CENTRED, alignment=0)
RIGHT = style("right", CENTRED, alignment=TA_RIGHT)
