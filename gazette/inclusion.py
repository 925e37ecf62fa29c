"""Pages of other PDF files: counted, and set into an issue as pictures are, without their scripts and notes."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

NOT_READABLE = "this is no PDF that can be read: %s"
PAGE_WIDTH, PAGE_HEIGHT = A4
# nearer to the edge than text, so that small print stays legible
EDGE = 12 * mm
LEAST_HEIGHT = 150 * mm
NAME = NameObject("/Included")


def read_pages(pdf_file):
    """The pages of a path or file. Raises ValueError for what is damaged, encrypted or without pages."""
    try:
        reader = PdfReader(pdf_file)
        encrypted, pages = reader.is_encrypted, [] if reader.is_encrypted else list(reader.pages)
    except Exception as error:  # pypdf lets through whatever the damaged bytes cause
        raise ValueError(NOT_READABLE % error) from error
    if encrypted or not pages:
        raise ValueError(NOT_READABLE % ("it is encrypted" if encrypted else "it has no pages"))
    return pages


def map_pages(pdf_file):
    """How many pages an uploaded issue has. Raises ValueError for what is no readable PDF."""
    return len(read_pages(pdf_file))


class Slot(Flowable):
    """The room left on a page, for one page of another file; `filled` collects (page, top, what goes there)."""

    def __init__(self, page, filled):
        super().__init__()
        self.page, self.filled = page, filled

    def wrap(self, available_width, available_height):
        self.height = max(available_height, LEAST_HEIGHT)
        return available_width, self.height

    def draw(self):
        top = self.canv.absolutePosition(0, self.height)[1]
        self.filled.append((self.canv.getPageNumber(), top, self.page))


def include(content, filled):
    """`content` with the pages of other files in their slots. Raises ValueError where one cannot be read."""
    if not filled:
        return content
    writer = PdfWriter(clone_from=BytesIO(content))
    for number, top, page in filled:
        try:
            _draw(writer, writer.pages[number - 1], page, top)
        except Exception as error:  # pypdf lets through whatever the damaged bytes cause
            raise ValueError(NOT_READABLE % error) from error
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _draw(writer, target, page, top):
    resources = DictionaryObject(target["/Resources"].get_object())
    resources[NameObject("/XObject")] = DictionaryObject({NAME: writer._add_object(_form(writer, page))})
    target[NameObject("/Resources")] = resources
    matrix = " ".join(f"{value:.5f}" for value in _placing(page, top))
    drawing = DecodedStreamObject()
    drawing.set_data(f"q {matrix} cm {NAME} Do Q\n".encode())
    target[NameObject("/Contents")] = ArrayObject([writer._add_object(drawing), target.raw_get("/Contents")])


def _form(writer, page):
    """What the page shows, and nothing of what it does: no links, notes, fields or scripts."""
    form = DecodedStreamObject()
    contents = page.get_contents()
    form.set_data(b"" if contents is None else contents.get_data())
    form = form.flate_encode()
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(value) for value in page.cropbox)
    form[NameObject("/Resources")] = page.get("/Resources", DictionaryObject()).get_object().clone(writer)
    return form


def _placing(page, top):
    """The matrix that sets the page upright and centred below `top`, made smaller where it does not fit."""
    left, bottom, right, upper = map(float, page.cropbox)
    turned = Transformation().translate(-(left + right) / 2, -(bottom + upper) / 2).rotate(-page.rotation)
    width, height = right - left, upper - bottom
    if page.rotation % 180:
        width, height = height, width
    room_width, room_height = PAGE_WIDTH - 2 * EDGE, top - EDGE
    scale = min(1, room_width / width, room_height / height)
    return turned.scale(scale).translate(PAGE_WIDTH / 2, top - height * scale / 2).ctm
