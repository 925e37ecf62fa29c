"""What is not public is nowhere in the search: not among results, snippets, suggestions, counts, feeds or near ones."""

import pytest

from documents import sharing
from portal.publishing import editing
from portal.publishing.models import Attachment
from portal.search.models import IndexEntry
from portal.workdays.seed import seed as seed_calendar
from tests.documents.legal import publish_document
from tests.makers import ahead, archive, frozen, make_article, publish, withdraw
from tests.search.secrets import ADDRESSES, MOUNTS, SECRETS, WALK, answers, step, telling
from tests.web.pages import read

STATES = {"draft", "submitted", "approved", "published", "withdrawn", "archived"}
PORTAL, MEMBER = MOUNTS[:2], MOUNTS[2:]


@pytest.fixture(autouse=True)
def neighbours(portal, district):
    """What is public on either site, with a word in common with the secret."""
    for place in (portal, district):
        publish(make_article(place.agency, by=place.editor, title_vi=f"Tin chung của {place.agency.code}"))
        publish_document(place, summary_vi="Quy định chung")


def everywhere(mounts=MOUNTS):
    """All addresses, as they tell of a public item."""
    return {f"{mount}/tim-kiem/{rest}" for mount in mounts for rest in ADDRESSES}


def assert_hidden(client, before, mounts=MOUNTS):
    said = answers(client, mounts)
    assert telling(said) == set()
    assert {address for address in said if said[address] != before[address]} == set()


# --- every state ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SECRETS)
def test_in_every_state_that_is_not_public_the_answers_are_as_if_the_item_had_never_been(client, district, kind):
    mounts = [MOUNTS[0], MOUNTS[3]]
    before = answers(client, mounts)
    item = SECRETS[kind](district)
    assert_hidden(client, before, mounts)
    states = {item.state}
    for name, public in WALK:
        item = step(item, name, district)
        states.add(item.state)
        if public:
            assert telling(answers(client, mounts[:1])) == everywhere(mounts[:1]), name
        else:
            assert_hidden(client, before, mounts)
    assert states == STATES


@pytest.mark.parametrize("kind", SECRETS)
def test_what_is_approved_for_later_is_found_from_its_time_on(client, district, kind):
    before = answers(client)
    publish(SECRETS[kind](district), at=ahead(days=1))
    assert_hidden(client, before)
    with frozen(ahead(days=1, minutes=1)):
        assert telling(answers(client)) == everywhere()


def test_what_is_archived_or_has_come_to_its_end_is_found_and_marked(client, district):
    archive(publish(SECRETS["article"](district)))
    ended = make_article(district.agency, by=district.editor, title_vi="Zircon mới", expire_at=ahead(days=1))
    publish(ended)
    with frozen(ahead(days=2)):
        for mount in MOUNTS:
            page = read(client.get(f"{mount}/tim-kiem/?q=zircon"))
            assert page.titles == ["Zircon mới", "Zircon rutil xenolit"]
            assert len(page.all("span", class_="tag")) == 2
    assert len(read(client.get("/tim-kiem/?q=zircon")).all("span", class_="tag")) == 1


# --- sites ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SECRETS)
def test_what_stands_on_a_site_that_is_switched_off_is_not_found(client, district, kind):
    publish(SECRETS[kind](district))
    district.site.is_active = False
    district.site.save()
    said = answers(client)
    assert telling(said) == set()
    titles = read(client.get("/tim-kiem/?q=chung&muc=news")).titles
    assert titles == ["Tin chung của quangngai"]
    assert {status for address, (status, _words) in said.items() if "/tunghia/" in address} == {404}


@pytest.mark.parametrize("kind", SECRETS)
def test_a_member_site_does_not_find_what_stands_on_the_portal_alone(client, portal, kind):
    before = answers(client, MEMBER)
    publish(SECRETS[kind](portal))
    assert answers(client, MEMBER) == before
    assert telling(answers(client)) == everywhere(PORTAL)


def test_a_document_is_found_on_the_sites_that_show_it_and_as_long_as_they_do(client, portal, district):
    seed_calendar()
    before = answers(client, MEMBER)
    document = publish(SECRETS["document"](portal))
    sharing.show(document, district.agency, by=district.head)
    assert telling(answers(client)) == everywhere()
    sharing.hide(document, district.agency, by=district.head, note="Nhầm.")
    assert answers(client, MEMBER) == before
    sharing.show(document, district.agency, by=district.head)
    withdraw(document)
    assert answers(client, MEMBER) == before
    assert telling(answers(client)) == set()


# --- versions ---------------------------------------------------------------------------------------------------------

BEFORE, PROPOSED = ["zircon", "ilmenit"], ["spinel", "granat"]
CHANGES = {
    "article": {"title_vi": "Spinel mới", "body_vi": "<p>Granat.</p>"},
    "document": {"summary_vi": "Spinel mới", "full_text": "Điều 1. Phạm vi\nGranat."},
}


def found(client, words):
    """Which of the words find anything, on any page, among any suggestions, in any feed."""
    pages = [f"{mount}/tim-kiem/?q={{}}" for mount in (MOUNTS[0], MOUNTS[2])]
    hits = {word for page in pages for word in words if read(client.get(page.format(word))).titles}
    feeds = {word for word in words if "<item>" in client.get(f"/tim-kiem/rss/?q={word}").content.decode()}
    typed = {word for word in words if client.get(f"/tim-kiem/goi-y/?q={word}").json()[1]}
    assert feeds == hits and typed <= hits
    return sorted(hits)


@pytest.mark.parametrize("kind", SECRETS)
def test_a_proposed_text_is_found_from_its_approval_on_and_the_superseded_one_until_then(client, district, kind):
    item = publish(SECRETS[kind](district), by=district.head)
    revision = editing.propose(item, CHANGES[kind], by=district.editor, note="Sửa.")
    assert found(client, BEFORE + PROPOSED) == sorted(BEFORE)
    editing.apply(revision, by=district.head)
    assert found(client, BEFORE + PROPOSED) == sorted(PROPOSED)


@pytest.mark.parametrize("kind", SECRETS)
def test_a_text_that_was_refused_is_never_found(client, district, kind):
    item = publish(SECRETS[kind](district), by=district.head)
    revision = editing.propose(item, CHANGES[kind], by=district.editor, note="Sửa.")
    editing.refuse(revision, by=district.head, note="Sai.")
    assert found(client, BEFORE + PROPOSED) == sorted(BEFORE)


def test_the_words_of_a_draft_that_was_deleted_stay_unknown(client, district):
    before = answers(client)
    editing.discard(SECRETS["article"](district), by=district.head)
    assert_hidden(client, before)
    assert not Attachment.objects.filter(title_vi="Tệp").exists()
    assert not IndexEntry.objects.filter(title__contains="xenolit").exists()
