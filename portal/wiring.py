"""WHAT FOLLOWS A TRANSITION, in one screen."""

from django.apps import apps
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from documents.facets import whose_status_depends_on
from documents.models import Document
from gazette import publication
from gazette.models import Issue
from portal.publishing.signals import changing
from portal.search.expressions import prepare
from portal.search.indexing import reindex
from qa import publication as questions
from qa.models import Question


@receiver(changing, dispatch_uid="search.reindex")
def keep_the_index_in_step(sender, item, **kwargs):
    reindex(item)


@receiver(changing, sender=Document, dispatch_uid="search.reindex_targets")
def keep_the_status_of_others_in_step(sender, item, **kwargs):
    for document in whose_status_depends_on(item):
        reindex(document)


@receiver(changing, sender=Issue, dispatch_uid="gazette.follow")
def keep_documents_in_step_with_the_gazette(sender, item, **kwargs):
    publication.follow(item)


@receiver(changing, sender=Question, dispatch_uid="qa.follow")
def keep_the_duty_to_publish_an_answer(sender, item, **kwargs):
    questions.follow(item)


@receiver(post_migrate, sender=apps.get_app_config("search"), dispatch_uid="search.prepare")
def prepare_the_index(sender, **kwargs):
    prepare()
