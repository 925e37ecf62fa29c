"""Steps of the workflow for many documents at once: shown first, declared once, carried out one by one."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.publishing import workflow

LIMIT = 200
SHOWN_REFUSALS = 20


@dataclass(frozen=True)
class Planned:
    """One document of the selection and the sentences that refuse the step for it, if any."""

    item: object
    refusals: list


def plan(name, items, *, by):
    return [Planned(item, _refusals(name, item, by)) for item in items]


def _refusals(name, item, by):
    steps = {row.name: refusal for row, refusal in workflow.available(item, by)}
    if name not in steps:
        facts = {"action": workflow.TRANSITIONS[name].label, "state": item.current_state.label}
        return [_("“%(action)s” is not possible: the item is now “%(state)s”.") % facts]
    if steps[name]:
        return [steps[name]]
    return item.problems() if workflow.TRANSITIONS[name].needs_complete else []


def carry_out_each(name, items, *, by, versions):
    """[Planned]: the step for each document by itself. `versions`: {key: what the person saw}; others are refused."""
    return [Planned(item, _carried_out(name, item, by, versions.get(item.pk))) for item in items]


def _carried_out(name, item, by, version):
    if version is None:
        return [_("This document was not shown to you before. Choose it again.")]
    try:
        workflow.carry_out(name, item, by=by, declared=True, version=version)
    except ValidationError as refused:
        return refused.messages
    return []


@admin.action(description=gettext_lazy("Submit for approval"))
def submit_selected(modeladmin, request, queryset):
    return _page(modeladmin, request, queryset, "submit")


@admin.action(description=gettext_lazy("Approve"))
def approve_selected(modeladmin, request, queryset):
    return _page(modeladmin, request, queryset, "approve")


class BulkStepsMixin:
    """For an admin class: these steps, and no others that Django would add, such as deleting many."""

    actions = [submit_selected, approve_selected]

    def get_actions(self, request):
        own = {action.__name__ for action in self.actions}
        return {name: row for name, row in super().get_actions(request).items() if name in own}


def _page(modeladmin, request, queryset, name):
    """The page that shows what would happen; once it was declared and sent, None, which leads back to the list."""
    items = list(queryset.order_by("pk")[: LIMIT + 1])
    if len(items) > LIMIT:
        messages.error(request, _("At most %(limit)d documents are dealt with at once.") % {"limit": LIMIT})
        return None
    errors = []
    if "confirm" in request.POST:
        if request.POST.get("declared"):
            _report(request, name, carry_out_each(name, items, by=request.user, versions=_versions(request.POST)))
            return None
        errors = [_("Declare that the item holds no state, business or personal secret (Article 3.2).")]
    context = _context(modeladmin, request, plan(name, items, by=request.user), name, errors)
    return TemplateResponse(request, "admin/documents/bulk.html", context)


def _context(modeladmin, request, planned, name, errors):
    step = workflow.TRANSITIONS[name]
    return {
        **modeladmin.admin_site.each_context(request),
        "opts": modeladmin.opts,
        "title": step.label,
        "step": step,
        "action": request.POST.get("action", ""),
        "checkbox": ACTION_CHECKBOX_NAME,
        "going": [row.item for row in planned if not row.refusals],
        "refused": [row for row in planned if row.refusals],
        "errors": errors,
    }


def _versions(posted):
    """{key: version} of the documents that the page offered."""
    pairs = [value.partition(":")[::2] for value in posted.getlist("version")[:LIMIT]]
    sound = [pair for pair in pairs if all(part.isascii() and part.isdigit() and len(part) < 10 for part in pair)]
    return {int(key): int(version) for key, version in sound}


def _report(request, name, results):
    done = sum(not row.refusals for row in results)
    words = ngettext("%(step)s: %(count)d document.", "%(step)s: %(count)d documents.", done)
    label = workflow.TRANSITIONS[name].label
    (messages.success if done else messages.warning)(request, words % {"step": label, "count": done})
    refused = [row for row in results if row.refusals]
    for row in refused[:SHOWN_REFUSALS]:
        messages.warning(request, f"{row.item}: {' '.join(map(str, row.refusals))}")
    if len(refused) > SHOWN_REFUSALS:
        rest = len(refused) - SHOWN_REFUSALS
        messages.warning(request, _("Refused beside these: %(count)d.") % {"count": rest})
