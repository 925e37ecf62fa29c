"""In force or not: computed from the dates of a document and from what other documents do to it, on any day.

A relation counts while its document is public, from its day on, unless that document had ended by then. What is
replaced or repealed as a whole has ended, and stays so whatever becomes of the document that did it; amended, or
replaced or repealed in a provision, it has ended in part. A suspension ends with the document that suspends.
"""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.editorial.roles import State
from portal.publishing.models import PublishableQuerySet


class Status(models.TextChoices):
    PENDING = "chua-co-hieu-luc", _("not yet in force")
    IN_FORCE = "con-hieu-luc", _("in force")
    PARTLY = "het-hieu-luc-mot-phan", _("no longer in force in part")
    ENDED = "het-hieu-luc", _("no longer in force")
    SUSPENDED = "ngung-hieu-luc", _("suspended")


ENDING = ("replaces", "repeals")
CHANGING = ("amends", *ENDING)


def _of_source(condition):
    """What is said of a document, said of the one that acts."""
    said = [_of_source(part) if isinstance(part, Q) else (f"source__{part[0]}", part[1]) for part in condition.children]
    return Q(*said, _connector=condition.connector, _negated=condition.negated)


class RelationQuerySet(models.QuerySet):
    def dated(self):
        """With `day`, from which on the relation acts."""
        return self.annotate(day=Coalesce("effective_on", "source__in_force_from"))

    def recorded(self):
        return self.dated().filter(state__in=["counts", "leaving"])

    def counted(self):
        """Those of public documents that had not ended when the relation was to act.

        What ended them had to count too: two steps back are followed. Where more is in doubt, or documents end each
        other on one day, the relation counts: nothing that was repealed is called in force.
        """
        ends = self.model.objects.of_public().ending()
        return self.of_public().unless_ended_by(ends.unless_ended_by(ends))

    def of_public(self):
        """Those of public documents that do not end by themselves before the relation acts."""
        readable = DocumentQuerySet.state_condition([State.PUBLISHED, State.ARCHIVED])
        lasting = Q(expires_on=None) | Q(expires_on__gt=F("day"))
        return self.recorded().filter(_of_source(readable & lasting))

    def unless_ended_by(self, ends):
        """Those whose own documents none of these had ended by then."""
        return self.filter(~Exists(ends.filter(target=OuterRef("source"), day__lte=OuterRef("day"))))

    def in_effect(self, day):
        return self.counted().filter(day__lte=day)

    def of_kind(self, *kinds):
        return self.filter(kind__in=kinds)

    def ending(self):
        """The other document as a whole."""
        return self.of_kind(*ENDING).filter(provision="")

    def changing(self):
        """The other document in part."""
        return self.filter(Q(kind="amends") | Q(kind__in=ENDING, provision__gt=""))

    def with_lifting(self):
        """With `lifted_on`, the day on which others ended the document that acts: what it suspends is free again."""
        ends = self.model.objects.counted().ending().filter(target=OuterRef("source"))
        return self.annotate(lifted_on=Subquery(ends.order_by("day").values("day")[:1]))

    def suspending(self, day):
        """The other document as a whole, on that day."""
        ends = ("until", "lifted_on", "source__expires_on")
        lasting = [Q((name, None)) | Q((f"{name}__{'gte' if name == 'until' else 'gt'}", day)) for name in ends]
        return self.of_kind("suspends").with_lifting().filter(*lasting, provision="")

    def targets(self):
        return self.filter(target__isnull=False).values("target")


class DocumentQuerySet(PublishableQuerySet):
    def status_condition(self, status, day=None):
        """The documents that have this status on the day (today)."""
        condition = Q()
        for other, first in self._conditions(day or timezone.localdate()):
            if other == status:
                return condition & first
            condition &= ~first
        if status == Status.IN_FORCE:
            return condition
        raise KeyError(status)

    def in_status(self, status, day=None):
        return self.filter(self.status_condition(status, day))

    def with_status(self, day=None):
        """With `status` on the day (today)."""
        conditions = self._conditions(day or timezone.localdate())
        whens = [When(condition, then=Value(status)) for status, condition in conditions]
        return self.annotate(status=Case(*whens, default=Value(Status.IN_FORCE), output_field=models.CharField()))

    def _conditions(self, day):
        """[(status, condition)]: the first that a document meets is its status; where it meets none, it is in force."""
        acting = self.model._meta.get_field("relations_in").related_model.objects.in_effect(day)
        yield Status.ENDED, Q(expires_on__isnull=False, expires_on__lte=day) | Q(pk__in=acting.ending().targets())
        yield Status.PENDING, Q(in_force_from__gt=day)
        yield Status.SUSPENDED, Q(pk__in=acting.suspending(day).targets())
        yield Status.PARTLY, Q(pk__in=acting.changing().targets())

    def shown_on(self, agency):
        """What the site of an agency shows: its own, and those of others that it chose to show."""
        showings = self.model._meta.get_field("showings").related_model.objects.filter(agency=agency)
        return self.filter(Q(agency=agency) | Q(pk__in=showings.values("document")))
