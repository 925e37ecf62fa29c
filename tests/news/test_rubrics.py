import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from news.models import Rubric
from portal.agencies import trees
from tests.backoffice.pages import address, fill_in, signed_in
from tests.makers import make_article, make_user, publish
from tests.web.pages import read


@pytest.mark.parametrize(("point", "has_parent"), [("", False), ("8.2.b", True)])
def test_a_point_of_the_article_stands_at_the_top_and_nowhere_else(rubrics, point, has_parent):
    rubric = Rubric(code="moi", name_vi="Mới", name_en="New", point=point)
    rubric.parent = rubrics["tin-tuc-su-kien"] if has_parent else None
    with pytest.raises(ValidationError):
        rubric.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        trees.save_node(rubric)
    assert not Rubric.objects.filter(code="moi").exists()


def test_a_rubric_with_articles_cannot_be_deleted(article):
    with pytest.raises(ProtectedError), transaction.atomic():
        trees.delete_node(article.rubric)
    assert Rubric.objects.filter(code="thoi-su").exists()


def test_the_address_of_a_rubric_stays_when_it_is_renamed(client, article):
    person = signed_in(make_user(is_superuser=True))
    url = address(article.rubric, "change")
    form = fill_in(person.get(url), "name_vi", name_vi="Chuyện hôm nay", code="chuyen-hom-nay")
    assert person.post(url, form).status_code == 302
    assert Rubric.objects.get(pk=article.rubric_id).code == "thoi-su"
    page = read(client.get("/tin-tuc/chuyen-muc/thoi-su/"))
    assert page.one("h1").text == "Chuyện hôm nay"
    assert page.titles == ["Khởi công cầu Thạch Bích"]


def test_a_rubric_that_moves_takes_its_articles_along(client, article, rubrics):
    rubric = rubrics["thoi-su"]
    rubric.parent = rubrics["tuyen-truyen-huong-dan"]
    trees.save_node(rubric)
    assert read(client.get("/tin-tuc/chuyen-muc/tuyen-truyen-huong-dan/")).titles == ["Khởi công cầu Thạch Bích"]
    assert read(client.get("/tin-tuc/chuyen-muc/tin-tuc-su-kien/")).titles == []


@pytest.mark.parametrize(
    ("code", "field", "sentence"),
    [
        ("pho-bien-phap-luat", "legal_basis", "Guidance must name its legal basis (Article 8.2 d)."),
        (
            "thuc-hien-chi-dao",
            "order_reference",
            "Information by order must name the order it follows (Article 8.2 m).",
        ),
    ],
)
def test_what_the_point_of_a_rubric_asks_for_is_required(portal, rubrics, code, field, sentence, english):
    head = trees.save_node(Rubric(code="thong-tin-theo-chi-dao", name_vi="Chỉ đạo", name_en="Orders", point="8.2.m"))
    trees.save_node(Rubric(code="thuc-hien-chi-dao", name_vi="Thực hiện", name_en="Done", parent=head))
    article = make_article(portal.agency, by=portal.editor, rubric=Rubric.objects.get(code=code))
    with pytest.raises(ValidationError) as refusal:
        article.full_clean()
    assert refusal.value.message_dict == {field: [sentence]}
    with pytest.raises(ValidationError) as refusal:
        publish(article)
    assert refusal.value.messages == [sentence]
    assert type(article).objects.get().state == "draft"
