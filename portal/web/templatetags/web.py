from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter(expects_localtime=True)
def date_vn(value):
    return date_format(value, "d/m/Y") if value else ""


@register.filter(expects_localtime=True)
def datetime_vn(value):
    return date_format(value, "H:i d/m/Y") if value else ""


@register.filter(expects_localtime=True)
def iso(value):
    """For the datetime attribute of <time>."""
    if not value:
        return ""
    return timezone.localtime(value).isoformat(timespec="seconds") if hasattr(value, "hour") else value.isoformat()


@register.simple_tag(takes_context=True)
def page_url(context, number):
    """The present address with its filters, on another page of the list."""
    query = context["request"].GET.copy()
    query["trang"] = number
    if number == 1:
        del query["trang"]
    return f"?{query.urlencode()}" if query else context["request"].path
