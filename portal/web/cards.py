"""What lists and home pages show of an index entry."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import get_script_prefix

from portal.files.pictures import RENDITIONS
from portal.publishing.registry import category
from portal.subsites.links import site_url
from portal.subsites.models import Site


@dataclass(frozen=True)
class Card:
    title: str
    lang: str
    url: str
    summary: str
    date: datetime
    picture: str
    picture_large: str
    picture_alt: str
    rubric: str
    rubric_url: str
    site_name: str
    is_archived: bool
    is_headline: bool  # its title says what it is about; that of a document is a number


def files_url(path):
    """Address of a file within the present site; files know no language."""
    return get_script_prefix().rstrip("/") + path if path else ""


def picture_urls(path):
    """{width: address} of a picture path of an item; empty when there is no picture."""
    return {width: files_url(path.format(width=width)) for width in RENDITIONS} if path else {}


def short_name(site):
    """What people call the site: the locality or the agency, the portal by its own name."""
    if site.is_root:
        return site.name
    return (site.agency.place_name if site.agency.is_locality else "") or site.agency.name


def site_names(request):
    """{agency: (label, name)} of the sites that are switched on, read once for each request."""
    if not hasattr(request, "_site_names"):
        sites = Site.objects.filter(is_active=True).select_related("agency")
        request._site_names = {site.agency_id: (site.label, short_name(site)) for site in sites}
    return request._site_names


def cards(request, entries, sections):
    """Cards of index entries. `sections` maps a code to its Section."""
    names = site_names(request)
    return [_card(request, entry, sections.get(entry.section), names) for entry in entries]


def _card(request, entry, section, names):
    label, name = names.get(entry.agency_id, ("", ""))
    pictures = picture_urls(entry.picture)
    return Card(
        title=entry.title,
        lang=entry.lang,
        url=site_url(request, label, entry.path),
        summary=entry.summary,
        date=entry.visible_from,
        picture=pictures.get(400, ""),
        picture_large=pictures.get(800, ""),
        picture_alt=entry.picture_alt,
        rubric=section.title if section else "",
        rubric_url=site_url(request, request.site.label, section.path) if section else "",
        site_name="" if label == request.site.label else name,
        is_archived=entry.is_archived,
        is_headline=category(entry.category).headlines,
    )
