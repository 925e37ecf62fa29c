"""Three hundred queries over the demonstration, each with what a sensible reader would take for the right answer.

The labels come from the data, never from what the search finds: an address begins with /, anything else is a part of a
title. The rank is that on the page which the reader sees.
"""

import json
import re
from itertools import chain
from pathlib import Path
from statistics import mean
from unicodedata import normalize

import pytest

from portal.search import lookup
from portal.search.models import IndexEntry
from portal.search.query import parse
from portal.text.fold import fold
from tests.search.demonstration import demonstration
from tests.web.pages import read

LABELLED = json.loads((Path(__file__).parent / "labelled.json").read_text())
LANGUAGES = {"English": "en"}
FORMS = {"NFD": lambda text: normalize("NFD", text)}

# every other query has its answer first, and these have it there on both databases; 0 is not at all
LATER = {
    "quy chế hoạt động của Cổng thông tin điện tử": 2,
    "bao so 12": 2,
    "nhà ở xã h": 0,
    "nhà máy lọc d": 2,
    "Mỹ Lai": 2,
    "làm sao để mua vé tàu ra đảo Lý Sơn?": 3,
    "con tôi dưới 6 tuổi làm khai sinh và thẻ bảo hiểm y tế ở đâu?": 2,
    "lễ hội làng có phải xin phép không?": 0,
    "thư xin lỗi hồ sơ quá hạn": 3,
    "thôn Huy Măng": 4,
    "công báo kế hoạch thanh tra kiểm tra công vụ": 2,
}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), demonstration(tmp_path_factory.mktemp("media")):
        yield


def results(client, group, query):
    """(title, address) of what the first page shows, best first."""
    prefix = "/en" if LANGUAGES.get(group) == "en" else ""
    typed = FORMS.get(group, str)(query)
    page = read(client.get(f"{prefix}/tim-kiem/", {"q": typed}))
    return [(row.text, row["href"]) for row in page.all("a") if _is_result(row)]


def _is_result(link):
    return any("direct" in row.classes or "hit-title" in row.classes for row in link.parents)


def is_right(label, title, address):
    if label.startswith("/"):
        return address.startswith(label)
    return re.search(rf"(?<!\w){re.escape(label.lower())}", title.lower()) is not None


def rank(found, labels):
    """0 where nothing of what is shown is right."""
    places = (place for place, row in enumerate(found, 1) if any(is_right(label, *row) for label in labels))
    return next(places, 0)


def test_the_right_answer_stands_at_the_top(client):
    ranks = {
        group: {query: rank(results(client, group, query), labels) for query, labels in queries.items()}
        for group, queries in LABELLED.items()
    }
    scores = {group: [1 / place if place else 0 for place in row.values()] for group, row in ranks.items()}
    for group, row in scores.items():
        print(f"{mean(row):.3f} {group} ({len(row)})")
    every = list(chain(*scores.values()))
    print(f"{mean(every):.3f} over all ({len(every)})")
    assert len(every) >= 300 and mean(every) >= 0.85
    assert {query: place for row in ranks.values() for query, place in row.items() if place != 1} == LATER


FOLDED, LOUD = fold, lambda title: normalize("NFD", title.upper())


@pytest.mark.parametrize(("language", "typed"), [("vi", FOLDED), ("vi", LOUD), ("en", FOLDED)])
def test_no_title_is_lost_however_it_is_typed(language, typed):
    entries = IndexEntry.objects.findable().in_language(language)
    titles = set(entries.values_list("title", flat=True))
    assert len(titles) > 400
    lost = [title for title in titles if not lookup.find(entries, parse(typed(title)), language=language).rows]
    assert lost == []
