"""What the back office shows is in words of the reader's language and in dates of the country."""

from datetime import date

import pytest
from axes.models import AccessAttempt
from django.contrib import admin

from portal.publishing import editing
from portal.subsites.models import Site
from portal.workdays.models import CalendarDay
from tests.backoffice.pages import address, fill_in, listing, signed_in
from tests.files.samples import PDF, file
from tests.makers import frozen, make_article, make_user, publish
from tests.obligations.test_ledger import moment

pytestmark = pytest.mark.usefixtures("english")


def test_a_date_in_a_comparison_is_written_as_everywhere(portal):
    article = publish(make_article(portal.agency, by=portal.editor, event_date=date(2019, 3, 18)), by=portal.head)
    revision = editing.propose(article, {"event_date": "2019-03-19"}, by=portal.editor, note="Sửa ngày")
    page = signed_in(portal.deputy).get(address(article, "decide", revision.pk)).content.decode()
    assert "18/03/2019" in page and "19/03/2019" in page
    assert "2019-03" not in page


def test_dates_and_files_in_the_history_are_in_words(portal):
    article = make_article(portal.agency, by=portal.editor)
    client, url = signed_in(portal.secretary), address(article, "change")
    form = fill_in(client.get(url), "version", event_date="19/03/2019")
    (prefix,) = [name.removesuffix("-TOTAL_FORMS") for name in form if "attachment-content" in name and "TOTAL" in name]
    form |= {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-0-file": file(PDF, "a.pdf"), f"{prefix}-0-title_vi": "Bảng"}
    assert client.post(url, form | {f"{prefix}-0-position": 0}).status_code == 302
    page = client.get(address(article, "history"))
    (changes,) = [changes for event, _action, changes in page.context["events"] if event.action == "edit"]
    words = {str(name): value for name, value in changes}
    assert words == {"date of the event": "19/03/2019", "attachments": "changed"}


def test_the_correction_of_a_date_is_in_the_history_as_everywhere(portal):
    article = publish(make_article(portal.agency, by=portal.editor), by=portal.head)
    revision = editing.propose(article, {"event_date": "2018-03-19"}, by=portal.editor, note="Sửa ngày")
    editing.apply(revision, by=portal.head)
    page = signed_in(portal.head).get(address(article, "history")).content.decode()
    assert "19/03/2018" in page and "2018-03-19" not in page


def test_no_english_name_of_a_package_or_an_attribute_is_a_label():
    assert AccessAttempt._meta.app_config.verbose_name == "Attempts to sign in"
    table = admin.site._registry[Site]
    assert table.shown_host.short_description == "host name"


@pytest.mark.usefixtures("law")
def test_the_calendar_opens_at_the_year_of_today():
    shown = {}
    with frozen(moment(date(2026, 3, 1))):
        client = signed_in(make_user(is_superuser=True))
        for query in ("", "?nam=2019", "?nam=tat-ca", "?nam=x"):
            rows = client.get(listing(CalendarDay) + query).context["cl"].queryset
            shown[query] = {row.date.year for row in rows}
    assert shown == {"": {2026}, "?nam=2019": {2019}, "?nam=tat-ca": set(range(2016, 2031)), "?nam=x": {2026}}
