"""Numbers of issues: one after the other within a year, or with a reason (Article 8.2 g)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from gazette.models import Issue
from tests.gazette.makers import make_issue

pytestmark = pytest.mark.usefixtures("english")


def draft(portal, first, last=None, *, issued_on=date(2018, 3, 12), **fields):
    issue = Issue(agency=portal.agency, first_number=first, last_number=last or first, issued_on=issued_on, **fields)
    issue.created_by = issue.last_edited_by = portal.editor
    return issue


def refusal(issue):
    issue._derive()
    with pytest.raises(ValidationError) as refused:
        issue.full_clean()
    return refused.value.message_dict


def test_title_year_and_summary_follow_from_numbers_date_and_entries(portal):
    issue = make_issue(portal.agency, by=portal.editor, first=15, last_number=16, issued_on=date(2017, 5, 8))
    assert (issue.title_vi, issue.title_en) == ("Công báo số 15 + 16 năm 2017", "Gazette no. 15 + 16 of 2017")
    assert (issue.year, issue.summary_vi) == (2017, "Ra ngày 08/05/2017, đăng 0 văn bản")
    assert (issue.author, issue.source) == (portal.agency.name_vi, portal.agency.name_vi)
    assert issue.path() == f"/cong-bao/cong-bao-so-15-16-nam-2017-{issue.pk}/"


@pytest.mark.parametrize(("first", "last", "words"), [(7, 7, "7"), (1095, 1096, "1095 + 1096"), (3, 6, "3 – 6")])
def test_one_number_two_numbers_or_a_range(portal, first, last, words):
    assert draft(portal, first, last).numbers == words


def test_a_year_begins_with_one_and_goes_on_with_the_next(portal):
    draft(portal, 1).clean()
    make_issue(portal.agency, by=portal.editor, first=1)
    make_issue(portal.agency, by=portal.editor, first=2, last_number=3)
    draft(portal, 4).clean()
    draft(portal, 1, issued_on=date(2019, 1, 7)).clean()


@pytest.mark.parametrize("number", [1, 2, 3, 5, 9])
def test_gaps_and_repetitions_are_refused_with_the_expected_number(portal, number):
    make_issue(portal.agency, by=portal.editor, first=1)
    make_issue(portal.agency, by=portal.editor, first=2, last_number=3)
    words = "The next number of 2018 is 4. Take it, or give the reason for another one."
    assert refusal(draft(portal, number)) == {"first_number": [words]}


def test_a_wrong_start_is_refused_and_a_reason_allows_it(portal):
    words = "The next number of 2018 is 1. Take it, or give the reason for another one."
    assert refusal(draft(portal, 2)) == {"first_number": [words]}
    draft(portal, 2, sequence_reason="Số 1 chỉ phát hành bản in").clean()


def test_an_issue_with_followers_may_still_be_edited_and_keeps_its_number(portal):
    make_issue(portal.agency, by=portal.editor, first=1)
    issue = make_issue(portal.agency, by=portal.editor, first=2)
    make_issue(portal.agency, by=portal.editor, first=3)
    issue.closes_on = date(2018, 3, 9)
    issue.clean()
    issue.first_number = issue.last_number = 3
    assert "first_number" in refusal(issue)


def test_the_last_number_and_the_closing_day_lie_where_they_belong(portal):
    assert refusal(draft(portal, 2, 1))["last_number"] == ["The last number is smaller than the first."]
    assert "first_number" in refusal(draft(portal, 0))
    assert list(refusal(draft(portal, 1, closes_on=date(2018, 3, 13)))) == ["closes_on"]
    assert list(refusal(draft(portal, 1, issued_on=date(1800, 1, 1)))) == ["issued_on"]
    with pytest.raises(IntegrityError), transaction.atomic():
        make_issue(portal.agency, by=portal.editor, first=2, last_number=1)


def test_only_the_province_has_a_gazette(district):
    issue = draft(district, 1)
    assert refusal(issue) == {"agency": ["Only the province has a gazette (Article 8.2 g)."]}
