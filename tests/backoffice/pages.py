"""The back office as a person uses it: signed in, with forms that are sent as the page shows them."""

import re
from html.parser import HTMLParser

from django.contrib import admin
from django.test import Client
from django.urls import reverse

from portal.backoffice.publishable import PublishableAdmin

CONTENT = {model: table for model, table in admin.site._registry.items() if isinstance(table, PublishableAdmin)}
PLATFORM = {model: table for model, table in admin.site._registry.items() if model not in CONTENT}


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def address(item, page, *args):
    return reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_{page}", args=[item.pk, *args])


def listing(model, page="changelist"):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def object_addresses(table, **samples):
    """All addresses of one object of an admin class, those of further views included.

    `samples` gives the values of each placeholder; one that is missing raises KeyError: tell it here.
    """
    for pattern in table.get_urls():
        if names := re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern)):
            for values in _combinations([samples[name] for name in names]):
                yield listing(table.model) + _filled(str(pattern.pattern), values)


def _combinations(lists):
    return [[first, *rest] for first in lists[0] for rest in _combinations(lists[1:])] if lists else [[]]


def _filled(route, values):
    for value in values:
        route = re.sub(r"<(?:\w+:)?\w+>", str(value), route, count=1)
    return route


def fill_in(response, field, **changes):
    """What a browser sends from the form that has this field, after the person has changed some others."""
    (form,) = [form for form in _forms(response) if field in form]
    return form | changes


def errors(response):
    """The sentences that the page shows as errors."""
    form = response.context.get("adminform", {"form": None})
    form = getattr(form, "form", None) or response.context["form"]
    return {name: list(messages) for name, messages in form.errors.items()}


def _forms(response):
    parser = _Forms()
    parser.feed(response.content.decode())
    return parser.forms


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.select, self.textarea = [], None, None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.forms.append({})
        elif self.forms and attributes.get("name"):
            getattr(self, f"_{tag}", lambda attributes: None)(attributes)
        elif tag == "option" and self.select:
            self._option(attributes)

    def handle_data(self, data):
        if self.textarea:
            self.forms[-1][self.textarea] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self.textarea:
            text = self.forms[-1][self.textarea].removeprefix("\n")
            self.forms[-1][self.textarea] = text.replace("\n", "\r\n")
        self.textarea = None if tag == "textarea" else self.textarea
        self.select = None if tag == "select" else self.select

    def _input(self, attributes):
        kind = attributes.get("type")
        if kind in ("submit", "file") or (kind in ("checkbox", "radio") and "checked" not in attributes):
            return
        self.forms[-1][attributes["name"]] = attributes.get("value", "on" if kind == "checkbox" else "")

    def _textarea(self, attributes):
        self.textarea = attributes["name"]
        self.forms[-1][self.textarea] = ""

    def _select(self, attributes):
        self.select = attributes
        self.forms[-1][attributes["name"]] = [] if "multiple" in attributes else None

    def _option(self, attributes):
        name, value = self.select["name"], attributes.get("value", "")
        chosen = "selected" in attributes
        if "multiple" in self.select:
            self.forms[-1][name] += [value] if chosen else []
        elif chosen or self.forms[-1][name] is None:
            self.forms[-1][name] = value
