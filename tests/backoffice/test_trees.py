"""Agencies and rubrics are written through the one locked function, from the pages too."""

import pytest

from news.models import Rubric
from portal.agencies import trees
from portal.agencies.models import Agency
from tests.backoffice.pages import address, errors, fill_in, listing, signed_in
from tests.makers import make_agency, make_article, make_rubric, make_user
from tests.unchanged import nothing_changed


@pytest.fixture
def client(portal, district):
    return signed_in(make_user(is_superuser=True))


def save(client, node, **changes):
    url = address(node, "change")
    return client.post(url, fill_in(client.get(url), "name_vi", **changes))


def test_an_agency_is_added_below_another(client, district):
    form = fill_in(
        client.get(listing(Agency, "add")), "code", code="nghiathuan", kind="unit", parent=district.agency.pk
    )
    assert client.post(listing(Agency, "add"), form | {"name_vi": "UBND xã Nghĩa Thuận"}).status_code == 302
    assert Agency.objects.get(code="nghiathuan").parent == district.agency
    assert trees.faults(Agency) == []


def test_an_agency_is_moved_with_all_below_it(client):
    first, second = make_agency("mot"), make_agency("hai")
    child = make_agency("con", parent=first)
    make_agency("chau", parent=child)
    assert save(client, child, parent=second.pk).status_code == 302
    assert [row.code for row in Agency.objects.get(code="chau").get_ancestors()] == ["hai", "con"]
    assert trees.faults(Agency) == []


def test_a_rubric_is_moved_below_another(client):
    first, second = make_rubric("mot"), make_rubric("hai")
    child = make_rubric("con", parent=first)
    assert save(client, child, parent=second.pk).status_code == 302
    assert (Rubric.objects.get(code="con").parent, trees.faults(Rubric)) == (second, [])


@pytest.mark.parametrize(("moved", "target"), [("hai", "con"), ("mot", "hai")])
def test_rubrics_have_two_levels(moved, target, client, english):
    make_rubric("con", parent=make_rubric("mot"))
    make_rubric("hai")
    rubrics = {row.code: row for row in Rubric.objects.all()}
    with nothing_changed():
        page = save(client, rubrics[moved], parent=rubrics[target].pk, point="")
    assert errors(page) == {"parent": ["Rubrics have two levels: one at the top, and those below it."]}


@pytest.mark.parametrize("target", ["con", "chau"])
def test_a_node_is_not_put_below_itself(target, client, english):
    top = make_agency("goc")
    child = make_agency("con", parent=top)
    make_agency("chau", parent=child)
    page = save(client, child, parent=Agency.objects.get(code=target).pk)
    assert (page.status_code, errors(page)) == (200, {"parent": ["Nothing stands below itself."]})
    assert Agency.objects.get(code="con").parent == top
    assert trees.faults(Agency) == []


def test_a_rubric_with_articles_is_not_deleted(client, portal):
    rubric = make_rubric("kinh-te", parent=make_rubric())
    make_article(portal.agency, by=portal.editor, rubric=rubric)
    page = client.post(address(rubric, "delete"), {"post": "yes"})
    assert page.status_code == 200
    assert Rubric.objects.filter(code="kinh-te").exists()


def test_a_rubric_without_articles_is_deleted(client):
    rubric = make_rubric("kinh-te", parent=make_rubric())
    assert client.post(address(rubric, "delete"), {"post": "yes"}).status_code == 302
    assert (Rubric.objects.filter(code="kinh-te").exists(), trees.faults(Rubric)) == (False, [])


def test_a_root_carries_a_point_and_a_branch_none(client, english):
    top = make_rubric("goc")
    child = make_rubric("con", parent=top)
    sentence = "A rubric at the top carries a point of Article 8.2, one below it none."
    assert errors(save(client, top, point=""))["__all__"] == [sentence]
    assert errors(save(client, child, point="8.2.d"))["__all__"] == [sentence]
    assert set(Rubric.objects.values_list("code", "point")) == {("goc", "8.2.b"), ("con", "")}


def test_nodes_are_found_without_diacritics(client):
    make_rubric("kt", name_vi="Kinh tế biển đảo")
    page = client.get(listing(Rubric) + "?q=bien+dao")
    assert [row.code for row in page.context["cl"].result_list] == ["kt"]
