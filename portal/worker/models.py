from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.text.fields import GatedCharField

SIGN_OF_LIFE = timedelta(seconds=60)
FORGOTTEN = timedelta(days=1)


class JobQuerySet(models.QuerySet):
    def due(self, now=None):
        return self.filter(due_at__lte=now or timezone.now())

    def free(self, now=None):
        """In no worker's hands; what a killed worker held becomes free when its lease ends."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lte=now or timezone.now()))


class Job(models.Model):
    """What is known of one task of the worker: when it ran last, what came of it and when it is due again."""

    name = GatedCharField(max_length=40, unique=True)
    due_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    runs = models.PositiveBigIntegerField(default=0)
    last_result = models.IntegerField(null=True)  # how many rows it dealt with; null: it failed
    last_error = GatedCharField(max_length=300, blank=True)  # empty: it did not fail

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class HeartbeatQuerySet(models.QuerySet):
    def alive(self, now=None):
        return self.filter(beat_at__gte=(now or timezone.now()) - SIGN_OF_LIFE)

    def forgotten(self, now=None):
        """Of workers that were killed and cannot take their row away any more."""
        return self.filter(beat_at__lt=(now or timezone.now()) - FORGOTTEN)


class Heartbeat(models.Model):
    """The sign of life of one worker process, called `host:pid`. What runs by cron leaves none."""

    name = GatedCharField(max_length=300, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self):
        return self.name


def worker_is_alive(now=None):
    """Whether a worker has given a sign of life within the last minute. A single task that takes longer hides it."""
    return Heartbeat.objects.alive(now).exists()
