from functools import partial

import pytest

from tests.files.samples import picture
from tests.makers import ago, make_article, make_rubric, publish


class Watch(list):
    """What a browser complains about: scripts, blocked content, answers that are errors."""

    def follow(self, page):
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("response", self._see)
        return page

    def _hear(self, message):
        if message.type in ("error", "warning"):
            self.append(message.text)

    def _see(self, response):
        if response.status >= 400:
            self.append(f"{response.status} {response.url}")


@pytest.fixture
def complaints():
    return Watch()


@pytest.fixture
def reader(page, complaints):
    """The page of a reader whose browser is listened to."""
    return complaints.follow(page)


@pytest.fixture
def articles(transactional_db, portal, district):
    """Three on the portal, the newest with a picture, a very long word and a wide table, and one on a member site."""
    rubric = make_rubric("thoi-su", parent=make_rubric(name_vi="Tin tức, sự kiện"), name_vi="Thời sự")
    illustrated = {"picture": picture(size=(1200, 675)), "picture_alt_vi": "Cầu", "picture_source": "Minh Quân"}
    wide = {"body_vi": f"<p>{'dài' * 60}</p><table><tbody><tr>{'<td>Số liệu quý</td>' * 9}</tr></tbody></table>"}
    make = partial(make_article, portal.agency, by=portal.editor, rubric=rubric)
    drafts = [make(title_vi="Tin mới", **illustrated, **wide), make(title_vi="Tin cũ"), make(title_vi="Tin cũ hơn")]
    theirs = make_article(district.agency, by=district.editor, rubric=rubric, title_vi="Tin của huyện")
    return [publish(draft, when=ago(days=days)) for days, draft in enumerate([*drafts, theirs], 1)]


@pytest.fixture
def two_pages(articles, portal):
    """So many more that lists have a second page."""
    for number in range(20):
        draft = make_article(portal.agency, by=portal.editor, rubric=articles[0].rubric)
        publish(draft, when=ago(days=number + 5))
