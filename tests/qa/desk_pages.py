"""The pages of a case as the people at the agencies use them."""

from contextlib import contextmanager

from django.urls import reverse

from portal.editorial.models import AuditEvent
from tests.backoffice.pages import signed_in
from tests.backoffice.tables import everything
from tests.qa.makers import fresh


def page(case, name="change", *args):
    return reverse(f"admin:qa_case_{name}", args=[case.pk, *args])


def take(person, case, step, *, version=None, **fields):
    """Sends the form of the step as the page shows it, or as it was shown with an earlier version."""
    data = {"step": step, "version": fresh(case).version if version is None else version, **fields}
    return signed_in(person).post(page(case), data)


def form_of(response, step):
    (form,) = [row["form"] for row in response.context["steps"] if row["name"] == step]
    return form


@contextmanager
def only_read(case, *people):
    """Within the block nothing is changed, and each of the people opens the case, which is written down once."""
    before, last = everything(), AuditEvent.objects.latest("pk").pk
    yield
    opened = AuditEvent.objects.filter(pk__gt=last).order_by("pk")
    assert [(row.action, row.actor, row.object_id) for row in opened] == [("case_read", one, case.pk) for one in people]
    changed = everything() ^ before
    assert {(row[0], row[1]) for row in changed} == {("editorial.AuditEvent", repr(row.pk)) for row in opened}, changed
