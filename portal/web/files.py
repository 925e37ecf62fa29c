"""Files of items: served while the reader may open the item, or its board may see it in the back office, else 404."""

from django.apps import apps
from django.http import Http404
from django.shortcuts import get_object_or_404

from portal.editorial import policy
from portal.files.pictures import RENDITIONS
from portal.files.serving import serve
from portal.publishing.models import Attachment, GalleryPicture
from portal.publishing.registry import categories
from portal.subsites.models import Site


def _refuse_hidden(request, item):
    if item is None or not (_is_public(item) or policy.can(request.user, "view", item)):
        raise Http404


def _is_public(item):
    return item.is_readable and Site.objects.filter(agency=item.agency_id, is_active=True).exists()


def _serve_rendition(request, picture, width):
    if width not in RENDITIONS:
        raise Http404
    return serve(request, picture.rendition(width), name="anh.jpg", content_type="image/jpeg", inline=True)


def picture(request, model, pk, width, stem):
    """A rendition of an item's lead picture. `stem` begins its file name, so that a new picture has a new address."""
    if model not in {row.model._meta.label_lower for row in categories()}:
        raise Http404
    item = get_object_or_404(apps.get_model(model), pk=pk)
    _refuse_hidden(request, item)
    if request.path_info != item.picture_path().format(width=width):
        raise Http404
    return _serve_rendition(request, item.picture, width)


def gallery_picture(request, pk, width):
    found = get_object_or_404(GalleryPicture, pk=pk)
    _refuse_hidden(request, found.item)
    return _serve_rendition(request, found.picture, width)


def attachment(request, pk, name):
    """An attached file. `name` is there for people; the number decides."""
    found = get_object_or_404(Attachment, pk=pk)
    _refuse_hidden(request, found.item)
    return serve(request, found.file, name=found.file_name, content_type=found.media_type, inline=True)
