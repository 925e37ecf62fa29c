from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from portal.agencies import trees
from portal.backoffice.searching import ShortTableSearch


class TreeForm(forms.ModelForm):
    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk and parent.is_descendant_of(self.instance, include_self=True):
            raise forms.ValidationError(_("Nothing stands below itself."))
        return parent


class TreeAdmin(ShortTableSearch, admin.ModelAdmin):
    """Admin of a small tree: indented by depth, written through the one locked function, found without diacritics."""

    form = TreeForm
    ordering = ["tree_id", "lft"]
    search_fields = ["code"]
    actions = None
    list_per_page = 500
    list_max_show_all = 1000

    @admin.display(description=_("name"))
    def indented(self, node):
        return format_html('<span class="tree-level tree-level-{}">{}</span>', node.level, node)

    def words(self, row):
        return f"{row} {row.code}"

    def save_model(self, request, obj, form, change):
        trees.save_node(obj)

    def delete_model(self, request, obj):
        trees.delete_node(obj)
