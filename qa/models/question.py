from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from mptt.models import TreeForeignKey

from documents.models import Document, Sector
from portal.agencies.models import Agency
from portal.intake import consents
from portal.publishing.models import Publishable
from portal.text.fields import GatedCharField, GatedTextField
from portal.text.personal import holds
from qa.models.case import TEXT_MAX, Case, Kind, State
from qa.models.exchange import ANSWER_MAX

SECTIONS = {
    Kind.QUESTION: "cau-hoi",
    Kind.PETITION: "phan-anh-kien-nghi",
    Kind.INFORMATION: "tiep-can-thong-tin",
}


class Question(Publishable):
    """What readers see of a case: question and answer without personal data (Articles 8.2 n and i, 9.1 đ).

    Its event date is that of the answer. Without a case it is a frequent question that the board answers of its own.
    """

    case = models.OneToOneField(
        Case, models.PROTECT, null=True, blank=True, related_name="question", editable=False, verbose_name=_("case")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.QUESTION)
    sector = TreeForeignKey(Sector, models.PROTECT, related_name="+", verbose_name=_("field"))
    answered_by = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", verbose_name=_("answering agency"), null=True, blank=False
    )
    signatory = GatedCharField(_("signed by"), max_length=200, blank=True, help_text=_("Name and office."))
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    asker = GatedCharField(
        _("name of the sender"), max_length=150, blank=True, help_text=_("Only with the sender's consent.")
    )
    question = GatedTextField(_("question"), validators=[MaxLengthValidator(TEXT_MAX)])
    answer = GatedTextField(_("answer"), validators=[MaxLengthValidator(ANSWER_MAX)])
    interprets_law = models.BooleanField(_("interprets the law"), default=False)
    documents = models.ManyToManyField(Document, blank=True, related_name="+", verbose_name=_("documents cited"))

    class Meta(Publishable.Meta):
        verbose_name = _("published question")
        verbose_name_plural = _("published questions")
        indexes = [
            *Publishable.Meta.indexes,
            models.Index(fields=["sector", "-publish_at"], name="question_of_sector"),
            models.Index(fields=["answered_by", "-publish_at"], name="question_answered_by"),
            models.Index(fields=["kind", "-publish_at"], name="question_of_kind"),
        ]

    def path(self):
        return f"/hoi-dap/{self.slug}-{self.pk}/"

    def section(self):
        return SECTIONS[self.kind]

    def text(self, language):
        return "\n".join(getattr(self, f"{name}_{language}") or "" for name in ("question", "answer"))

    def is_translated(self, language):
        names = ("question", "answer")
        return super().is_translated(language) and all(getattr(self, f"{name}_{language}") for name in names)

    def dated_on(self):
        return self.event_date or super().dated_on()

    def facets(self):
        return {"linh_vuc_hoi": [self.sector_id], "co_quan_tra_loi": [self.answered_by_id]}

    def further_sites(self):
        """The answering agency's own site finds it too."""
        return [self.answered_by_id] if self.answered_by_id not in (None, self.agency_id) else []

    def problems(self):
        found = super().problems()
        if not self.question_vi or not self.answer_vi:
            found.append(gettext("Question and answer are needed in Vietnamese."))
        if self.interprets_law and not self.documents.exists():
            found.append(gettext("The answer interprets the law: cite the document of the portal that it rests on."))
        return found + (self._problems_with_the_case() if self.case_id else [])

    def _problems_with_the_case(self):
        found = []
        if self.case.state != State.ANSWERED:
            found.append(gettext("The case is not answered."))
        if not self.case.concerns_all and not consents.holds(self.case, "publication"):
            found.append(gettext("The sender has not agreed to publication, and the matter is not of general concern."))
        if still := self.still_says():
            words = gettext("Still to be masked: %(words)s.")
            found.append(words % {"words": ", ".join(f"“{text}”" for text in still)})
        return found

    def still_says(self):
        """What was masked and yet stands in a text that becomes public."""
        names = ("title", "summary", "question", "answer")
        said = "\n".join(getattr(self, f"{name}_{code}") or "" for name in names for code in ("vi", "en"))
        said = f"{said}\n{self.author}\n{self.source}"
        return holds(said, [words for _kind, words in self.case.masked])
