from modeltranslation.admin import TranslationGenericStackedInline

from portal.editorial import policy
from portal.publishing.models import Attachment, GalleryPicture


class RowsOfItem:
    """Rows that belong to an item may be changed by whoever may edit the item."""

    extra = 0

    def _may(self, request, item):
        return item is None or policy.can(request.user, "edit", item)

    def has_view_permission(self, request, obj=None):
        return obj is None or policy.can(request.user, "view", obj)

    def has_add_permission(self, request, obj=None):
        return self._may(request, obj)

    has_change_permission = has_delete_permission = has_add_permission


class ItemInline(RowsOfItem, TranslationGenericStackedInline):
    ct_field = "content_type"
    ct_fk_field = "object_id"


class AttachmentInline(ItemInline):
    model = Attachment
    fields = ["file", "title_vi", "title_en", "position"]


class GalleryInline(ItemInline):
    model = GalleryPicture
    fields = ["picture", "alt_vi", "alt_en", "caption_vi", "caption_en", "source", "position"]
