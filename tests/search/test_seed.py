"""What the search of a new installation begins with: synonyms and recommended results."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.utils import translation

from portal.search import upkeep
from portal.search.models import BestBet, SynonymGroup, lines
from portal.search.query import parse
from portal.search.seed import seed
from portal.search.tokens import folded_words, typed_words
from portal.search.wordings import best_bets, synonyms

NOTHING = {"groups of synonyms": 0, "recommended results": 0}
# abbreviations of two letters that mean many things, and short words that others are without their diacritics
AMBIGUOUS = "tt ct tb kh bc hd da dn cv cd pa qc dc kl gd nn th lon heo co cor lac me"


@pytest.fixture
def seeded(db):
    seed()


def stored():
    return [list(model.objects.order_by("pk").values()) for model in (SynonymGroup, BestBet)]


def key(text):
    return tuple(folded_words(typed_words(text)))


def keys(group):
    return {key(line) for line in lines(group.wordings)}


def test_a_second_run_adds_nothing(db, capsys):
    call_command("seed_search")
    first, before = capsys.readouterr().out, stored()
    call_command("seed_search")
    groups, bets = SynonymGroup.objects.count(), BestBet.objects.count()
    assert (groups > 80, bets) == (True, 6)
    assert first == f"Search: {groups} groups of synonyms, {bets} recommended results added.\n"
    assert capsys.readouterr().out == "Search: 0 groups of synonyms, 0 recommended results added.\n"
    assert stored() == before


def test_what_editors_changed_or_switched_off_stays_as_they_left_it(seeded):
    group = SynonymGroup.objects.get(wordings__startswith="HĐND")
    group.wordings = "HĐND\nHội đồng nhân dân\ncơ quan dân cử"
    group.save()
    SynonymGroup.objects.filter(wordings__startswith="sổ đỏ").update(is_active=False)
    BestBet.objects.filter(address="/lien-he/").update(title_vi="Gọi cho chúng tôi", queries="tổng đài")
    BestBet.objects.filter(address="/cong-bao/").update(address="https://congbao.example.vn/")
    before = stored()
    assert seed() == NOTHING
    assert stored() == before


def test_what_an_editor_entered_before_is_not_entered_again(db):
    SynonymGroup.objects.create(wordings="ỦY BAN NHÂN DÂN\nchính quyền địa phương")
    BestBet.objects.create(queries="CÔNG BÁO", title_vi="Công báo cũ", address="https://congbao.example.vn/")
    seed()
    assert [str(row) for row in SynonymGroup.objects.all() if ("ubnd",) in keys(row)] == []
    assert [row.title_vi for row in best_bets(parse("công báo"))] == ["Công báo cũ"]


def test_a_group_that_was_removed_comes_back_alone(seeded):
    SynonymGroup.objects.filter(wordings__startswith="GPLX").delete()
    assert seed() == NOTHING | {"groups of synonyms": 1}
    assert SynonymGroup.objects.get(wordings__startswith="GPLX").is_active


def test_each_row_is_one_that_an_editor_could_have_entered(seeded):
    for row in [*SynonymGroup.objects.all(), *BestBet.objects.all()]:
        row.full_clean()


def test_no_wording_stands_in_two_groups(seeded):
    assert [row for row in SynonymGroup.objects.all() if upkeep.shared_wordings(row)] == []
    queries = Counter(query for row in BestBet.objects.all() for query in {*map(key, lines(row.queries))})
    assert [query for query, times in queries.items() if times > 1] == []


def test_no_wording_is_a_word_of_another_meaning(seeded):
    said = {wording for row in SynonymGroup.objects.all() for wording in keys(row)}
    assert said & {(word,) for word in AMBIGUOUS.split()} == set()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("UBND", "Ủy ban nhân dân"),
        ("hdnd", "Hội đồng nhân dân"),
        ("Sở TN&MT", "Sở Tài nguyên và Môi trường"),
        ("LĐ-TB&XH", "Lao động - Thương binh và Xã hội"),
        ("bằng lái xe", "giấy phép lái xe"),
        ("so hong", "giấy chứng nhận quyền sử dụng đất"),
        ("CCCD", "căn cước công dân"),
        ("cù lao Ré", "Lý Sơn"),
        ("driver's license", "driving licence"),
    ],
)
def test_who_types_one_wording_means_the_other(seeded, typed, meant):
    words = typed_words(typed)
    length, others = synonyms().longest(words)
    assert length == len(words)
    assert tuple(typed_words(meant)) in others


def test_a_recommendation_does_not_answer_what_only_looks_like_its_query_without_diacritics(seeded):
    assert best_bets(parse("sổ đỏ")) == best_bets(parse("số đo")) == []


@pytest.mark.parametrize(("language", "query"), [("vi", "nộp hồ sơ trực tuyến"), ("en", "official gazette")])
def test_recommendations_lead_to_pages_that_there_are(seeded, portal, client, language, query):
    with translation.override(language):
        assert len(best_bets(parse(query))) == 1
        for row in BestBet.objects.all():
            assert row.title and row.description
            address = row.address if language == "vi" else f"/en{row.address}"
            assert client.get(address).status_code == 200
