"""Outgoing mail in the back office: what became of a letter; its words only where no citizen's secret is in them."""

import re

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.backoffice.filters import StoredStateFilter
from portal.backoffice.readonly import ReadOnlyAdmin, with_fact
from portal.backoffice.searching import FoldedSearch
from portal.notices import letters
from portal.notices.models import ATTEMPTS, Message
from portal.notices.outbox import KEPT

ADDRESS = re.compile(r"""([^\s@<>()\[\]{}'":;,=])[^\s@]*@(?=\w)""")
SMTP = "django.core.mail.backends.smtp.EmailBackend"
State = Message.State


class StateFilter(StoredStateFilter):
    states = State


def masked(text):
    """Any text in which addresses can be told apart, but not written to; whole where no citizen's mail is."""
    return ADDRESS.sub(r"\1***@", text) if settings.PRODUCTION else text


def recipient(message):
    if not settings.PRODUCTION:
        return message.recipient
    return f"{message.recipient[0]}***@{message.recipient.rpartition('@')[2]}"


def leaves():
    """Whether mail of this installation goes out at all."""
    return settings.EMAIL_BACKEND == SMTP


@admin.register(Message)
class MessageAdmin(FoldedSearch, ReadOnlyAdmin):
    """Read only, for who looks after the platform."""

    list_display = ["shown_letter", "shown_written", "shown_state"]
    list_filter = [StateFilter]
    list_per_page = 50
    search_fields = ["folded"]
    ordering = ["-created_at", "-pk"]
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request):
        return super().get_queryset(request).defer("body").with_state()

    def lookup_allowed(self, lookup, value, request):
        return lookup == StateFilter.parameter_name  # ?body__contains=… would tell a secret letter by letter

    @admin.display(description=gettext_lazy("subject line and recipient"), ordering="subject")
    def shown_letter(self, message):
        return with_fact(masked(message.subject), recipient(message))

    @admin.display(description=gettext_lazy("time"), ordering="created_at")
    def shown_written(self, message):
        return _moment(message.created_at)

    @admin.display(description=gettext_lazy("state"))
    def shown_state(self, message):
        label, fact = State(message.state).label, _state_fact(message)
        return with_fact(label, fact) if fact else label

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    has_module_permission = has_view_permission

    def change_view(self, request, object_id, form_url="", extra_context=None):
        message = self.get_object(request, unquote(object_id))
        if message is None or request.method == "POST" or not self.has_view_permission(request, message):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": message,
            "title": masked(message.subject),
            "message": message,
            "state": State(message.state).label,
            "headers": list(_headers(message)),
            "facts": [(name, masked(value)) for name, value in _facts(message)],
            "about": self._about(message),
            "bounces": [_in_words(bounce) for bounce in message.bounces.all()],
            "leaves": leaves(),
            "may_read": not settings.PRODUCTION,
            "days_kept": KEPT.days,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/message.html", context)

    def history_view(self, request, object_id, extra_context=None):
        return redirect("admin:notices_message_change", object_id)

    def _about(self, message):
        """(kind, number, address) of the row that caused the letter, but not its words; the address may be missing."""
        model = message.content_type and message.content_type.model_class()
        if model is None:
            return None
        page = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        url = reverse(page, args=[message.object_id]) if self.admin_site.is_registered(model) else ""
        return model._meta.verbose_name, message.object_id, url


def _headers(message):
    mail = letters.compose(message)
    yield "From", mail.from_email
    yield "To", recipient(message)
    yield "Subject", masked(message.subject)
    yield from mail.extra_headers.items()


def _facts(message):
    """[(what, value)] of what became of the letter."""
    yield _("Letter written"), _moment(message.created_at)
    yield _("Language of the letter"), message.get_language_display()
    if message.sent_at:
        yield _("Sent out"), _moment(message.sent_at)
    yield _("Failed attempts"), str(message.attempts)
    if message.last_error:
        yield _("Last error"), message.last_error
    if message.refusal:
        yield _("Refused for good"), message.refusal
    if message.state == State.WAITING:
        yield _("Next attempt from"), _moment(message.send_after)


def _state_fact(message):
    if message.state == State.SENT:
        return _moment(message.sent_at) if leaves() else _("not really: it stays here")
    if message.state == State.WAITING and message.attempts:
        facts = {"attempts": message.attempts, "most": ATTEMPTS}
        return _("%(attempts)d of %(most)d attempts failed") % facts
    return masked(message.refusal or message.last_error)


def _in_words(bounce):
    kind = _("for good") if bounce.is_permanent else _("for the time being")
    return {"at": bounce.at, "kind": kind, "status": bounce.status, "words": masked(bounce.words)}


def _moment(moment):
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}"
