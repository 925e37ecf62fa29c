from datetime import timedelta

from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.agencies.models import ContactPoint
from portal.editorial.models import Board
from portal.editorial.roles import BESIDE_THE_BOARD
from portal.publishing.registry import categories
from portal.search.models import IndexEntry
from portal.subsites.links import root_url, site_url
from portal.subsites.models import Site
from portal.web.cards import cards, short_name, site_names
from portal.web.context import menu, sections_of

PER_PAGE = 20
HIGHLIGHTS = 5
LINES = 4
URGENT = 3
FROM_SITES = 9
URGENT_FOR = timedelta(days=7)
GROUPS = [
    (gettext_lazy("Departments and agencies"), lambda agency: not agency.is_locality),
    (gettext_lazy("Districts and city"), lambda agency: agency.is_locality),
]


def crumbs(request, *pairs):
    """Home, then the given (title, path) pairs; the last one is the present page."""
    pairs = [(_("Home"), "/"), *pairs]
    return [{"title": title, "url": site_url(request, request.site.label, path)} for title, path in pairs]


def visible(request):
    """What lists show of sites that are switched on."""
    return IndexEntry.objects.in_language(get_language()).visible().filter(agency__site__is_active=True).for_cards()


def home(request):
    known = sections_of(request)
    own = visible(request).of(request.site.agency)
    newest = cards(request, own.among(_headlines())[: HIGHLIGHTS + 6], known)
    lead = next((card for card in newest if card.picture), newest[0] if newest else None)
    context = {
        "urgent": cards(request, _urgent(own, known), known),
        "lead": lead,
        "highlights": [card for card in newest if card is not lead][:HIGHLIGHTS],
        "services": _services(request),
        **_blocks(request, own, known, above=lead),
    }
    if request.site.is_root:
        others = visible(request).exclude(agency=request.site.agency).among(_headlines())
        context |= {"from_sites": cards(request, others[:FROM_SITES], known), "site_groups": site_groups(request)}
    return render(request, "web/home.html", context)


def _headlines():
    return [row.code for row in categories() if row.headlines]


def _urgent(own, known):
    """What the Chairman ordered to be shown, while it is new or until the end of its display."""
    ordered = own.within([code for code, section in known.items() if section.point == "8.2.m"])
    new = Q(visible_from__gt=timezone.now() - URGENT_FOR) | Q(visible_to__isnull=False)
    return ordered.filter(new)[:URGENT]


def _blocks(request, own, known, *, above):
    """A block for each lowest section, without the card shown above; sections without content named at the end."""
    parents = {section.parent for section in known.values()}
    blocks, empty = [], []
    for section in known.values():
        if section.code in parents:
            continue
        found = cards(request, own.within([section.code])[: LINES + 2], known)
        if not found:
            empty.append(section.title)
        shown = [card for card in found if card != above]
        if not shown:
            continue
        lead = next((card for card in shown if card.picture), None)
        rest = [card for card in shown if card is not lead]
        url = site_url(request, request.site.label, section.path)
        blocks.append({"title": section.title, "url": url, "lead": lead, "cards": rest[:LINES]})
    return {"blocks": blocks, "empty_sections": empty}


def _services(request):
    rows = [
        (
            _("Online public services"),
            "/dich-vu-cong-truc-tuyen/",
            _("Where dossiers are received, and by whom."),
        ),
        (_("Contact"), "/lien-he/", _("Address, telephone and e-mail of the agencies.")),
        (_("Search"), "/tim-kiem/", _("All news and guidance of the province in one place.")),
    ]
    return [
        {"title": title, "url": site_url(request, request.site.label, path), "text": text} for title, path, text in rows
    ]


def site_groups(request, contacts=None):
    members = list(Site.objects.filter(is_active=True).exclude(label="").select_related("agency"))
    groups = [
        {
            "title": title,
            "sites": [_member(request, site, contacts or {}) for site in members if belongs(site.agency)],
        }
        for title, belongs in GROUPS
    ]
    return [group for group in groups if group["sites"]]


def _member(request, site, contacts):
    contact = contacts.get(site.agency_id)
    return {
        "name": short_name(site),
        "url": site_url(request, site.label),
        "host": site.host,
        "phone": contact.phone if contact else "",
    }


def _main_contacts():
    """{agency: its main contact point}"""
    return {row.agency_id: row for row in ContactPoint.objects.in_force().order_by("-position", "-pk")}


def about(request):
    board = Board.objects.in_force().filter(agency=request.site.agency).first()
    context = {
        "breadcrumbs": crumbs(request, (_("Introduction"), "/gioi-thieu/")),
        "introduction_html": mark_safe(request.site.introduction or ""),
        "board": _board(board) if board else None,
        "site_groups": site_groups(request) if request.site.is_root else [],
    }
    return render(request, "web/about.html", context)


def _board(board):
    members = board.memberships.in_force().exclude(role__in=BESIDE_THE_BOARD).select_related("user")
    return {
        "decision_number": board.decision_number,
        "decision_date": board.decision_date,
        "valid_to": board.valid_to,
        "members": [{"name": row.user.full_name, "role": row.get_role_display()} for row in members],
    }


def sites(request):
    if not request.site.is_root:
        raise Http404
    context = {
        "breadcrumbs": crumbs(request, (_("Websites of agencies and localities"), "/trang/")),
        "site_groups": site_groups(request, _main_contacts()),
    }
    return render(request, "web/sites.html", context)


def _offices(request):
    """The contact points of this site's agency; on the portal itself those of every agency."""
    rows = ContactPoint.objects.in_force().select_related("agency")
    rows = rows.order_by("agency__tree_id", "agency__lft", "position", "pk")
    if not request.site.is_root:
        rows = rows.filter(agency=request.site.agency)
    labels = {agency: label for agency, (label, _name) in site_names(request).items()}
    return [_office(request, row, labels) for row in rows]


def _office(request, row, labels):
    label = labels.get(row.agency_id)
    shown = {name: getattr(row, name) for name in ("address", "phone", "fax", "email", "hours")}
    url = site_url(request, label) if label else ""
    return {"name": f"{row.agency.name}: {row.name}", "url": url, **shown}


def services(request):
    path = (_("Online public services"), "/dich-vu-cong-truc-tuyen/")
    return render(request, "web/services.html", {"breadcrumbs": crumbs(request, path), "offices": _offices(request)})


def contact(request):
    main = request.site.contact
    offices = [row for row in _offices(request) if not main or row["address"] != main.address]
    return render(
        request,
        "web/contact.html",
        {"breadcrumbs": crumbs(request, (_("Contact"), "/lien-he/")), "offices": offices},
    )


def site_map(request):
    tree = menu(request)
    pages = [
        (_("Progress of duties"), "/cong-khai-tien-do/"),
        (_("Contact"), "/lien-he/"),
        (_("Search"), "/tim-kiem/"),
    ]
    tree += [
        {"title": title, "url": site_url(request, request.site.label, path), "children": []} for title, path in pages
    ]
    if request.site.is_root:
        groups = [
            {
                "title": group["title"],
                "url": root_url(request, "/trang/"),
                "children": _titles(group["sites"]),
            }
            for group in site_groups(request)
        ]
        tree.append(
            {
                "title": _("Websites of agencies and localities"),
                "url": root_url(request, "/trang/"),
                "children": groups,
            }
        )
    context = {"breadcrumbs": crumbs(request, (_("Site map"), "/so-do-cong/")), "tree": tree}
    return render(request, "web/site_map.html", context)


def _titles(members):
    return [{"title": row["name"], "url": row["url"], "children": []} for row in members]
