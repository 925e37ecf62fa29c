"""The form of a document as an editor's browser sends it."""

from documents.models import Document
from tests.backoffice import pages
from tests.backoffice.pages import address, listing, signed_in
from tests.files.samples import file

NUMBER = "16/2018/QĐ-UBND"
TYPED = "Điều 1. Phạm vi gõ cả buổi sáng\nĐiều 2. Hiệu lực"


def fill_in(response, field="version", **changes):
    """The form without the empty choices of rows that a script would add."""
    return {name: value for name, value in pages.fill_in(response, field, **changes).items() if value is not None}


def add_form(user, **changes):
    texts = {"number": NUMBER, "event_date": "01/03/2018", "effective_on": "11/03/2018", "summary_vi": "Về đường bộ"}
    return fill_in(signed_in(user).get(listing(Document, "add")), **texts | {"full_text": TYPED} | changes)


def add(user, **changes):
    return signed_in(user).post(listing(Document, "add"), add_form(user, **changes))


def change_form(user, document, **changes):
    return fill_in(signed_in(user).get(address(document, "change")), **changes)


def send(user, document, data):
    return signed_in(user).post(address(document, "change"), data)


def with_file(data, content, name, title="Bản ký"):
    prefix = "publishing-attachment-content_type-object_id"
    row = {"file": file(content, name), "title_vi": title, "title_en": "", "position": 0}
    return data | {f"{prefix}-TOTAL_FORMS": 1} | {f"{prefix}-0-{key}": value for key, value in row.items()}


def with_relations(data, *rows):
    prefix, data = "relations_out", dict(data)
    for at, row in enumerate(rows, start=int(data[f"{prefix}-INITIAL_FORMS"])):
        data |= {f"{prefix}-{at}-{name}": getattr(value, "pk", value) for name, value in row.items()}
    return data | {f"{prefix}-TOTAL_FORMS": int(data[f"{prefix}-INITIAL_FORMS"]) + len(rows)}


def formset_errors(response, model):
    (rows,) = [row for row in response.context["inline_admin_formsets"] if row.opts.model is model]
    found = [sentences for form in rows.formset.errors for sentences in form.values()]
    return [str(sentence) for part in [*found, rows.formset.non_form_errors()] for sentence in part]
