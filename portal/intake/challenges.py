"""Which question is asked: chosen by the token of the form, so that loading the page again asks the same."""

from portal.intake.models import Challenge


def first_for(token):
    """None where no question is in use: then none is asked."""
    keys = list(_in_use().values_list("pk", flat=True))
    return Challenge.objects.get(pk=keys[token.int % len(keys)]) if keys else None


def next_after(challenge):
    """After a wrong answer; the same again where it is the only one."""
    return _in_use().filter(pk__gt=challenge.pk).first() or _in_use().first()


def _in_use():
    return Challenge.objects.filter(is_active=True).order_by("pk")
