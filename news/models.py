from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from mptt.models import MPTTModel, TreeForeignKey

from portal.publishing.models import Pictured, Publishable
from portal.text.fields import GatedCharField, GatedSlugField, GatedTextField
from portal.text.html import RichTextField, plain_text

GUIDANCE, BY_ORDER = "8.2.d", "8.2.m"


class Rubric(MPTTModel):
    """A heading under which articles stand, the same on every site. A root carries its point of Article 8.2."""

    class Point(models.TextChoices):
        NEWS = "8.2.b", _("b) News and events")
        GUIDANCE = GUIDANCE, _("d) Guidance on laws and policies")
        BY_ORDER = BY_ORDER, _("m) Other information ordered by the Chairman")

    code = GatedSlugField(_("address"), max_length=60, unique=True)
    name = GatedCharField(_("name"), max_length=120)
    description = GatedTextField(_("description"), blank=True)
    point = models.CharField(_("point of Article 8.2"), max_length=5, choices=Point, blank=True)
    parent = TreeForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("above it")
    )

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")
        ordering = ["tree_id", "lft"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent=None) & Q(point__gt="") | Q(parent__isnull=False) & Q(point=""),
                name="only_root_rubrics_carry_a_point",
                violation_error_message=_("A rubric at the top carries a point of Article 8.2, one below it none."),
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if self.parent_id and (self.parent.parent_id or (self.pk and self.children.exists())):
            raise ValidationError({"parent": _("Rubrics have two levels: one at the top, and those below it.")})

    def path(self):
        return f"/tin-tuc/chuyen-muc/{self.code}/"


class Article(Pictured, Publishable):
    """A news item (8.2 b), guidance on a law (8.2 d) or information ordered by the Chairman (8.2 m)."""

    rubric = TreeForeignKey(Rubric, models.PROTECT, related_name="articles", verbose_name=_("rubric"))
    body = RichTextField(_("text"))
    legal_basis = GatedCharField(
        _("legal basis"),
        max_length=300,
        blank=True,
        help_text=_("Guidance names the text it explains: number, date, issuer (Article 8.2 d)."),
    )
    order_reference = GatedCharField(
        _("order followed"),
        max_length=300,
        blank=True,
        help_text=_("Information by order names the Chairman's order: number and date (Article 8.2 m)."),
    )
    order_due = models.DateField(
        _("ordered for"),
        null=True,
        blank=True,
        help_text=_("The date by which the order wants it published, if it names one."),
    )
    # one way: an editor of one article does not change the page of another
    related = models.ManyToManyField(
        "self", blank=True, symmetrical=False, related_name="+", verbose_name=_("related articles")
    )

    class Meta(Publishable.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            *Publishable.Meta.indexes,
            models.Index(fields=["rubric", "-publish_at"], name="article_of_rubric"),
        ]

    @property
    def point(self):
        """The point of Article 8.2 under which its rubric stands."""
        return self.rubric.get_root().point

    def clean(self):
        super().clean()
        if self.rubric_id and (missing := self._missing_reference()):
            raise ValidationError(missing)

    def _missing_reference(self):
        wanted = {
            GUIDANCE: {
                "legal_basis": gettext("Guidance must name its legal basis (Article 8.2 d)."),
                "event_date": gettext("Give the day on which the law or policy was issued (Article 9.1 b)."),
            },
            BY_ORDER: {
                "order_reference": gettext("Information by order must name the order it follows (Article 8.2 m)."),
                "event_date": gettext("Give the day of the order (Article 8.2 m)."),
            },
        }
        return {name: words for name, words in wanted.get(self.point, {}).items() if not getattr(self, name)}

    def problems(self):
        found = super().problems()
        if not plain_text(self.body_vi):
            found.append(gettext("The Vietnamese text is missing."))
        if self.event_date is None and self.point not in (GUIDANCE, BY_ORDER):
            found.append(gettext("Give the day of the event: the time limit begins with it (Article 9.1 a)."))
        return found + list(self._missing_reference().values())

    def path(self):
        return f"/tin-tuc/{self.slug}-{self.pk}/"

    def section(self):
        return self.rubric.code

    def text(self, language):
        parts = [plain_text(getattr(self, f"body_{language}") or ""), self.legal_basis, self.order_reference]
        return " ".join(part for part in parts if part)

    def is_translated(self, language):
        return super().is_translated(language) and bool(plain_text(getattr(self, f"body_{language}")))
