from django.contrib import admin
from js_asset import Media


class RichTextAdmin(admin.ModelAdmin):
    """Lets the editor's inline import map pass the content security policy: it carries the nonce of the response."""

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = Media(nonce=str(request.csp_nonce)) + context["media"]
        return super().render_change_form(request, context, *args, **kwargs)
