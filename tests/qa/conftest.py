import pytest

from portal.intake.seed import seed as seed_intake
from qa.seed import seed as seed_questions
from tests.documents.legal import make_sector


@pytest.fixture
def desk(portal, district, law):
    """The province and Tư Nghĩa with everything that questions and petitions need: rules, texts, periods, a field."""
    seed_intake()
    seed_questions()
    portal.sector = make_sector("dat-dai", "Đất đai")
    return portal
