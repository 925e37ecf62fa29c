from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The places on a board; the decision that sets up the board names who holds them."""

    HEAD = "head", _("Head of the board")
    DEPUTY = "deputy", _("Deputy head of the board")
    MEMBER = "member", _("Member of the board")
    SECRETARY = "secretary", _("Secretary of the board")
    EDITOR = "editor", _("Editor")
    REPORTER = "reporter", _("Reporter, contributor")
    TRANSLATOR = "translator", _("Translator")
    TECHNICIAN = "technician", _("Technical administrator")
    INSPECTOR = "inspector", _("Inspector (read only)")
    # not of the board: whom the agency names to receive, answer and sign (Article 16.3 b)
    RESPONDENT = "respondent", _("Respondent of the agency")
    SIGNATORY = "signatory", _("Head of the agency, signs answers")


BESIDE_THE_BOARD = (Role.RESPONDENT, Role.SIGNATORY)


class State(models.TextChoices):
    """Where an item stands on its way to the reader."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted for approval")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ARCHIVED = "archived", _("Archived")
