import pytest

from portal.publishing.signals import transitioned
from tests.makers import make_article


@pytest.fixture
def draft(portal):
    return make_article(portal.agency, by=portal.editor)


@pytest.fixture
def heard():
    """[(name, person)] of the transitions that were announced."""
    calls = []

    def listen(sender, item, name, by, **kwargs):
        calls.append((name, by))

    transitioned.connect(listen)
    yield calls
    transitioned.disconnect(listen)
