import pytest

from tests.makers import ago, make_article, publish


@pytest.fixture
def write(portal):
    """Publishes an article of the portal itself; `days` is how long ago."""

    def make(title="Tin", days=0, body="", place=portal, **fields):
        texts = {"title_vi": title, "body_vi": f"<p>{body or 'Nội dung.'}</p>", "summary_vi": "Tóm tắt.", **fields}
        article = make_article(place.agency, by=place.editor, **texts)
        return publish(article, when=ago(days=days) if days else None)

    return make
