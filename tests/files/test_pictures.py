"""Only whole, still pictures of acceptable size come in; only plain JPEG goes out."""

import warnings
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from portal.files.pictures import RENDITIONS, check_picture, re_encode
from tests.files.samples import (
    EXE,
    GIF,
    GIF_AND_HTML,
    HTML,
    PDF,
    SVG,
    file,
    moving,
    photo,
    picture,
    png_bomb,
)

WHOLE_PNG = picture("PNG", (300, 200)).read()
WHOLE_JPEG = picture("JPEG", (300, 200)).read()
WHOLE_WEBP = picture("WEBP", (300, 200)).read()
DAMAGED_PNG = WHOLE_PNG[:60] + bytes(20) + WHOLE_PNG[80:]


def opened(rendition):
    return Image.open(BytesIO(rendition.read()))


@pytest.mark.parametrize("content", [WHOLE_PNG, WHOLE_JPEG, WHOLE_WEBP])
@pytest.mark.parametrize("name", ["anh.png", "anh.jpg", "anh", "anh.exe"])
def test_a_picture_is_known_by_its_content_and_not_by_its_name(content, name):
    check_picture(file(content, name))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (HTML, "not_a_picture"),
        (SVG, "not_a_picture"),
        (EXE, "not_a_picture"),
        (PDF, "not_a_picture"),
        (GIF, "not_a_picture"),
        (GIF_AND_HTML, "not_a_picture"),
        (b"\n" + WHOLE_PNG, "not_a_picture"),
        (b"", "empty"),
        (WHOLE_PNG[:-40], "broken"),
        (WHOLE_PNG[:20], "broken"),
        (WHOLE_JPEG[: len(WHOLE_JPEG) // 2], "broken"),
        (WHOLE_WEBP[:60], "broken"),
        (DAMAGED_PNG, "broken"),
        (b"\x89PNG\r\n\x1a\n" + HTML, "broken"),
        (b"\xff\xd8\xff\xe0" + HTML, "broken"),
        (b"RIFF\x00\x00\x00\x00WEBP" + HTML, "broken"),
        (b"\x89PNG\r\n\x1a\n" + GIF, "broken"),
        (moving("PNG"), "animated"),
        (moving("WEBP"), "animated"),
        (png_bomb(20_000, 20_000), "too_many_pixels"),
        (png_bomb(8_000, 8_000), "too_many_pixels"),
        (png_bomb(70_000, 10), "too_many_pixels"),
    ],
)
def test_everything_else_is_refused_whatever_its_name(content, code):
    for name in ("anh.jpg", "anh.png", "anh.webp"):
        with pytest.raises(ValidationError) as refusal:
            check_picture(file(content, name))
        assert refusal.value.code == code


def test_a_bomb_is_refused_even_when_warnings_are_silenced():
    with warnings.catch_warnings(), pytest.raises(ValidationError) as refusal:
        warnings.simplefilter("ignore")
        check_picture(file(png_bomb(8_000, 8_000), "anh.png"))
    assert refusal.value.code == "too_many_pixels"


def test_a_file_that_is_too_heavy_is_refused_before_it_is_read(settings, english):
    settings.PICTURE_MAX_BYTES = 100
    upload = file(WHOLE_PNG[:90] + bytes(810), "anh.png")
    upload.file.close()
    with pytest.raises(ValidationError) as refusal:
        check_picture(upload)
    assert refusal.value.messages == [
        "This picture has 900\xa0bytes; at most 100\xa0bytes are accepted. Please make it smaller and upload it again."
    ]


def test_the_sentences_say_what_to_do(english):
    sentences = {
        HTML: "This file is not a JPEG, PNG or WebP picture. Please save it as one of these and upload it again.",
        WHOLE_PNG[:60]: "This picture is damaged or incomplete. Please export the original once more and upload that.",
        png_bomb(20_000, 20_000): "This picture has more than 40 million pixels. "
        "Please make it smaller and upload it again.",
    }
    for content, sentence in sentences.items():
        with pytest.raises(ValidationError) as refusal:
            check_picture(file(content, "anh.jpg"))
        assert refusal.value.messages == [sentence]


def test_the_upload_is_left_at_its_beginning():
    upload = picture()
    upload.seek(10)
    check_picture(upload)
    assert upload.tell() == 0


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((3200, 2000), [(400, 250), (800, 500), (1600, 1000)]),
        ((1000, 600), [(400, 240), (800, 480), (1000, 600)]),
        ((60, 40), [(60, 40), (60, 40), (60, 40)]),
        ((3000, 1), [(400, 1), (800, 1), (1600, 1)]),
    ],
)
def test_there_is_a_rendition_for_every_width_and_none_is_enlarged(size, sizes):
    renditions = re_encode(picture(size=size))
    assert tuple(renditions) == RENDITIONS == (400, 800, 1600)
    assert [opened(rendition).size for rendition in renditions.values()] == sizes


@pytest.mark.parametrize("content", [WHOLE_PNG, WHOLE_JPEG, WHOLE_WEBP])
def test_renditions_are_progressive_jpeg(content):
    for rendition in re_encode(file(content, "anh.png")).values():
        image = opened(rendition)
        assert (image.format, image.mode, image.info["progressive"]) == ("JPEG", "RGB", 1)


def test_renditions_are_upright_and_tell_neither_place_nor_telephone():
    upload = photo(size=(60, 40), orientation=6)
    assert opened(upload).getexif().get_ifd(0x8825)[1] == "N"
    image = opened(re_encode(upload)[400])
    assert image.size == (40, 60)
    assert dict(image.getexif()) == {}
    assert not {"exif", "xmp", "comment", "icc_profile", "photoshop"} & set(image.info)


def test_what_hides_behind_the_picture_is_not_carried_on():
    hidden = b"<script>alert(1)</script>"
    commented = picture(comment=hidden)
    assert hidden in commented.read()
    assert hidden not in re_encode(commented)[1600].read()
    assert hidden not in re_encode(file(WHOLE_JPEG + hidden, "anh.jpg"))[1600].read()


@pytest.mark.parametrize(
    ("mode", "color", "seen"),
    [
        ("RGBA", (255, 0, 0, 0), (255, 255, 255)),
        ("RGBA", (0, 0, 0, 255), (0, 0, 0)),
        ("LA", (0, 0), (255, 255, 255)),
        ("L", 128, (128, 128, 128)),
        ("1", 1, (255, 255, 255)),
        ("P", 0, (0, 0, 0)),
        ("I;16", 0x8000, (128, 128, 128)),
    ],
)
def test_every_kind_of_png_becomes_rgb_with_white_under_transparency(mode, color, seen):
    image = opened(re_encode(picture("PNG", mode=mode, color=color))[400])
    assert all(abs(got - wanted) <= 2 for got, wanted in zip(image.getpixel((30, 20)), seen, strict=True))


def test_pictures_for_print_become_rgb():
    image = opened(re_encode(picture("JPEG", mode="CMYK", color=(0, 0, 0, 0)))[400])
    assert image.getpixel((5, 5)) == (255, 255, 255)


def test_a_palette_with_a_transparent_colour_gets_white():
    stream = BytesIO()
    image = Image.new("P", (20, 20), 0)
    image.putpalette([255, 0, 0])
    image.save(stream, "PNG", transparency=0)
    assert opened(re_encode(file(stream.getvalue(), "anh.png"))[400]).getpixel((5, 5)) == (255, 255, 255)
