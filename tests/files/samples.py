"""Files as people, cameras and attackers make them."""

import struct
import zipfile
import zlib
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(500)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
GIF += b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
GIF_AND_HTML = b"GIF89a/*" + HTML + b"*/=1;"

CONTENT_TYPES = ("[Content_Types].xml", b"<Types/>")
DOCX = [CONTENT_TYPES, ("word/document.xml", b"<document>Quang Ngai</document>")]
XLSX = [CONTENT_TYPES, ("xl/workbook.xml", b"<workbook/>")]
PPTX = [CONTENT_TYPES, ("ppt/presentation.xml", b"<presentation/>")]
CONTENT_OF_OPENDOCUMENT = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">'
    b"<office:body/></office:document-content>"
)


def pdf(*objects, catalog=b"", page=b"", kids=b"[3 0 R]", trailer=b""):
    """A whole PDF of one empty page; `objects` follow, the first of them as 4 0 R, for catalogue and page to name."""
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids" + kids + b"/Count %d>>" % kids.count(b"R"),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]" + page + b">>",
        *objects,
    ]
    written, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(bodies) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    end += b"trailer\n<</Size %d/Root 1 0 R" % size + trailer + b">>\nstartxref\n%d\n%%%%EOF\n" % len(written)
    return written + end


PDF = pdf()


def file(content, name):
    return ContentFile(content, name=name)


def picture(kind="JPEG", size=(60, 40), mode="RGB", color="red", name="anh.jpg", **options):
    stream = BytesIO()
    Image.new(mode, size, color).save(stream, kind, **options)
    return file(stream.getvalue(), name)


def moving(kind):
    stream = BytesIO()
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue", "green")]
    frames[0].save(stream, kind, save_all=True, append_images=frames[1:], duration=100)
    return stream.getvalue()


def photo(size=(60, 40), *, orientation=1, latitude=15.12):
    """A JPEG as a telephone makes it: turned by a note in its EXIF, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Telephone"
    exif.get_ifd(0x8825).update({1: "N", 2: (latitude, 0.0, 0.0)})
    return picture(size=size, exif=exif)


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width, height):
    """A valid PNG header and a few compressed zeros: small on the wire, huge when opened."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(bytes(1_000_000), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def archive(members, compression=zipfile.ZIP_DEFLATED):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as writer:
        for name, content in members:
            writer.writestr(name, content)
    return stream.getvalue()


def opendocument(kind, *more):
    mimetype = ("mimetype", f"application/vnd.oasis.opendocument.{kind}")
    return archive([mimetype, ("content.xml", CONTENT_OF_OPENDOCUMENT), *more])


def encrypted(content):
    """The archive with the flag that says its members are encrypted, in both headers."""
    marked = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = marked.find(signature)
        while start >= 0:
            marked[start + offset] |= 1
            start = marked.find(signature, start + 4)
    return bytes(marked)
