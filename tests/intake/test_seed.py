"""What an installation begins with: questions answered in either language, texts for every day since 2017."""

import re
from datetime import date

import pytest
from django.core.management import call_command

from portal.intake.models import Challenge, Statement
from portal.intake.seed import seed

NOTHING = {"questions for people": 0, "texts to accept": 0}


@pytest.fixture
def seeded(db):
    seed()


def stored():
    return [list(model.objects.order_by("pk").values()) for model in (Challenge, Statement)]


def test_a_second_run_adds_nothing(db, capsys):
    call_command("seed_intake")
    first, before = capsys.readouterr().out, stored()
    call_command("seed_intake")
    assert first == "Public forms: 38 questions for people, 6 texts to accept added.\n"
    assert capsys.readouterr().out == "Public forms: 0 questions for people, 0 texts to accept added.\n"
    assert stored() == before


def test_what_was_changed_or_put_out_of_use_stays(seeded):
    Challenge.objects.filter(question_vi__startswith="Một tuần").update(is_active=False, answers="7")
    Statement.objects.filter(code="name").update(valid_to=date(2026, 1, 31))
    Statement.objects.create(code="name", valid_from=date(2026, 2, 1), purpose_vi="Tên", purpose_en="Name")
    before = stored()
    assert seed() == NOTHING
    assert stored() == before


def test_what_was_removed_comes_back_alone(seeded):
    Challenge.objects.filter(question_vi__startswith="Một tuần").delete()
    Statement.objects.filter(code="liability").delete()
    assert seed() == {"questions for people": 1, "texts to accept": 1}


def test_each_row_is_one_that_a_person_could_have_entered(seeded):
    for row in [*Challenge.objects.all(), *Statement.objects.all()]:
        row.full_clean()


def test_each_question_is_asked_once_in_each_language(seeded):
    for name in ("question_vi", "question_en"):
        asked = list(Challenge.objects.values_list(name, flat=True))
        assert len(set(asked)) == len(asked) == 38
        assert all(re.search(r"[?.]$", text) for text in asked)


def test_of_the_words_to_choose_from_one_is_right_in_each_language(seeded):
    choices = re.compile("[:] (.+)[?.]$")
    for row in Challenge.objects.filter(answers__regex=r"\D"):
        for question in (row.question_vi, row.question_en):
            if found := choices.search(question):
                words = re.split(", | hay | or ", found[1])
                if len(words) > 1:
                    assert sum(row.is_answered_by(word) for word in words) == 1, question


@pytest.mark.parametrize(
    ("begins", "typed"),
    [
        ("Viết bằng chữ số: ba cộng bốn", "7"),
        ("Viết bằng chữ số: ba cộng bốn", "Bảy"),
        ("Từ nào là tên con vật", "meo"),
        ("Từ nào là tên con vật", "The cat"),
        ("Sau thứ Hai", "Thứ 3"),
        ("Một tuần", "seven days"),
        ("Viết bằng chữ số: hai mươi", "twenty-one"),
        ("Tỉnh Quảng Ngãi", "VIỆT NAM"),
    ],
)
def test_a_question_is_answered_in_either_language(seeded, begins, typed):
    assert Challenge.objects.get(question_vi__startswith=begins).is_answered_by(typed)


@pytest.mark.parametrize("code", ["liability", "privacy", "publication", "name"])
@pytest.mark.parametrize("day", [date(2017, 4, 29), date(2023, 6, 30), date(2023, 7, 1), date(2026, 1, 1)])
def test_each_text_is_there_on_every_day_since_the_regulation(seeded, code, day):
    row = Statement.objects.current(code, day)
    assert row.text_vi and row.text_en and row.purpose_vi and row.purpose_en
    assert Statement.objects.current(code, date(2017, 4, 28)) is None


@pytest.mark.parametrize(
    ("day", "law"),
    [(date(2017, 4, 29), "86/2015/QH13"), (date(2023, 7, 1), "13/2023/NĐ-CP"), (date(2026, 1, 1), "91/2025/QH15")],
)
def test_the_notice_on_personal_data_names_the_law_of_its_day(seeded, day, law):
    assert law in Statement.objects.current("privacy", day).legal_basis


def test_who_sends_takes_over_the_responsibility_of_article_5_4(seeded):
    assert Statement.objects.current("liability", date(2017, 4, 29)).text_vi == (
        "Tôi chịu trách nhiệm trước pháp luật về thông tin mà mình cung cấp và chịu sự kiểm duyệt của Ban biên tập."
    )
