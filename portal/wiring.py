"""WHAT FOLLOWS A TRANSITION, in one screen."""

from django.dispatch import receiver

from portal.publishing.signals import changing
from portal.search.indexing import reindex


@receiver(changing, dispatch_uid="search.reindex")
def keep_the_index_in_step(sender, item, **kwargs):
    reindex(item)
