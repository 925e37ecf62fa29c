"""Demonstration data: the files of documents, with their text in the form that administrative documents have."""

import textwrap
from io import BytesIO

import docx
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from portal.publishing.models import Attachment
from portal.typesetting.document import PrintedDocument, typeset_document
from portal.typesetting.lettering import FILES as FONT_FILES
from portal.typesetting.lettering import FONTS, SERIF

SCANNED = "206/2004/QĐ-UB"  # known from paper alone: its file is a picture
PAPER, INK, DOTS_PER_INCH = (246, 244, 236), (40, 38, 48), 150
SHEET, EDGE, LETTERS, LINE = (1240, 1754), 140, 66, 36


def attach(document, kinds):
    for position, kind in enumerate(kinds):
        content = _scan(document) if document.number == SCANNED else FILES[kind](document)
        file = ContentFile(content, name=f"{document.number.replace('/', '-')}.{kind}")
        title = f"Toàn văn {document.title_vi} ({kind.upper()})"
        Attachment.objects.create(item=document, file=file, title_vi=title, position=position)


def _heading(document):
    return f"{document.type.name_vi} số {document.number}"


def _pdf(document):
    printed = PrintedDocument(
        heading=_heading(document),
        issuer=document.issuer.name_vi,
        issued_on=document.event_date,
        number=document.number,
        summary=document.summary_vi,
        text=document.full_text,
    )
    return typeset_document(printed, place="Quảng Ngãi" if document.issuer.agency_id else "Hà Nội")


def _docx(document):
    made, stream = docx.Document(), BytesIO()
    made.core_properties.title, made.core_properties.author = document.title_vi, document.issuer.name_vi
    made.add_heading(_heading(document), level=1)
    made.add_paragraph(f"{document.issuer.name_vi}, ngày {document.event_date:%d/%m/%Y}")
    made.add_heading(document.summary_vi, level=2)
    for line in document.full_text.splitlines():
        made.add_paragraph(line)
    made.save(stream)
    return stream.getvalue()


def _scan(document):
    lines = [document.issuer.name_vi.upper(), f"Số: {document.number}", "", _heading(document).upper()]
    for paragraph in [document.summary_vi, "", *document.full_text.splitlines()]:
        lines += textwrap.wrap(paragraph, LETTERS) or [""]
    sheet = Image.new("RGB", SHEET, PAPER)
    font = ImageFont.truetype(FONTS / FONT_FILES[SERIF], 28)
    ImageDraw.Draw(sheet).multiline_text((EDGE, EDGE), "\n".join(lines), INK, font, spacing=LINE - 28)
    stream = BytesIO()
    sheet.save(stream, "PDF", resolution=DOTS_PER_INCH)
    return stream.getvalue()


FILES = {"pdf": _pdf, "docx": _docx}
