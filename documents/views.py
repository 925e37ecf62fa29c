from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents import reasons
from documents.forms import FilterForm
from documents.lists import CappedPaginator, narrowed, on_site
from documents.models import Document, Relation
from documents.structure import provision_name
from documents.text import shown_text
from documents.validity import Status
from portal.editorial.roles import State
from portal.subsites.links import root_url, site_url
from portal.web import items
from portal.web.cards import site_names
from portal.web.context import sections_of
from portal.web.views import PER_PAGE, crumbs

LIST = "/van-ban/"
PATHS = {Document.Kind.NORMATIVE: f"{LIST}quy-pham-phap-luat/", Document.Kind.ADMINISTRATIVE: f"{LIST}hanh-chinh/"}
LEGAL_FORCE = {Status.IN_FORCE: "InForce", Status.PARTLY: "PartiallyInForce"}


def document_list(request, kind=""):
    documents = on_site(request)
    if kind:
        documents = documents.filter(kind=kind)
    form = FilterForm.of(request.GET or None, documents)
    chosen = form.chosen() if form.is_bound else {}
    found = narrowed(documents, chosen, language=get_language()).with_status(chosen.get("ngay"))
    found = found.select_related("type", "issuer", "agency").defer("full_text")
    page = CappedPaginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    page.object_list = [_row(request, document) for document in page.object_list]
    section = next(row for row in sections_of(request).values() if row.path == PATHS.get(kind, LIST))
    context = {
        "heading": section.title,
        "intro": section.description,
        "breadcrumbs": crumbs(request, *_trail(section)),
        "form": form,
        "is_narrowed": bool(chosen),
        "further_open": bool(set(chosen) - {"q"}) or (form.is_bound and bool(form.errors)),
        "page": page,
        "kinds": _kinds(request, section),
        "day": chosen.get("ngay"),
        "gazette_url": "" if request.site.is_root else root_url(request, "/cong-bao/"),
        "feed_url": reverse("section_feed", args=[section.code]),
    }
    return render(request, "documents/document_list.html", context)


def _trail(section):
    return [(_("Legal documents"), LIST), *([(section.title, section.path)] if section.path != LIST else [])]


def _kinds(request, present):
    known = [row for row in sections_of(request).values() if row.path.startswith(LIST)]
    label = request.site.label
    return [
        {
            "title": row.title if row.parent else _("All"),
            "url": site_url(request, label, row.path),
            "current": row is present,
        }
        for row in known
    ]


def _row(request, document):
    """A document as lists show it."""
    return {
        **_named(request, document),
        "summary": document.summary_vi if not document.is_translated(get_language()) else document.summary,
        "lang": "" if document.is_translated(get_language()) else "vi",
        "issuer": document.issuer,
        "issued_on": document.event_date,
        "effective_on": document.in_force_from,
        "site_name": "" if document.agency_id == request.site.agency_id else _site_name(request, document),
        "is_archived": document.current_state == "archived",
    }


def _named(request, document):
    """Title, status and address of a document, which stands on its owner's site."""
    label = site_names(request).get(document.agency_id, (None, ""))[0]
    status = getattr(document, "status", "")
    return {
        "title": document.title,
        "url": site_url(request, label, document.path()) if label is not None and document.is_readable else "",
        "status": status,
        "status_label": Status(status).label if status else "",
    }


def _site_name(request, document):
    return site_names(request).get(document.agency_id, ("", ""))[1]


# --- one document -----------------------------------------------------------------------------------------------------


def _document_or_404(request, pk):
    found = Document.objects.with_status().select_related("type", "issuer", "sector")
    return items.item_or_404(request, found, pk)


def document_detail(request, slug, pk):
    document = _document_or_404(request, pk)
    if document.is_gone and not items.is_preview(request, document):
        return _withdrawn(request, document)
    if slug != document.slug:
        return redirect(reverse("documents:document", args=[document.slug, pk], query=request.GET), permanent=True)
    return render(request, "documents/document_detail.html", _context(request, document))


def document_print(request, slug, pk):
    document = _document_or_404(request, pk)
    if document.is_gone:
        return _withdrawn(request, document)
    context = _shown(request, document) | {"attachments": [items.attachment(row) for row in document.attachments.all()]}
    return render(request, "documents/document_print.html", context)


def document_superseded(request, slug, pk, revision):
    """A text that a correction replaced: readable for ever, and marked as superseded."""
    document = _document_or_404(request, pk)
    if document.is_gone:
        return _withdrawn(request, document)
    superseded_on = items.put_back(document, revision)
    document.derive()
    context = _shown(request, document) | {
        "superseded_on": superseded_on,
        "current_url": site_url(request, request.site.label, document.path()),
    }
    return render(request, "documents/document_superseded.html", context)


def _withdrawn(request, document):
    return items.withdrawn(request, document, (_("Legal documents"), LIST))


def _shown(request, document):
    """What every view of the document needs."""
    relations = reasons.relations_to(document)
    return items.shown(request, document, ["summary"]) | {
        "document": document,
        "status": document.status,
        "status_label": Status(document.status).label,
        "reasons": [
            {"sentence": sentence, "document": other and _named(request, other)}
            for sentence, other in reasons.reasons(document, relations)
        ],
        "relations_in": relations,
        "facts": _facts(document),
        **shown_text(request, document),
    }


