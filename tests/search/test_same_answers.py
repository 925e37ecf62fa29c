"""Queries with their answers, written out. The suite runs on both databases: equal tables are equal answers."""

from datetime import date
from unicodedata import normalize

import pytest

from portal.search.models import SynonymGroup, lines
from portal.search.wordings import synonyms
from tests.documents.legal import publish_document
from tests.gazette.makers import make_issuer, make_type
from tests.search import finding

ROAD, CALENDAR = "Mở rộng đường tránh Đức Phổ", "Dương lịch và âm lịch"
HOA_LATE, HOA_EARLY, FLOWER = "Xã Hành Hoà đón chuẩn", "Phường Nghĩa Hòa có chợ mới", "Hoa ban nở"
SHORT, FULL = "UBND huyện họp", "Ủy ban nhân dân xã họp dân"
PRICES, DEARER = "Bảng giá đất năm 2018", "Đất tăng giá"
LIGHT, NEWS = "Hải đăng Lý Sơn", "Tin vắn"
NEWER = "Quyết định 16/2018/QĐ-UBND"
OURS = "Quyết định 16/2017/QĐ-UBND"
COUNCIL, LONGER = "Nghị quyết 16/NQ-HĐND", "Quyết định 160/2018/QĐ-UBND"
ARTICLES = [ROAD, CALENDAR, HOA_LATE, HOA_EARLY, FLOWER, SHORT, FULL, PRICES, DEARER, LIGHT]  # the newest first


@pytest.fixture
def library(portal, write):
    plain = {"author": "A", "source": "B", "summary_vi": "C."}
    for days, title in enumerate(ARTICLES, 1):
        write(title, days=days, body="Xem.", **plain)
    write(NEWS, days=20, body="Đường ra đảo Lý Sơn. Giá cả tăng.", **plain)
    issuer = make_issuer(portal.agency, code="hoi-dong", name_vi="Hội đồng")
    resolution = make_type("nghi-quyet", "Nghị quyết", "Resolution", "NQ")
    common = {"issuer": issuer, "source": "B", "full_text": "Điều 1. Hiệu lực"}
    rows = [
        ("16/2017/QĐ-UBND", date(2017, 4, 19), "Quy chế của Cổng thông tin", {}),
        ("16/NQ-HĐND", date(2018, 2, 3), "Chuyển mục đích", {"type": resolution, "normative": False}),
        ("160/2018/QĐ-UBND", date(2018, 2, 5), "Phí tham quan", {}),
        ("16/2018/QĐ-UBND", date(2018, 2, 8), "Đơn giá nhà", {}),
    ]
    for number, day, summary, more in rows:
        publish_document(portal, number=number, event_date=day, summary_vi=summary, **common | more)
    SynonymGroup.objects.create(wordings="UBND\nỦy ban nhân dân")
    SynonymGroup.objects.create(wordings="đèn biển\nhải đăng")
    SynonymGroup.objects.create(wordings="chợ\nhọp", is_active=False)


