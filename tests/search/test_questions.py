"""Questions in whole sentences, and sentences whose last word is still in the typing."""

import pytest

from portal.search.query import Synonyms, parse
from tests.search.finding import found


def needed(text, synonyms=()):
    return [" ".join(term.wordings[0].typed) for term in parse(text, Synonyms(synonyms)).terms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lễ hội làng có phải xin phép không?", "lễ hội làng phép"),
        ("doanh nghiệp nhỏ và vừa là gì", "doanh nghiệp nhỏ vừa"),
        ("đóng bảo hiểm được hỗ trợ bao nhiêu", "đóng bảo hiểm hỗ trợ"),
        ("vay vốn ở đâu", "vay vốn ở đâu"),  # too short for a sentence
        ("lễ hội của làng và của xã", "lễ hội của làng và của xã"),  # asks nothing
        ("le hoi lang co phai xin phep khong?", "le hoi lang co phai xin phep khong"),  # co may be cờ
        ("khi nào thì phải có gì", "khi nào thì phải có gì"),  # says nothing else
        ("khi nào thì phải có đèn", "khi nào thì phải có đèn"),
    ],
)
def test_a_question_is_answered_without_the_words_that_every_question_has(text, expected):
    query = parse(text)
    assert needed(text) == expected.split()
    assert query.typed == text.rstrip("?").split()


def test_what_is_quoted_or_has_a_synonym_is_needed(db):
    assert needed('nộp "ở đâu" thì được giấy?') == ["nộp", "ở đâu", "giấy"]
    assert needed("nộp cho ai thì được giấy phép gì", [["cho ai", "người nhận"]]) == ["nộp", "cho ai", "giấy", "phép"]


def test_the_last_word_is_in_the_typing_only_where_it_is_needed():
    assert parse("mua vé tàu ra đảo ở đâu, bến nào").open_end is False
    assert parse("ở đâu thì mua được vé tàu").open_end is True


def test_a_question_finds_what_does_not_repeat_its_words(write):
    write("Quy định về lễ hội của làng", body="Xin giấy phép.", days=2)
    write("Tin", body="Lễ, hội, làng, có, phải, xin, phép, không.", days=1)
    assert found("lễ hội làng có phải xin phép không?") == ["Tin", "Quy định về lễ hội của làng"]
    assert found("lễ hội của làng là gì?") == ["Quy định về lễ hội của làng", "Tin"]


def test_a_phrase_whose_last_word_is_begun_comes_before_its_words_here_and_there(write):
    write("Sốt xuất huyết tăng sớm", days=4)
    write("Tin của huyện", summary_vi="Ca sốt xuất huyết đầu tiên.", days=3)
    write("Tin", body="Sốt ruột, xuất phát, phát huy.", days=2)
    write("Huyết và sốt xuất hiện", days=1)
    for typed in ["sốt xuất huy", "sot xuat huy"]:
        assert found(typed)[:3] == ["Sốt xuất huyết tăng sớm", "Tin của huyện", "Tin"]


def test_a_single_word_that_is_only_begun_comes_after_the_word_itself(write):
    write("Tin", body="Vườn quế.", days=2)
    write("Quếch", days=1)
    assert found("quế") == ["Tin", "Quếch"]
