"""The lists of the back office show what matters on an ordinary screen and on a telephone."""

from datetime import date

import pytest

from tests.makers import frozen, make_article, publish, submit
from tests.obligations.test_ledger import guidance, moment

LONG = "Ủy ban nhân dân tỉnh ban hành kế hoạch kiểm tra việc giải quyết thủ tục hành chính tại các sở, ban, ngành"
ENDS = """names => names.map(name => {
  const box = document.querySelector(`#result_list tbody tr .field-${name}`).getBoundingClientRect();
  return Math.round(box.right);
})"""
EDGE = "document.querySelector('#changelist .results').getBoundingClientRect().right"


@pytest.fixture
def desk(reader, transactional_db, portal, law):
    """The start page of the head, with a few items of long names."""
    portal.head.set_password("quang-ngai-2017")
    portal.head.save()
    submit(make_article(portal.agency, by=portal.editor, title_vi=LONG))
    publish(guidance(portal, title_vi=LONG))
    with frozen(moment(date(2018, 3, 1))):
        guidance(portal, title_vi=LONG)
    reader.goto("/en/quan-tri/login/")
    reader.fill("#id_username", portal.head.username)
    reader.fill("#id_password", "quang-ngai-2017")
    reader.click("input[type=submit]")
    return reader


LISTS = {
    "news/article": ["shown_title", "shown_state", "shown_edit", "publish_at"],
    "obligations/obligation": ["shown_item", "shown_status", "due", "code", "triggered_on"],
    "editorial/auditevent": ["shown_at", "shown_action", "shown_item", "note"],
}


@pytest.mark.parametrize("path", LISTS)
def test_an_ordinary_screen_shows_every_column(path, desk):
    desk.set_viewport_size({"width": 1440, "height": 900})
    desk.goto(f"/en/quan-tri/{path}/")
    edge = desk.evaluate(EDGE)
    assert [end for end in desk.evaluate(ENDS, LISTS[path]) if end > edge + 1] == []


@pytest.mark.parametrize("path", ["news/article", "obligations/obligation"])
def test_a_telephone_shows_the_title_and_the_whole_state(path, desk):
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(f"/en/quan-tri/{path}/")
    edge = desk.evaluate(EDGE)
    assert [end for end in desk.evaluate(ENDS, LISTS[path][:2]) if end > edge + 1] == []
