"""Documents as offices write, print, scan and lock them."""

from io import BytesIO
from pathlib import Path

import docx
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.files.samples import archive

FONT = Path(__file__).parents[2] / "portal/typesetting/fonts/NotoSerif-Regular.ttf"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"


def text_pdf(*pages, font=FONT):
    """One page for each text; `font=None` writes with Helvetica, as the fonts of TCVN3 and VNI are encoded."""
    if font:
        pdfmetrics.registerFont(TTFont("Text", font))
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for text in pages:
        canvas.setFont("Text" if font else "Helvetica", 12)
        for position, line in enumerate(text.split("\n")):
            canvas.drawString(50, 780 - 16 * position, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def scan_pdf(*texts, rotation=0):
    """Pages that are pictures of the texts and nothing else."""
    font = ImageFont.truetype(FONT, 40)
    writer = PdfWriter()
    for text in texts:
        picture = Image.new("L", (1200, 400), 255)
        ImageDraw.Draw(picture).text((60, 120), text, fill=0, font=font)
        stream = BytesIO()
        picture.rotate(rotation, expand=True).save(stream, "PDF")
        writer.append(stream)
    for page in writer.pages:
        page.rotate(rotation)
    return _written(writer)


def locked(pdf, *, user="", owner="chủ"):
    """The PDF with passwords; without one for users it only forbids to print and to copy."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.encrypt(user, owner, permissions_flag=0, algorithm="RC4-128")
    return _written(writer)


def _written(writer):
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def word(*paragraphs):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return saved(document)


def saved(document):
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def odt(body, styles="", *more):
    namespaces = " ".join(
        f'xmlns:{prefix}="{ODF}{name}:1.0"'
        for prefix, name in {"office": "office", "text": "text", "style": "style", "fo": "xsl-fo-compatible"}.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {namespaces}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    mimetype = ("mimetype", "application/vnd.oasis.opendocument.text")
    return archive([mimetype, ("content.xml", content), *more])
