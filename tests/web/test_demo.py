import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth import authenticate
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.utils import timezone

from documents import demo as documents_demo
from gazette import demo as gazette_demo
from news import demo
from news.models import Article, Rubric
from portal.accounts.models import User
from portal.agencies import trees
from portal.agencies.models import Agency
from portal.editorial import demo as boards
from portal.editorial.models import AuditEvent, Board
from portal.editorial.roles import State
from portal.obligations.models import Obligation
from portal.search.indexing import rebuild
from portal.subsites.models import Site
from qa import demo as qa_demo
from tests.web.pages import read

MODULES = {"boards": "portal.editorial.demo", "demo": "news.demo"}
PEOPLE = 1 + sum(len(row["members"]) for row in json.loads((boards.FIXTURES / "demo_boards.json").read_text()))
MEMBERS = ["tunghia", "stttt", "lyson"]
# one issue of the gazette with its two documents, one that the first of them replaces, and one of a member site
NUMBERS = {"16/2017/QĐ-UBND", "663/QĐ-UBND", "206/2004/QĐ-UB", "1420/HD-SNV"}


@pytest.fixture
def few_articles(monkeypatch, tmp_path):
    """Of all articles the first fourteen of the portal and two of each of three sites, two of them illustrated."""
    rows = list(demo._read())
    chosen = [row for row in rows if row["site"] == ""][:14]
    for label in MEMBERS:
        chosen += [row for row in rows if row["site"] == label][:2]
    for number, row in enumerate(chosen):
        row["motif"] = row["motif"] if number < 2 else None
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "few.json").write_text(json.dumps(chosen))
    for name in ["demo_rubrics.json", "demo_this_year.json"]:
        (tmp_path / name).write_text((demo.FIXTURES / name).read_text())
    monkeypatch.setattr(demo, "FIXTURES", tmp_path)
    documents = [row for row in documents_demo.read() if row["number"] in NUMBERS]
    monkeypatch.setattr(documents_demo, "read", lambda: documents)
    issue = gazette_demo.read()[3] | {"first_number": 1, "last_number": 1}  # alone in its year
    monkeypatch.setattr(gazette_demo, "read", lambda: [issue])
    cases = qa_demo.read()[:3]
    monkeypatch.setattr(qa_demo, "read", lambda: cases)
    return chosen


def everything():
    """All rows of all tables, the files and nothing that changes by being looked at."""
    return {model._meta.label: serializers.serialize("json", model._base_manager.all()) for model in apps.get_models()}


def test_the_demonstration_is_loaded_once_and_a_second_time_changes_nothing(client, db, few_articles, settings, capsys):
    call_command("load_demo")
    before, files = everything(), sorted(settings.MEDIA_ROOT.rglob("*"))
    call_command("load_demo")
    assert everything() == before
    assert sorted(settings.MEDIA_ROOT.rglob("*")) == files
    assert capsys.readouterr().out.endswith("Demonstration data: loaded before, left as it is.\n")
    _assert_complete()
    _assert_readable(client)


def _assert_complete():
    assert (Agency.objects.count(), Site.objects.count(), Board.objects.count()) == (35, 35, 35)
    assert User.objects.count() == PEOPLE
    assert Article.objects.count() == 27
    assert {state: Article.objects.filter(state=state).count() for state in State} == {
        State.DRAFT: 6,
        State.SUBMITTED: 4,
        State.APPROVED: 1,
        State.PUBLISHED: 14,
        State.WITHDRAWN: 1,
        State.ARCHIVED: 1,
    }
    assert trees.faults(Agency) == trees.faults(Rubric) == []
    assert AuditEvent.objects.filter(action="load_demo").count() == 1
    assert len(rebuild(write=False)) == 0


def test_some_limits_of_these_weeks_are_overdue_kept_late_kept_in_time_or_not_yet_due(db, law, few_articles):
    call_command("load_demo")
    lately = timezone.localdate() - timedelta(days=60)
    fresh = Obligation.objects.by_law().filter(code__in=["D6", "D20"], triggered_on__gt=lately)
    fresh = fresh.filter(content_type=ContentType.objects.get_for_model(Article))
    found = {status: fresh.filter(status=status).count() for status in ("open", "late", "on_time")}
    assert (found, fresh.overdue().count()) == ({"open": 5, "late": 1, "on_time": 1}, 4)


def _assert_readable(client):
    for path in ["/", "/en/", "/tin-tuc/", "/trang/", "/trang/tunghia/", "/trang/lyson/en/"]:
        assert client.get(path).status_code == 200
    public = Article.objects.published().select_related("agency__site")
    assert len(public) == 14
    for article in public:
        mount = f"/trang/{article.agency.site.label}" if article.agency.site.label else ""
        page = read(client.get(mount + article.path()))
        assert page.one("h1").text == article.title_vi
        assert article.author in page.main and article.source in page.main
        pictures = [image for image in page.all("img") if "/anh/" in image["src"] and page.one("main") in image.parents]
        assert all(client.get(image["src"]).status_code == 200 for image in pictures)


@pytest.mark.parametrize("step", ["boards._user", "demo.Desk._illustrate", "demo._attach_contacts"])
def test_a_load_that_was_interrupted_is_completed_by_the_next(db, few_articles, monkeypatch, step):
    module, _, name = step.partition(".")
    with monkeypatch.context() as broken:
        broken.setattr(f"{MODULES[module]}.{name}", None)
        with pytest.raises(TypeError):
            call_command("load_demo")
    assert Agency.objects.count() == 35 and Article.objects.count() == 0
    assert User.objects.count() == (0 if module == "boards" else PEOPLE)
    call_command("load_demo")
    _assert_complete()


def test_a_production_portal_refuses_demonstration_data(db, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError) as refusal:
        call_command("load_demo")
    assert str(refusal.value) == "Demonstration data and its accounts do not belong on a production portal."
    assert not User.objects.exists() and not Agency.objects.exists() and not AuditEvent.objects.exists()


def test_the_accounts_that_are_announced_can_sign_in(db, few_articles, settings, capsys):
    call_command("load_demo")
    capsys.readouterr()
    call_command("welcome")
    said = capsys.readouterr().out
    names = [line.split()[0] for line in said.splitlines() if line.startswith(("  tinh.", "  tunghia.", "  quantri"))]
    assert {"quantri", "tinh.truongban", "tunghia.truongban"} <= set(names)
    for name in names:
        request = RequestFactory().post("/quan-tri/login/")
        user = authenticate(request, username=name, password=settings.DEMO_PASSWORD)
        assert user is not None and user.is_staff, name
        assert user.is_superuser == (name == "quantri")
