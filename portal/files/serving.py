"""Answers that carry an uploaded file. The view that calls has decided that the reader may see it."""

import hashlib
import re

from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import get_conditional_response

PDF = "application/pdf"
INLINE_TYPES = frozenset([PDF, "image/jpeg", "image/png", "image/webp"])
UNSAFE_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\]")
SINGLE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, max-age=300",
}


def serve(request, file, *, name, content_type, inline):
    """The stored `file` under the display name `name`; 304 for who has it, 404 when it is gone from the disk.

    Only pictures and PDF are ever shown inline, whatever the caller asks.
    """
    etag = f'"{hashlib.sha256(file.name.encode()).hexdigest()[:32]}"' if file else ""
    response = get_conditional_response(request, etag=etag)
    if response is None:
        as_attachment = not (inline and content_type in INLINE_TYPES)
        options = {
            "filename": _display_name(name),
            "as_attachment": as_attachment,
            "content_type": content_type,
        }
        response = _respond(_wanted_range(request, etag, content_type), _open(file), options)
    for header, value in {**HEADERS, "ETag": etag}.items():
        response[header] = value
    return response


def _display_name(name):
    return UNSAFE_IN_NAMES.sub("_", name)


def _open(file):
    if not file:
        raise Http404
    try:
        return file.storage.open(file.name)
    except FileNotFoundError as gone:
        raise Http404 from gone


def _wanted_range(request, etag, content_type):
    """The first and last byte asked for, as typed; None unless one range of a PDF is asked for."""
    if content_type != PDF or request.headers.get("If-Range", etag) != etag:
        return None
    match = SINGLE_RANGE.fullmatch(request.headers.get("Range", ""))
    return match.groups() if match and any(match.groups()) else None


def _respond(wanted, stream, options):
    if wanted is None:
        return _whole(stream, options)
    start, end = _bounds(wanted, stream.size)
    if start > end:
        stream.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stream.size}"})
    return _part(stream, start, end, options)


def _whole(stream, options):
    response = FileResponse(stream, **options)
    if options["content_type"] == PDF:
        response["Accept-Ranges"] = "bytes"
    return response


def _bounds(wanted, size):
    """First and last byte, counted from 0; "-500" asks for the last 500."""
    first, last = wanted
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last or size), size - 1)


def _part(stream, start, end, options):
    stream.seek(start)
    response = FileResponse(Section(stream, end - start + 1), status=206, **options)
    response["Content-Length"] = end - start + 1
    response["Content-Range"] = f"bytes {start}-{end}/{stream.size}"
    return response


class Section:
    """The next `length` bytes of a stream, to be read as a file of their own."""

    def __init__(self, stream, length):
        self.stream = stream
        self.left = length

    def read(self, size):
        piece = self.stream.read(min(size, self.left))
        self.left -= len(piece)
        return piece

    def close(self):
        self.stream.close()
