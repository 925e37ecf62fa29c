from pathlib import Path

import pytest

from tests.architecture.layers import (
    LAZY,
    RECEIVER,
    SAVE_SIGNAL,
    SIDEWAYS,
    UNPLACED,
    UPWARD,
    sources,
    violations,
)

PROJECT = Path(__file__).parents[2]


def breaches(tmp_path, path, source):
    """What the guard says of a project with this one module."""
    module = tmp_path / path
    module.parent.mkdir(parents=True, exist_ok=True)
    module.write_text(source, encoding="utf-8")
    return violations(tmp_path)


def test_every_import_of_the_portal_points_down():
    found = violations(PROJECT)
    assert not found, "\n".join(found)


def test_the_guard_does_not_walk_past_the_portal():
    read = {path.relative_to(PROJECT).as_posix() for path in sources(PROJECT)}
    assert {"manage.py", "portal/settings.py", "portal/publishing/apps.py"} <= read


@pytest.mark.parametrize(
    ("path", "source", "target"),
    [
        ("portal/publishing/models.py", "from news.models import Article", "news.models.Article"),
        ("portal/web/views.py", "import documents.models", "documents.models"),
        ("portal/editorial/policy.py", "from portal.publishing import editing", "portal.publishing.editing"),
        ("portal/editorial/policy.py", "from portal import obligations", "portal.obligations"),
        ("portal/obligations/models.py", "from ..publishing.models import Publishable", "portal.publishing"),
        ("portal/obligations/models.py", "from ..publishing.models import *", "portal.publishing"),
        ("portal/accounts/models.py", "from portal.editorial.models import Board", "portal.editorial.models"),
        ("portal/search/index.py", "from portal.web import views", "portal.web.views"),
        ("portal/text/folding.py", "from portal.settings import BASE_DIR", "portal.settings"),
        ("news/models.py", "from portal import wiring", "portal.wiring"),
        ("documents/models.py", "from gazette.models import Issue", "gazette.models"),
        ("portal/search/index.py", "try:\n    import news\nexcept ImportError:\n    news = None", "news"),
        ("portal/agencies/models.py", "board = ForeignKey('editorial.Board')", "portal.editorial"),
        ("portal/web/home.py", "articles = apps.get_model('news', 'Article')", "news"),
    ],
)
def test_upward_imports_are_refused(tmp_path, path, source, target):
    (breach,) = breaches(tmp_path, path, source)
    assert breach.startswith(f"{path}:")
    assert f"uses {target}" in breach
    assert breach.endswith(UPWARD)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("news/models.py", "from projects.models import Project"),
        ("projects/models.py", "from documents.models import Document"),
        ("gazette/models.py", "from consultations.models import Consultation"),
        ("directions/views.py", "from news import models"),
        ("projects/models.py", "rests_on = ForeignKey('documents.Document')"),
    ],
)
def test_sideways_imports_are_refused(tmp_path, path, source):
    (breach,) = breaches(tmp_path, path, source)
    assert breach.endswith(SIDEWAYS)


@pytest.mark.parametrize(
    ("path", "source", "line"),
    [
        ("portal/web/views.py", "\ndef home():\n    from portal.search import query", 3),
        ("portal/web/views.py", "class Page:\n    async def get(self):\n        import portal.search", 3),
        ("portal/files/apps.py", "def ready(self):\n    from . import checks", 2),
        ("portal/web/views.py", "query = import_module('portal.search.query')", 1),
        ("portal/web/views.py", "query = importlib.import_module('portal.search.query')", 1),
    ],
)
def test_lazy_imports_are_refused(tmp_path, path, source, line):
    (breach,) = breaches(tmp_path, path, source)
    assert breach.startswith(f"{path}:{line}:")
    assert breach.endswith(LAZY)


def test_a_lazy_import_does_not_hide_its_direction(tmp_path):
    found = breaches(tmp_path, "portal/search/index.py", "def rebuild():\n    from news.models import Article")
    assert [breach.partition(": ")[2].rpartition(": ")[2] for breach in found] == [UPWARD, LAZY]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("helpers/dates.py", "TODAY = 1"),
        ("portal/dates.py", "TODAY = 1"),
        ("portal/newcomer/models.py", "TODAY = 1"),
        ("news/models.py", "from portal.newcomer import models"),
        ("news/models.py", "from portal import helpers"),
    ],
)
def test_modules_without_a_place_are_refused(tmp_path, path, source):
    (breach,) = breaches(tmp_path, path, source)
    assert breach.endswith(UNPLACED)


@pytest.mark.parametrize(
    "source",
    [
        "from django.db.models.signals import post_save",
        "from django.db.models import signals\nsave = signals.pre_save",
    ],
)
@pytest.mark.parametrize("path", ["portal/search/index.py", "portal/wiring.py"])
def test_save_signals_are_refused_everywhere(tmp_path, path, source):
    (breach,) = breaches(tmp_path, path, source)
    assert breach.endswith(SAVE_SIGNAL)


@pytest.mark.parametrize(
    "source",
    [
        "from portal.publishing.signals import transitioned\ntransitioned.connect(print)",
        "from portal.publishing import signals\nsignals.transitioned.connect(print)",
        "import portal.publishing.signals\nportal.publishing.signals.transitioned.connect(print)",
        "from django.dispatch import receiver",
    ],
)
def test_receivers_outside_the_wiring_are_refused(tmp_path, source):
    (breach,) = breaches(tmp_path, "portal/search/index.py", source)
    assert breach.endswith(RECEIVER)
    (tmp_path / "portal/search/index.py").unlink()
    assert breaches(tmp_path, "portal/wiring.py", source) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("news/models.py", "from portal.publishing.models import Publishable\nfrom news import rubrics"),
        ("gazette/models.py", "from documents.models import Document"),
        (
            "portal/publishing/workflow.py",
            "from portal import obligations\nfrom portal.editorial import audit",
        ),
        ("portal/obligations/models.py", "from portal.editorial.models import Board"),
        (
            "portal/agencies/models.py",
            "from portal.text import fold\nfrom portal.accounts.models import User",
        ),
        ("portal/web/views.py", "from portal.backoffice import site"),
        ("portal/search/index.py", "from portal.subsites import links"),
        ("portal/urls.py", "from news import urls"),
        ("portal/wiring.py", "def connect():\n    from news.models import Article"),
        ("portal/files/pictures.py", "def read(file):\n    from PIL import Image\n    sqlite3.connect(file)"),
        ("portal/web/migrations/0001_initial.py", "from news.models import Article"),
        ("tests/news/test_models.py", "from documents.models import Document"),
        (".venv/lib/news.py", "from portal.web import views\nimport gazette"),
        ("portal/text/fields.py", "def pre_save(self, row, add):\n    return super().pre_save(row, add)"),
        ("portal/publishing/checks.py", "def check():\n    return Warning('', id='publishing.W1')"),
        ("portal/__init__.py", ""),
    ],
)
def test_what_the_design_allows_passes(tmp_path, path, source):
    assert breaches(tmp_path, path, source) == []
