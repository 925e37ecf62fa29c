"""What is wrong with a document or a relation as it was entered: {field: sentence}, empty when it may be stored."""

from django.utils.translation import gettext as _

from documents.provisions import anchor_of
from documents.structure import find as find_block
from documents.structure import parse
from portal.text.numbers import number_key, parse_number


def of_document(document):
    found = of_facts(document)
    if not found and (twin := _twin(document)):
        found = {"number": _("This document is entered already: %(twin)s.") % {"twin": twin}}
    return found


def of_facts(document):
    """What can be said without a look at the other documents."""
    return wrong_number(document) | wrong_kind(document) | wrong_dates(document) | wrong_owner(document)


def wrong_number(document):
    try:
        number = parse_number(document.number)
    except ValueError:
        return {"number": _("This is no document number. Type it as it is printed on the document.")}
    abbreviation, issued_on = document.type.abbreviation if document.type_id else "", document.event_date
    if document.type_id and number.type_code and number.type_code != abbreviation:
        words = _("The number says “%(code)s”, the type is “%(type)s”. Correct one of them.")
        return {"number": words % {"code": number.type_code, "type": document.type}}
    if number.unit and abbreviation:
        return {"number": _("This is the number of an official letter. Correct the number or the type.")}
    if number.year and issued_on and number.year != issued_on.year:
        words = _("The number names the year %(year)s, the document was issued on %(date)s.")
        return {"number": words % {"year": number.year, "date": f"{issued_on:%d/%m/%Y}"}}
    return {}


def wrong_kind(document):
    if document.is_normative and document.type_id and not document.type.normative:
        return {"kind": _("“%(type)s” is no normative legal document.") % {"type": document.type}}
    return {}


def wrong_dates(document):
    begins, issued_on = document.effective_on, document.event_date
    if not issued_on:
        return {"event_date": _("Give the date of issue (Article 8.2 e).")}
    found = {}
    if document.is_normative and not begins:
        found["effective_on"] = _("A normative document has a day on which it takes effect (Article 8.2 e).")
    if document.is_normative and begins and begins < issued_on:
        found["effective_on"] = _("A normative document does not take effect before it is issued.")
    if document.expires_on and document.expires_on <= (begins or issued_on):
        found["expires_on"] = _("The end lies before the beginning.")
    return found


def wrong_owner(document):
    if document.issuer_id and document.agency_id and document.issuer.agency_id not in (None, document.agency_id):
        words = _("The documents of this body are published on the site of %(agency)s.")
        return {"issuer": words % {"agency": document.issuer.agency}}
    return {}


def _twin(document):
    twins = type(document).objects.filter(issuer=document.issuer_id, event_date=document.event_date)
    return twins.exclude(pk=document.pk).filter(number_key=number_key(document.number)).first()


def of_relation(relation):
    found = wrong_target(relation) | wrong_provision(relation) | wrong_days(relation)
    if not found and _is_recorded(relation):
        found = {"target": _("This relation is recorded already.")}
    return found


def wrong_target(relation):
    if not relation.target_id and not relation.target_number:
        return {"target": _("Name the other document: choose it, or type its number.")}
    if relation.target_id and relation.target_id == relation.source_id:
        return {"target": _("A document has no relation to itself.")}
    if relation.target_id and (issued_on := _issued(relation)) and relation.target.event_date > issued_on:
        return {"target": _("The other document was issued later. Enter the relation there.")}
    return {}


def wrong_provision(relation):
    if relation.provision and not anchor_of(relation.provision):
        return {"provision": _("Name one provision, from the smallest part to the article.")}
    text = relation.target.full_text if relation.provision and relation.target_id else ""
    if text and not find_block(parse(text, prefix=relation.target.type.prefix), relation.provision):
        return {"provision": _("The text of the other document has no such provision.")}
    return {}


def wrong_days(relation):
    if relation.until and relation.kind != relation.Kind.SUSPENDS:
        return {"until": _("Only a suspension has an end.")}
    issued_on = _issued(relation)
    takes_effect_on = issued_on and (relation.source.effective_on or issued_on)
    begins = relation.effective_on or takes_effect_on
    if relation.until and begins and relation.until < begins:
        return {"until": _("The last day lies before the first.")}
    if relation.effective_on and issued_on and relation.effective_on < min(issued_on, takes_effect_on):
        return {"effective_on": _("A document does nothing before it is issued.")}
    return {}


def _issued(relation):
    """In a form the document that acts may still lack its date."""
    return getattr(getattr(relation, "source", None), "event_date", None)


def _is_recorded(relation):
    rows = type(relation).objects.filter(source=relation.source_id, target=relation.target_id or 0, kind=relation.kind)
    return rows.filter(provision=relation.provision).exclude(state="removed").exclude(pk=relation.pk).exists()