def _facts(document):
    """What Article 8.2 e asks for beside the files, then what else is known: [(name, value, is it Vietnamese)]."""
    return [
        (_("Type"), document.type, False),
        (_("Issuing body"), document.issuer, False),
        (_("Number"), document.number, True),
        (_("Date of issue"), document.event_date, False),
        (_("Takes effect on"), document.in_force_from, False),
        (_("Subject"), document.summary, bool(document.summary == document.summary_vi)),
    ]


def _further_facts(document):
    rows = [
        (_("Kind"), document.get_kind_display(), False),
        (_("No longer in force from"), document.expires_on, False),
        (_("Signed by"), document.signer, True),
        (_("Office of the signer"), document.signer_office, True),
        (_("Sector"), document.sector, False),
    ]
    return [row for row in rows if row[1]]


def _context(request, document):
    section = sections_of(request)[document.section()]
    corrections = items.applied(document)
    context = _shown(request, document)
    context |= items.around(request, document, corrections)
    return context | {
        "further_facts": _further_facts(document),
        "scope": list(document.in_scope.all()),
        "duties": [row for row in context["duties"] if row["agency"] == document.agency],
        "duties_of_others": [row for row in context["duties"] if row["agency"] != document.agency],
        "relation_lists": [
            {"title": _("What this document does"), "groups": _groups(request, _own(document), "target", _active())},
            {
                "title": _("What other documents do to it"),
                "groups": _groups(request, context["relations_in"], "source", _passive()),
            },
        ],
        "corrections": [_correction(document, revision) for revision in corrections],
        "events": _events(document, context["relations_in"], corrections),
        "gazette_url": root_url(request, document.gazette_path) if _is_in_the_gazette(document) else "",
        "citation": items.citation(document, context["canonical_url"]),
        "structured_data": _structured_data(document, context),
        "print_url": reverse("documents:print", args=[document.slug, document.pk]),
        "breadcrumbs": crumbs(request, *_trail(section), (document.title, document.path())),
    }


def _is_in_the_gazette(document):
    return document.gazette_date is not None and document.gazette_date <= timezone.localdate()


def _own(document):
    """Its relations, without those to a document that readers have never seen."""
    rows = document.relations_out.recorded().select_related("target").defer("target__full_text")
    return [row for row in rows.order_by("pk") if row.target_number or _may_be_named(row.target)]


def _may_be_named(document):
    return document.is_readable or document.current_state == State.WITHDRAWN


def _active():
    return dict(Relation.Kind.choices)


def _passive():
    return {
        "amends": _("is amended by"),
        "replaces": _("is replaced by"),
        "repeals": _("is repealed by"),
        "suspends": _("is suspended by"),
        "corrects": _("is corrected by"),
        "consolidates": _("is consolidated in"),
        "guides": _("is implemented by"),
        "based_on": _("is the basis of"),
    }


def _groups(request, relations, side, labels):
    """[{"label", "rows"}] by kind, in the order of the kinds."""
    kinds = [kind for kind in Relation.Kind.values if any(row.kind == kind for row in relations)]
    return [
        {"label": labels[kind], "rows": [_relation(request, row, side) for row in relations if row.kind == kind]}
        for kind in kinds
    ]


def _relation(request, row, side):
    other = getattr(row, side)
    known = other is not None and _may_be_named(other)
    named = _named(request, other) if known else {"title": row.target_number, "lang": "vi"}
    return named | {
        "summary": other.summary_vi if known and other.is_readable else "",
        "provision": provision_name(row.provision) if row.provision else "",
        "day": row.day if row.kind not in ("based_on", "guides", "consolidates") else None,
        "until": row.until,
        "note": row.note,
    }


def _correction(document, revision):
    url = reverse("documents:superseded", args=[document.slug, document.pk, revision.pk])
    return {"note": revision.note, "date": revision.decided_at, "url": url}


def _events(document, relations, corrections):
    """The life of the document day by day: [(day, words, detail)]."""
    rows = [(document.event_date, _("Issued"), ""), (document.in_force_from, _("Takes effect"), "")]
    if document.published_at:
        rows.append((timezone.localdate(document.published_at), _("Published on the portal"), ""))
    if _is_in_the_gazette(document):
        rows.append((document.gazette_date, _("Printed in the gazette"), document.gazette_number))
    rows += [
        (row.day, _passive()[row.kind], row.source.title) for row in relations if row.kind not in ("based_on", "guides")
    ]
    rows += [(timezone.localdate(row.decided_at), _("Corrected on the portal"), row.note) for row in corrections]
    if document.expires_on:
        rows.append((document.expires_on, _("Ends"), ""))
    return sorted(rows, key=lambda row: row[0])


def _structured_data(document, context):
    data = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "name": document.title,
        "description": document.summary,
        "legislationIdentifier": document.number,
        "legislationType": document.type.name_vi,
        "legislationDate": document.event_date.isoformat(),
        "legislationDateOfApplicability": document.in_force_from.isoformat(),
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": document.issuer.name},
        "legislationLegalForce": f"https://schema.org/{LEGAL_FORCE.get(document.status, 'NotInForce')}",
        "inLanguage": "vi",
        "datePublished": document.published_at.isoformat() if document.published_at else None,
        "mainEntityOfPage": context["canonical_url"],
    }
    return items.linked_data(data)
