"""Items with words that nothing else holds, and every answer of the search in which these could turn up."""

import json
import re

from portal.files.texts import TextStatus
from portal.publishing import workflow
from portal.publishing.models import Attachment, AttachmentPage
from portal.text.fold import fold, searchable
from tests.files.samples import PDF, file
from tests.gazette.makers import make_document, make_issuer
from tests.makers import ahead, make_article
from tests.web.pages import read

SECRET = "xenolit"  # stands beside each of the words asked for, and is never asked for itself
IN_FILE = "Monazit xenolit chung"
MOUNTS = ["", "/en", "/trang/tunghia", "/trang/tunghia/en"]
ADDRESSES = [
    *[f"?q={word}" for word in ("zircon", "rutil", "ilmenit", "monazit", "chung")],
    "?q=zircon+rutil+khong+dau+co",  # nothing is found, but something may come near
    "goi-y/?q=zircon",
    "rss/?q=monazit",
]
# through every state and every step of the workflow, and whether readers then find the item
WALK = [
    ("submit", False),
    ("return", False),
    ("submit", False),
    ("approve_later", False),
    ("recall", False),
    ("submit", False),
    ("approve", True),
    ("archive", True),
    ("restore", True),
    ("withdraw", False),
    ("reopen", False),
    ("publish_urgently", True),
    ("check", True),
    ("archive", True),
    ("withdraw", False),
]


def step(item, name, place):
    """The item after this step, by one who may take it."""
    by = {"submit": place.editor, "check": place.deputy}.get(name, place.head)
    at = ahead(days=1) if name == "approve_later" else None
    name = name.removesuffix("_later")
    declared = workflow.TRANSITIONS[name].needs_declaration
    return workflow.carry_out(name, item, by=by, at=at, note="Lý do.", declared=declared)


def make_secret_article(place):
    texts = {"title": "Zircon rutil xenolit", "summary": "Rutil xenolit chung.", "body": "<p>Ilmenit xenolit.</p>"}
    both = {f"{name}_{language}": text for name, text in texts.items() for language in ("vi", "en")}
    return _with_a_read_file(make_article(place.agency, by=place.editor, **both))


def make_secret_document(place):
    fields = {"number": "7707/2018/QĐ-UBND", "summary_vi": "Zircon rutil xenolit chung"}
    fields |= {"full_text": "Điều 1. Phạm vi\nIlmenit xenolit.", "issuer": _issuer(place.agency)}
    return _with_a_read_file(make_document(place.agency, by=place.editor, **fields))


def _issuer(agency):
    return make_issuer(agency, code=f"ubnd-{agency.code}")


def _with_a_read_file(item):
    row = Attachment.objects.create(item=item, file=file(PDF, "tep.pdf"), title_vi="Tệp")
    Attachment.objects.filter(pk=row.pk).update(text_status=TextStatus.FOUND, page_count=1)
    AttachmentPage.objects.create(attachment=row, number=1, text=IN_FILE, text_folded=searchable(IN_FILE))
    return item


SECRETS = {"article": make_secret_article, "document": make_secret_document}


def answers(client, mounts=MOUNTS):
    """{address: (status, what it says)}"""
    addresses = [f"{mount}/tim-kiem/{rest}" for mount in mounts for rest in ADDRESSES]
    return {address: _answer(client.get(address)) for address in addresses}


def _answer(response):
    kind, body = response["Content-Type"], response.content.decode()
    if "json" in kind:
        return response.status_code, json.dumps(json.loads(body), ensure_ascii=False)
    if "rss" in kind:
        return response.status_code, re.sub("<lastBuildDate>.*?</lastBuildDate>", "", body)
    page = read(response)
    choices = [element.text for element in page.all("option")]
    return response.status_code, f"{page.text} {page.links} {choices}"


def telling(said):
    """The addresses whose answers hold the secret."""
    return {address for address, (_status, words) in said.items() if SECRET in fold(words) or "7707/2018" in words}
