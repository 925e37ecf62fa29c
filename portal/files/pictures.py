"""Uploaded pictures: what is accepted, and the only form in which they are stored and shown."""

import warnings
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from PIL import Image, ImageOps

from portal.files.storage import FULL_WIDTH

RENDITIONS = (400, 800, FULL_WIDTH)
QUALITY = 82
PICTURE_MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
JPEG_MAX_SIDE = 65_500
SIGNATURES = {
    "JPEG": lambda head: head.startswith(b"\xff\xd8\xff"),
    "PNG": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "WEBP": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
}
NOT_A_PICTURE = _("This file is not a JPEG, PNG or WebP picture. Please save it as one of these and upload it again.")
BROKEN = _("This picture is damaged or incomplete. Please export the original once more and upload that.")
EMPTY = _("This file is empty. Please choose another one.")
ANIMATED = _("Moving pictures are not accepted. Please upload a single still picture.")
TOO_HEAVY = _("This picture has %(size)s; at most %(limit)s are accepted. Please make it smaller and upload it again.")
TOO_MANY_PIXELS = ngettext_lazy(
    "This picture has more than %(millions)d million pixel. Please make it smaller and upload it again.",
    "This picture has more than %(millions)d million pixels. Please make it smaller and upload it again.",
    "millions",
)

# Pillow itself only warns up to twice its limit
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


def check_picture(upload):
    """Raise ValidationError unless the content is one whole still JPEG, PNG or WebP of acceptable size."""
    _decode(upload)


def re_encode(upload):
    """Checked like in `check_picture`, then one JPEG per width: upright, without metadata, never enlarged."""
    picture, files = _flatten(_decode(upload)), {}
    for width in sorted(RENDITIONS, reverse=True):
        picture = _shrink(picture, width)  # each from the next larger one: the whole picture is slow to shrink
        files[width] = _encode(picture)
    return {width: files[width] for width in RENDITIONS}


def _decode(upload):
    _check_size(upload)
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    kind = next((name for name, fits in SIGNATURES.items() if fits(content[:12])), None)
    if kind is None:
        raise ValidationError(NOT_A_PICTURE, code="not_a_picture")
    return _open(content, kind)


def _check_size(upload):
    limit = getattr(settings, "PICTURE_MAX_BYTES", PICTURE_MAX_BYTES)
    if not upload.size:
        raise ValidationError(EMPTY, code="empty")
    if upload.size > limit:
        sizes = {"size": filesizeformat(upload.size), "limit": filesizeformat(limit)}
        raise ValidationError(TOO_HEAVY, code="too_heavy", params=sizes)


def _open(content, kind):
    try:
        Image.open(BytesIO(content), formats=[kind]).verify()
        picture = Image.open(BytesIO(content), formats=[kind])
        _check_shape(picture, kind)
        picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_many_pixels() from bomb
    except ValidationError:
        raise
    except Exception as damage:  # Pillow's decoders let through whatever the damaged bytes cause
        raise ValidationError(BROKEN, code="broken") from damage
    return picture


def _check_shape(picture, kind):
    if picture.width * picture.height > MAX_PIXELS or max(picture.size) > JPEG_MAX_SIDE:
        raise _too_many_pixels()
    # cameras put a preview or a depth map behind the picture of a JPEG; it is dropped like all metadata
    if kind != "JPEG" and getattr(picture, "is_animated", False):
        raise ValidationError(ANIMATED, code="animated")


def _too_many_pixels():
    millions = {"millions": MAX_PIXELS // 1_000_000}
    return ValidationError(TOO_MANY_PIXELS, code="too_many_pixels", params=millions)


def _flatten(picture):
    """RGB and upright, with white under what is transparent, and nothing beside the pixels."""
    ImageOps.exif_transpose(picture, in_place=True)
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
    flat = picture if picture.mode == "RGB" else picture.convert("RGB")
    flat.info.clear()  # Pillow would write the comment it has read
    return flat


def _shrink(picture, width):
    if picture.width <= width:
        return picture
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _encode(picture):
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=QUALITY, progressive=True, optimize=True)
    return ContentFile(stream.getvalue(), name="picture.jpg")
