"""The points of Article 8.2 and what each must hold. Point đ is written `dd`, or it would collide with d."""

from django.utils.translation import gettext_lazy as _

POINTS = {
    "8.2.a": _("Introduction"),
    "8.2.b": _("News and events"),
    "8.2.c": _("Direction and administration"),
    "8.2.d": _("Guidance on laws and policies"),
    "8.2.dd": _("Strategies, master plans and plans"),
    "8.2.e": _("Legal documents"),
    "8.2.g": _("Electronic gazette"),
    "8.2.h": _("Projects, tenders and public procurement"),
    "8.2.i": _("Opinions of organisations and citizens"),
    "8.2.k": _("Contacts of competent officials"),
    "8.2.l": _("Transaction contacts of the portal"),
    "8.2.m": _("Other information ordered by the Chairman"),
    "8.2.n": _("Questions and answers"),
}
