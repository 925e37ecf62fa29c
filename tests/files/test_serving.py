"""What a browser is told about an uploaded file, so that the file can do no harm."""

from urllib.parse import quote

import pytest
from django.http import Http404

from portal.files.serving import serve
from tests.files.models import Upload
from tests.files.samples import PDF, file, picture

DISPLAY_NAME = "Quyết định 16/2017.pdf"


@pytest.fixture
def document():
    """A stored PDF, without a row."""
    upload = Upload()
    upload.attachment.save("a.pdf", file(PDF, "a.pdf"), save=False)
    return upload.attachment


@pytest.fixture
def answer(rf, document):
    """The answer to a request with the given headers."""

    def ask(method="get", stored=document, *, name="a.pdf", content_type="application/pdf", inline=True, **headers):
        request = getattr(rf, method)("/tep/1/", headers=headers)
        return serve(request, stored, name=name, content_type=content_type, inline=inline)

    return ask


def body(response):
    return b"".join(response)


def test_a_file_is_served_with_headers_that_disarm_it(answer):
    response = answer()
    assert (response.status_code, body(response)) == (200, PDF)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(PDF))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, max-age=300"


@pytest.mark.parametrize(
    ("content_type", "inline", "disposition"),
    [
        ("application/pdf", True, "inline"),
        ("image/jpeg", True, "inline"),
        ("image/png", True, "inline"),
        ("image/webp", True, "inline"),
        ("application/pdf", False, "attachment"),
        ("text/plain", True, "attachment"),
        ("text/html", True, "attachment"),
        ("image/svg+xml", True, "attachment"),
        ("application/octet-stream", True, "attachment"),
    ],
)
def test_only_pictures_and_pdf_are_shown_in_the_browser(answer, content_type, inline, disposition):
    response = answer(content_type=content_type, inline=inline)
    assert response["Content-Disposition"] == f'{disposition}; filename="a.pdf"'


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (DISPLAY_NAME, f"filename*=utf-8''{quote('Quyết định 16_2017.pdf')}"),
        ("../../etc/passwd", 'filename=".._.._etc_passwd"'),
        ('a"b\r\nSet-Cookie: c=d.pdf', 'filename="a\\"b__Set-Cookie: c=d.pdf"'),
        ("a\\b.pdf", 'filename="a_b.pdf"'),
    ],
)
def test_display_names_keep_their_diacritics_and_nothing_dangerous(answer, name, shown):
    assert answer(name=name)["Content-Disposition"] == f"inline; {shown}"


def test_whoever_has_the_file_gets_304_without_its_being_opened(answer, document):
    etag = answer()["ETag"]
    document.storage.delete(document.name)
    response = answer(If_None_Match=etag)
    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)
    assert response["Cache-Control"] == "private, max-age=300"


def test_etag_does_not_tell_the_name_on_the_disk(answer, document):
    assert document.name.rpartition("/")[2][:8] not in answer()["ETag"]


def test_another_file_has_another_etag(answer):
    other = Upload()
    other.picture.save("anh.jpg", picture(), save=False)
    assert answer(stored=other.picture)["ETag"] != answer()["ETag"]
    assert answer(stored=other.picture)["ETag"] != answer(stored=other.picture.rendition(400))["ETag"]


def test_a_rendition_is_served(answer):
    upload = Upload()
    upload.picture.save("anh.jpg", picture(size=(1000, 10)), save=False)
    response = answer(stored=upload.picture.rendition(400), content_type="image/jpeg", name="anh.jpg")
    assert body(response).startswith(b"\xff\xd8\xff")
    assert "Accept-Ranges" not in response


def test_a_file_that_is_gone_from_the_disk_is_not_found(answer, document):
    document.storage.delete(document.name)
    with pytest.raises(Http404):
        answer()


def test_a_row_without_a_file_is_not_found(answer):
    with pytest.raises(Http404):
        answer(stored=Upload().attachment)


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-4", 0, 4),
        ("bytes=5-", 5, None),
        ("bytes=-6", -6, None),
        ("bytes=3-99999", 3, None),
        ("bytes=-99999", 0, None),
    ],
)
def test_a_reader_of_a_pdf_gets_the_part_it_asks_for(answer, asked, start, end):
    response = answer(Range=asked)
    wanted = PDF[start:] if end is None else PDF[start : end + 1]
    first = start if start >= 0 else len(PDF) + start
    assert (response.status_code, body(response)) == (206, wanted)
    assert response["Content-Range"] == f"bytes {first}-{first + len(wanted) - 1}/{len(PDF)}"
    assert response["Content-Length"] == str(len(wanted))
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("asked", ["bytes=99999-", "bytes=-0", "bytes=5-2"])
def test_a_part_that_does_not_exist_is_refused(answer, asked):
    response = answer(Range=asked)
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(PDF)}")


@pytest.mark.parametrize("asked", ["bytes=0-1,3-4", "items=0-1", "bytes=-", "bytes=a-b"])
def test_other_ranges_get_the_whole_file(answer, asked):
    assert body(answer(Range=asked)) == PDF


def test_a_part_of_another_version_is_not_sent(answer):
    assert answer(Range="bytes=0-4", If_Range='"old"').status_code == 200
    assert answer(Range="bytes=0-4", If_Range=answer()["ETag"]).status_code == 206


def test_ranges_are_for_pdf_only(answer):
    assert answer(content_type="text/plain", Range="bytes=0-4").status_code == 200
