"""Article 7.1: every text that a person can enter passes the gate."""

from django.apps import apps
from django.conf import settings
from django.db import models

from portal.text.fields import GateMixin

# Written by the portal itself, from gated text or as a code.
DERIVED = {
    "editorial.AuditEvent.action",
    "editorial.AuditEvent.folded",
    "publishing.Attachment.media_type",
    "publishing.Attachment.sha256",
    "publishing.Attachment.text_encoding",
    "publishing.AttachmentPage.text",  # composed as it is read from the file
    "publishing.AttachmentPage.text_folded",
    "news.Article.title_folded",
    "documents.Document.title_folded",
    "documents.Document.number_key",
    "documents.Document.signer_folded",
    "documents.Document.gazette_path",
    "documents.Relation.target_key",
    "documents.StatisticalReport.title_folded",
    "gazette.Issue.title_folded",
    "gazette.Issue.pdf_mark",
    "intake.Count.network",
    "intake.Count.scope",
    "intake.Upload.media_type",
    "intake.Upload.sha256",
    "notices.Message.folded",
    "obligations.Obligation.code",
    "obligations.Obligation.title_folded",
    "qa.Case.code",
    "qa.Case.folded",
    "qa.CaseFile.media_type",
    "qa.CaseFile.sha256",
    "qa.Question.title_folded",
    "search.ClickCount.category",
    "search.QueryCount.key",
    "search.QueryCount.language",
    "search.QueryCount.query",  # words of the parsed query, normalised
    "subsites.Site.label",  # letters a-z and digits only
    "subsites.FormerLabel.label",
    "accounts.User.folded",
    "accounts.User.password",
}
INDEX = "search.IndexEntry."


def text_fields():
    names = {*settings.CONTENT_APPS, *[name for name in settings.INSTALLED_APPS if name.startswith("portal.")]}
    for config in apps.get_app_configs():
        if config.name in names:
            for model in config.get_models():
                for field in model._meta.get_fields():
                    if type(field) is not models.FileField and isinstance(field, models.CharField | models.TextField):
                        yield f"{model._meta.label}.{field.name}", field


def test_every_text_field_is_gated_or_written_by_the_portal_itself():
    open_fields = {
        name
        for name, field in text_fields()
        if not (isinstance(field, GateMixin) or field.choices or name in DERIVED or name.startswith(INDEX))
    }
    assert open_fields == set()


def test_the_list_of_derived_fields_holds_no_field_that_is_gone():
    assert {name for name, _field in text_fields()} >= DERIVED