WORDS = {
    "đường": [ROAD, NEWS, CALENDAR],
    "dương": [CALENDAR, ROAD, NEWS],
    "duong": [CALENDAR, ROAD, NEWS],
    "DUONG": [CALENDAR, ROAD, NEWS],
    "ĐƯỜNG": [ROAD, NEWS, CALENDAR],
    normalize("NFD", "đường"): [ROAD, NEWS, CALENDAR],
    normalize("NFC", "đường"): [ROAD, NEWS, CALENDAR],
    "ðường": [ROAD, NEWS, CALENDAR],  # Icelandic, typed for đ
    "®\u00adêng tr¸nh": [ROAD],  # TCVN3
    "®­êng": [ROAD, NEWS, CALENDAR],
    "\u202eđường\u202c": [ROAD, NEWS, CALENDAR],
    "\u200fđư\u200bờng\ufeff": [ROAD, NEWS, CALENDAR],
    "duong tranh": [ROAD],
    "tranh duong": [ROAD],
    "đường mở": [ROAD],
    "hoà": [HOA_LATE, HOA_EARLY, FLOWER],
    "hòa": [HOA_LATE, HOA_EARLY, FLOWER],
    "HOÀ": [HOA_LATE, HOA_EARLY, FLOWER],
    normalize("NFD", "hoà"): [HOA_LATE, HOA_EARLY, FLOWER],
    "hoa": [FLOWER, HOA_LATE, HOA_EARLY],
    "hành hòa": [HOA_LATE],
    "gia dat": [PRICES, DEARER],
    "dat gia": [PRICES, DEARER],
    "giá": [PRICES, DEARER, NEWER, NEWS],
    "ly son": [LIGHT, NEWS],
    "lý sơn đảo": [NEWS],
    "son ly": [LIGHT, NEWS],
    "rừng": [],
    "đường rừng": [],
}
PHRASES = {
    '"giá đất"': [PRICES],
    "“gia dat”": [PRICES],
    "«giá đất»": [PRICES],
    '"đất giá"': [],
    '"đất tăng giá"': [DEARER],
    '"gia ca tang"': [NEWS],
    '"gia tang ca"': [],
    '"đường"': [ROAD, NEWS],
    '"dương"': [CALENDAR],
    '"hoà"': [HOA_LATE, HOA_EARLY],
    '"lý sơn" đường': [NEWS],
    '"giá đất': [PRICES, DEARER],
}
SIGNS = {
    "(đường": [ROAD, NEWS, CALENDAR],
    "đường)": [ROAD, NEWS, CALENDAR],
    "đườ*": [ROAD, CALENDAR],
    "*đường*": [ROAD, NEWS, CALENDAR],
    "[đường]": [ROAD, NEWS, CALENDAR],
    "đường:*": [ROAD, NEWS, CALENDAR],
    "'đường'": [ROAD, NEWS, CALENDAR],
    "đường & !tránh": [ROAD],
    "đường OR giá": [],
    "-đường +tránh": [ROAD],
    "đường\x00tránh": [],
    "đường\\": [ROAD, NEWS, CALENDAR],
    "đường " * 2000: [ROAD, NEWS, CALENDAR],
    "a" * 10_000: [],
    "🙂 đường": [ROAD, NEWS, CALENDAR],
}
BEGUN = {
    "ra": [NEWS],
    "tran": [ROAD],
    "mở rộng đ": [],
    "mở rộng đườ": [ROAD],
    "hai da": [LIGHT],
    '"tran"': [],
    "cả tă": [],  # begun, but in the text
}
NUMBERS = {
    "16/2017/QĐ-UBND": [OURS],
    "16/2017/qd-ubnd": [OURS],
    "16/2017/QÐ–UBND": [OURS],
    "Số: 16/2017/QĐ-UBND": [OURS],
    "16 /2017/ QĐ - UBND": [OURS],
    '"16/2017/QĐ-UBND"': [OURS],
    normalize("NFD", "16/2017/QĐ-UBND"): [OURS],
    "016/2017/QĐ-UBND": [OURS],
    "16/2017": [OURS],
    "16-2017": [OURS],
    "16 2017": [OURS],
    "quyết định 16/2017": [OURS],
    "quyet dinh 16 2017": [OURS],
    "QUYẾT ĐỊNH SỐ 16 NĂM 2017": [OURS],
    "quyết định số 16/2017/QĐ-UBND ngày 19/4/2017": [OURS],
    "qđ 16": [NEWER, OURS, LONGER],
    "QĐ 16/2018": [NEWER],
    "nghị quyết 16": [COUNCIL],
    "16/NQ-HĐND": [COUNCIL],
    "16": [NEWER, COUNCIL, OURS, LONGER],
    "160": [LONGER],
    "17/2017/QĐ-UBND": [],
}
SYNONYMS = {
    "UBND huyện": [SHORT],
    "ủy ban nhân dân xã": [FULL],
    "uy ban nhan dan huyen": [SHORT],
    "ubnd xã": [FULL],
    "đèn biển": [LIGHT],
    "den bien ly son": [LIGHT],
    "chợ": [HOA_EARLY],  # a group that is not in use
    '"đèn biển"': [],
}


@pytest.mark.parametrize("table", [WORDS, PHRASES, SIGNS, BEGUN, NUMBERS, SYNONYMS], ids=lambda table: len(table))
def test_each_query_has_its_answer(library, table):
    groups = [lines(row) for row in SynonymGroup.objects.filter(is_active=True).values_list("wordings", flat=True)]
    answers = {query: finding.found(query, synonyms=groups) for query in table}
    different = {query: row for query, row in answers.items() if row != table[query]}
    assert different == {}


def test_the_synonyms_are_those_of_the_table_that_are_in_use(library):
    known = synonyms()
    assert known.longest(["ubnd", "tỉnh"]) == (1, (("ủy", "ban", "nhân", "dân"),))
    assert known.longest(["hải", "đăng"]) == (2, (("đèn", "biển"),))
    assert known.longest(["chợ"]) == (0, ())
