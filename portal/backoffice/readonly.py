"""Tables of the back office that are written elsewhere."""

from django.contrib import admin
from django.http import Http404
from django.utils import timezone
from django.utils.html import format_html


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows are read and found, never added, changed or deleted; one that is not there is a 404."""

    actions = None
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        raise Http404


def with_fact(words, fact):
    """A cell of a list with a second line in small type: one column instead of two."""
    return format_html('{}<div class="cell-fact">{}</div>', words, fact or "–")


def with_person(moment, person):
    """When something was done, and by whom."""
    return with_fact(f"{timezone.localtime(moment):%H:%M %d/%m/%Y}", person)
