"""What the pages of all categories share: which item a reader may open, in which language, and what is beside it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import json_script
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from portal.editorial import policy
from portal.editorial.models import Board
from portal.editorial.roles import State
from portal.obligations.models import Obligation
from portal.publishing.models import Revision
from portal.publishing.registry import category_of
from portal.subsites.links import canonical_url, site_url
from portal.web.cards import files_url, site_names
from portal.web.views import crumbs


def item_or_404(request, items, pk):
    """The item if it belongs to this site and the reader may open it; its own board may look at any state."""
    item = get_object_or_404(items.select_related("agency").filter(agency=request.site.agency), pk=pk)
    if item.is_readable or item.is_gone or is_preview(request, item):
        return item
    raise Http404


def is_preview(request, item):
    return "xem-truoc" in request.GET and policy.can(request.user, "view", item)


def withdrawn(request, item, *trail):
    """410 with the reason: the address stays understandable."""
    context = {
        "title": item.title_vi if item.current_state == State.WITHDRAWN else "",  # no draft shows through
        "reason": item.withdrawal_reason,
        "date": item.withdrawn_at,
        "breadcrumbs": crumbs(request, *trail),
    }
    return render(request, "web/withdrawn.html", context, status=410)


def shown(request, item, names=("title", "summary")):
    """Sets the item's dates and, where it is not translated, the named texts to Vietnamese: parts that happen to be
    translated are not mixed into the other language. Returns what every view of the item needs."""
    text_lang = "" if item.is_translated(get_language()) else "vi"
    item.published_at = item.first_published_at or item.publish_at
    item.updated_at = None
    if text_lang:
        for name in names:
            setattr(item, name, getattr(item, f"{name}_vi"))
    return {
        "text_lang": text_lang,
        "untranslated": bool(text_lang),
        "canonical_url": canonical_url(request, request.site.label, item.path()),
    }


def around(request, item, corrections):
    """What stands beside the text of an item. `corrections`: the changes that were applied to it, newest first."""
    item.updated_at = corrections[0].decided_at if corrections else None
    board = Board.objects.in_force().filter(agency=item.agency).first()
    return {
        "preview": not item.is_readable,
        "archived": item.current_state == State.ARCHIVED,
        "attachments": [attachment(row) for row in item.attachments.all()],
        "board": str(board) if board else "",
        "duties": [_duty(request, row) for row in _kept_duties(item)],
        "report_error_url": _report_error_url(item),
    }


def _report_error_url(item):
    """Where readers say what is wrong with it; empty in a preview."""
    return reverse("report_error", args=[category_of(item).code, item.pk]) if item.is_readable else ""


def applied(item):
    """The changes that were applied to a public item, newest first."""
    return list(item.revisions.filter(outcome=Revision.Outcome.APPLIED).order_by("-decided_at", "-pk"))


def put_back(item, revision):
    """Sets the item to the text that the applied change replaced; when that was. 404 for another revision."""
    later = [row for row in applied(item) if row.pk >= revision]
    if revision not in [row.pk for row in later]:
        raise Http404
    for row in later:
        for name, value in row.before.items():
            field = item._meta.get_field(name)
            if not field.many_to_many:
                setattr(item, field.attname, field.to_python(value) if value or not field.null else None)
    return later[-1].decided_at


def _kept_duties(item):
    """What the item owed under Article 9 and when it was kept, the strictest first."""
    kept = Obligation.objects.of(item).measured().exclude(fulfilled_at=None)
    return kept.select_related("rule", "agency").pressing_first()


def _duty(request, duty):
    """Each duty is explained on the site of the agency that owes it."""
    own = duty.agency_id == request.site.agency_id
    label = request.site.label if own else site_names(request).get(duty.agency_id, (None,))[0]
    return {
        "due": duty.due,
        "agency": duty.agency,
        "is_internal": duty.is_internal,
        "result": duty.get_status_display(),
        "url": site_url(request, label, duty.path()) if label is not None else "",
    }


def attachment(row):
    """A file as pages show it."""
    return {
        "title": row.title,
        "url": files_url(row.path()),
        "size": filesizeformat(row.size),
        "kind": row.extension.upper(),
        "pages": row.page_count,
        "sha256": row.sha256,
    }


def citation(item, url):
    day = timezone.localtime(item.published_at or timezone.now())
    return f"{item.author}: “{item.title}”. {item.source}, {day:%d/%m/%Y}. {url}"


def linked_data(data):
    """A script of schema.org's facts, without the empty ones."""
    script = json_script({key: value for key, value in data.items() if value})
    return mark_safe(script.replace('type="application/json"', 'type="application/ld+json"'))
