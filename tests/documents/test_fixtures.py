"""The demonstration's documents, gazette and statistics as data: whatever loads them may rely on this."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from unicodedata import is_normalized

import pytest

ROOT = Path(__file__).parents[2]
NAMES = ["document_types", "sectors", "issuers", "demo_documents", "demo_statistics"]
PATHS = {name: ROOT / "documents/fixtures" / f"{name}.json" for name in NAMES}
PATHS["demo_gazette"] = ROOT / "gazette/fixtures/demo_gazette.json"
AGENCIES = {row["code"] for row in json.loads((ROOT / "portal/agencies/fixtures/demo_agencies.json").read_text())}
ROWS = {name: json.loads(path.read_text()) for name, path in PATHS.items()}
DOCUMENTS, ISSUES, REPORTS = ROWS["demo_documents"], ROWS["demo_gazette"], ROWS["demo_statistics"]
CODES = {name: {row["code"] for row in ROWS[name]} for name in NAMES[:3]}
BY_NUMBER = {row["number"]: row for row in DOCUMENTS}
RELATIONS = [(row, relation) for row in DOCUMENTS for relation in row["relations"]]
TODAY = "2026-11-24"
KINDS = {"amends", "replaces", "repeals", "suspends", "corrects", "consolidates", "guides", "based_on"}
ARTICLE = re.compile(r"^Điều ([0-9]+)\. ", re.MULTILINE)


def targets(kind, *, part=None):
    """The numbers of what is amended, replaced …; of a part only (True), as a whole only (False)."""
    found = [relation for _row, relation in RELATIONS if relation["kind"] == kind]
    return {row["target"] for row in found if part is None or bool(row["provision"]) == part}


def entries_of(year):
    return [(issue, entry) for issue in ISSUES if issue["year"] == year for entry in issue["entries"]]


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
def test_every_file_is_composed_unicode_without_control_characters(path):
    text = path.read_text()
    assert is_normalized("NFC", text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u200b-\u200f\u202a-\u202e]", text)


def test_codes_are_unique_and_parents_come_first():
    for name in NAMES[:3]:
        assert len(CODES[name]) == len(ROWS[name])
        assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", code) for code in CODES[name])
    seen = {None}
    for row in ROWS["sectors"]:
        assert row["parent"] in seen, row["code"]
        seen.add(row["code"])


def test_there_are_150_documents_beside_the_decision_and_the_one_it_replaced():
    assert [row["number"] for row in DOCUMENTS[:2]] == ["16/2017/QĐ-UBND", "206/2004/QĐ-UB"]
    assert len(DOCUMENTS) == 152
    assert Counter("+".join(row["files"]) for row in DOCUMENTS) == {"pdf": 102, "docx": 30, "pdf+docx": 20}


def test_number_issuer_and_date_name_one_document():
    keys = Counter((row["number"], row["issuer"], row["issued_on"]) for row in DOCUMENTS)
    assert max(keys.values()) == 1
    shared = [number for number, count in Counter(row["number"] for row in DOCUMENTS).items() if count > 1]
    assert shared == ["05/QĐ-UBND"]


def test_every_document_names_a_known_type_issuer_sector_and_agencies():
    normative = {row["code"] for row in ROWS["document_types"] if row["normative"]}
    for row in DOCUMENTS:
        assert row["type"] in (normative if row["kind"] == "normative" else CODES["document_types"]), row["number"]
        assert row["issuer"] in CODES["issuers"] and row["sector"] in CODES["sectors"], row["number"]
        assert set(row["in_scope"]) <= AGENCIES | {"@departments", "@districts"}, row["number"]
    assert {row["agency"] for row in ROWS["issuers"]} - {None} == AGENCIES


def test_dates_of_a_document_follow_each_other():
    for row in DOCUMENTS:
        begins, ends = row["effective_on"], row["expires_on"]
        assert date.fromisoformat(row["issued_on"]) and row["issued_on"] < TODAY, row["number"]
        assert begins or row["kind"] == "administrative", row["number"]
        assert not begins or begins >= row["issued_on"], row["number"]
        assert not ends or ends > begins, row["number"]


def test_articles_of_every_text_are_numbered_from_one():
    assert DOCUMENTS[0]["body"] == ""
    for row in DOCUMENTS[1:]:
        numbers = [int(number) for number in ARTICLE.findall(row["body"])]
        assert numbers == list(range(1, len(numbers) + 1)), row["number"]
        assert (200 if row["body"].startswith("Trích.") else 400) <= len(row["body"]) <= 4000, row["number"]
    assert sum(bool(ARTICLE.search(row["body"])) for row in DOCUMENTS) >= 100


def test_every_relation_leads_to_one_document_on_the_portal_or_to_a_date():
    for row, relation in RELATIONS:
        target = relation["target"]
        assert relation["kind"] in KINDS, row["number"]
        assert target != "05/QĐ-UBND" and (target in BY_NUMBER) != ("target_date" in relation), (row["number"], target)
        other = BY_NUMBER.get(target, {"issued_on": relation.get("target_date")})
        assert other["issued_on"] <= row["issued_on"], (row["number"], target)
        if relation["effective_on"]:
            assert relation["effective_on"] >= row["issued_on"], (row["number"], target)
        if relation["until"]:
            assert relation["kind"] == "suspends" and relation["until"] > relation["effective_on"], row["number"]


def test_every_provision_stands_in_the_text_of_its_target():
    for row, relation in RELATIONS:
        text = BY_NUMBER.get(relation["target"], {"body": ""})["body"]
        if relation["provision"] and text:
            article, clause = re.fullmatch("dieu-([0-9]+)(?:-khoan-([0-9]+))?", relation["provision"]).groups()
            content = re.split(rf"(?m)^Điều {article}\. ", text)[1].split("\nĐiều ")[0]
            assert not clause or f"\n{clause}. " in content, (row["number"], relation)


def test_the_decision_replaces_that_of_2004_from_29_april_2017():
    replaced = next(row for row in DOCUMENTS[0]["relations"] if row["kind"] == "replaces")
    assert (replaced["target"], replaced["effective_on"]) == ("206/2004/QĐ-UB", "2017-04-29")
    assert (DOCUMENTS[0]["issued_on"], DOCUMENTS[0]["effective_on"]) == ("2017-04-19", "2017-04-29")


def test_every_status_that_a_document_can_have_occurs():
    assert len(targets("amends")) >= 10 and len(targets("replaces") & set(BY_NUMBER)) >= 8
    assert len(targets("repeals", part=False)) >= 4 and len(targets("repeals", part=True)) >= 3
    assert len(targets("corrects")) == 2 and targets("consolidates") == {"02/2017/QĐ-UBND", "31/2017/QĐ-UBND"}
    suspended = {
        relation["target"]: relation["until"] for _row, relation in RELATIONS if relation["kind"] == "suspends"
    }
    assert suspended == {"47/2017/QĐ-UBND": "2019-08-31", "19/2017/QĐ-UBND": "2027-04-30"}
    ahead = {row["number"] for row in DOCUMENTS if (row["effective_on"] or "") > TODAY}
    assert ahead == {"41/2026/QĐ-UBND", "14/2026/NQ-HĐND", "43/2026/QĐ-UBND"}
    assert [row["effective_on"] for _row, row in RELATIONS if row["kind"] == "repeals"].count("2027-01-01") == 1


def test_issues_are_numbered_from_one_in_each_year():
    assert Counter(issue["year"] for issue in ISSUES) == {2017: 14, 2026: 10}
    assert sum(issue["last_number"] > issue["first_number"] for issue in ISSUES) >= 4
    last = Counter()
    for before, issue in zip([None, *ISSUES], ISSUES, strict=False):
        assert issue["first_number"] == last[issue["year"]] + 1 and str(issue["year"]) == issue["issued_on"][:4]
        assert before is None or before["issued_on"] < issue["issued_on"]
        assert date.fromisoformat(issue["issued_on"]).weekday() < 5 and issue["closes_on"] <= issue["issued_on"]
        last[issue["year"]] = issue["last_number"]


def test_every_document_is_printed_once_after_it_was_received():
    entries = [(issue, entry) for year in (2017, 2026) for issue, entry in entries_of(year)]
    assert max(Counter(entry["number"] for _issue, entry in entries).values()) == 1
    for issue, entry in entries:
        row = BY_NUMBER[entry["number"]]
        assert row["issued_on"] <= entry["received_on"] <= issue["closes_on"], entry["number"]
        assert entry["part"] == ("normative" if row["kind"] == "normative" else "other"), entry["number"]
        assert row["issuer"] in {"quangngai", "hdnd", "chu-tich"}, entry["number"]
    assert all(2 <= len(issue["entries"]) <= 6 for issue in ISSUES)


def test_only_the_newest_provincial_legal_documents_wait_for_the_gazette():
    printed = {entry["number"] for issue in ISSUES for entry in issue["entries"]}
    province = [row for row in DOCUMENTS if row["issuer"] in {"quangngai", "hdnd"} and row["kind"] == "normative"]
    waiting = {row["number"] for row in province if row["issued_on"][:4] in {"2017", "2026"}} - printed
    assert waiting == {"14/2026/NQ-HĐND", "43/2026/QĐ-UBND"}


def test_a_correction_is_printed_in_a_later_issue():
    days = {entry["number"]: issue["issued_on"] for issue in ISSUES for entry in issue["entries"]}
    corrections = [
        (days[row["number"]], days[found["target"]]) for row, found in RELATIONS if found["kind"] == "corrects"
    ]
    assert len(corrections) == 2 and all(later > earlier for later, earlier in corrections)


def test_eight_reports_are_complete():
    assert len(REPORTS) == 8 and {row["agency"] for row in REPORTS} <= AGENCIES
    for row in REPORTS:
        assert row["period_from"] < row["period_to"] < row["decided_on"] < TODAY, row["title_vi"]
        assert "<table>" in row["figures_vi"] and row["title_en"] and row["summary_en"], row["title_vi"]
        for name in ("report_vi", "method_vi", "analysis_vi"):
            assert len(re.sub("<[^>]+>", "", row[name])) >= 600, (row["title_vi"], name)
