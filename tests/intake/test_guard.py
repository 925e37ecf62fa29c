"""What holds programs off: each rule lets people through, and costs nobody what was typed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from portal.intake import challenges, throttle
from portal.intake.guard import Limits
from portal.intake.models import Challenge, Count
from portal.intake.stamps import read_stamp
from tests.intake.samples import HERE, THERE, LetterForm, letter, make_challenges, posted, send
from tests.makers import frozen

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.django_db]

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
QUICK = timedelta(seconds=2, milliseconds=900)
TRAP = "This field is a trap for programs. Empty it and send the form again."
ONCE_MORE = (
    "This form was open for more than a day or did not arrive whole. Nothing you typed is lost: please send it once "
    "more."
)
QUESTION = (
    "Please answer this question and send the form once more. It tells people from programs; nothing you typed is lost."
)
WRONG = "That is not the answer. Nothing you typed is lost: please answer this other question."
TOO_OFTEN = (
    "Very much has been sent from your network within the last hour. Please keep what you have typed and send it in an "
    "hour. You can also write a letter, call, or come in person: the contact page tells where."
)


@pytest.fixture(autouse=True)
def questions():
    return make_challenges()


def refusals(form):
    return {name: list(messages) for name, messages in form.errors.items()}


def count(times, network=HERE, scope="thu"):
    with frozen(NOON):
        for _ in range(times):
            throttle.count(throttle.Limit(scope, 1), network)


def answer(form):
    """What a person types who can read."""
    return form.challenge.question_vi.removeprefix("Câu ").removesuffix("?")


def again(form, *, after=timedelta(minutes=2), **changes):
    """The form as its page was shown, sent once more."""
    return send(NOON, form, after=after, **changes)


# --- a person ---------------------------------------------------------------------------------------------------------


def test_a_person_sends_a_form_without_meeting_any_of_it():
    form = send(NOON)
    assert form.is_valid()
    assert "proof" not in form.fields
    assert form.cleaned_data["subject"] == "Hỏi"


def test_the_page_has_a_stamp_a_trap_and_no_question():
    with frozen(NOON):
        form = letter()
    assert list(form.fields) == ["subject", "stamp", "website"]
    assert [field.name for field in form.hidden_fields()] == ["stamp"]
    assert form["website"].value() is None
    assert (form["website"].errors, form.fields["website"].required) == ([], False)


def test_the_token_is_the_same_from_the_first_page_to_the_last():
    with frozen(NOON):
        first = letter()
    form = send(NOON, first, subject="")
    assert refusals(form) == {"subject": ["This field is required."]}
    assert again(form).token == form.token == first.token


def test_sending_counts_only_when_the_caller_says_so():
    form = send(NOON)
    assert not Count.objects.exists()
    with frozen(NOON):
        form.sent()
    assert list(Count.objects.values_list("scope", "network", "window", "number")) == [("thu", HERE, NOON, 1)]


def test_opening_and_sending_a_form_asks_the_database_five_times(django_assert_num_queries):
    with django_assert_num_queries(5):
        assert send(NOON).is_valid()


# --- the trap ---------------------------------------------------------------------------------------------------------


def test_who_fills_in_the_trap_is_told_and_loses_nothing():
    form = send(NOON, website="https://example.com")
    assert refusals(form) == {"website": [TRAP]}
    assert (form["subject"].value(), form["website"].value()) == ("Hỏi", "https://example.com")
    assert again(form, website="").is_valid()


def test_blanks_in_the_trap_are_nothing():
    assert send(NOON, website="  ").is_valid()


# --- the stamp --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stamp", ["", "giả mạo", "\x00", "a:b"])
def test_a_form_without_a_stamp_gets_one_and_is_sent_once_more(stamp):
    form = send(NOON, stamp=stamp)
    assert refusals(form) == {"__all__": [ONCE_MORE]}
    assert form["subject"].value() == "Hỏi"
    with frozen(NOON):
        assert read_stamp(form["stamp"].value()).token == form.token
    assert again(form).is_valid()


def test_a_stamp_of_yesterday_is_renewed_for_the_same_form():
    with frozen(NOON):
        first = letter()
    late = timedelta(hours=24, minutes=1)
    form = send(NOON, first, after=late)
    assert refusals(form) == {"__all__": [ONCE_MORE]}
    assert form.token == first.token
    assert again(form, after=late + timedelta(seconds=1)).is_valid()


def test_a_form_that_was_never_opened_is_no_error_of_the_server():
    with frozen(NOON):
        assert refusals(letter({})) == {"subject": ["This field is required."], "__all__": [ONCE_MORE]}


# --- too quick --------------------------------------------------------------------------------------------------------


def test_who_is_quicker_than_a_person_is_asked_a_question():
    form = send(NOON, after=QUICK)
    assert refusals(form) == {"proof": [QUESTION]}
    assert form.fields["proof"].label == form.challenge.question == challenges.first_for(form.token).question
    assert form["subject"].value() == "Hỏi"
    assert again(form, after=QUICK, proof=answer(form)).is_valid()


def test_after_three_seconds_nothing_is_asked():
    assert send(NOON, after=timedelta(seconds=3)).is_valid()


def test_who_corrects_a_mistake_that_was_sent_quickly_is_not_asked():
    form = send(NOON, after=QUICK, subject="")
    assert refusals(form) == {"subject": ["This field is required."]}
    assert again(form).is_valid()


def test_a_question_that_was_asked_is_asked_until_it_is_answered():
    form = send(NOON, after=QUICK)
    asked = form.challenge
    form = again(form)
    assert refusals(form) == {"proof": ["This field is required."]}
    assert form.challenge == asked
    assert again(form, proof=answer(form)).is_valid()


# --- the question -----------------------------------------------------------------------------------------------------


def test_loading_the_page_again_asks_the_same():
    with frozen(NOON):
        first = letter()
    assert len({send(NOON, first, after=QUICK).challenge for _ in range(5)}) == 1


def test_after_a_wrong_answer_the_next_one_is_asked_in_an_empty_field(questions):
    form = send(NOON, after=QUICK)
    met = [form.challenge]
    for _ in questions:
        form = again(form, proof="sai")
        assert refusals(form) == {"proof": [WRONG]}
        assert form["proof"].value() == ""
        met.append(form.challenge)
    assert set(met) == set(questions)
    assert met[0] == met[-1]
    assert again(form, proof=answer(form)).is_valid()


def test_the_answer_to_the_former_question_is_none():
    form = send(NOON, after=QUICK)
    former = answer(form)
    form = again(form, proof="sai")
    assert refusals(again(form, proof=former)) == {"proof": [WRONG]}


def test_a_right_answer_stays_while_something_else_is_corrected():
    form = send(NOON, after=QUICK)
    right = answer(form)
    form = again(form, proof=right, subject="")
    assert refusals(form) == {"subject": ["This field is required."]}
    assert form["proof"].value() == right
    assert again(form).is_valid()


@pytest.mark.parametrize("change", ["{}", " {}. ", "SỐ {}", "so {}!", "“{}”"])
def test_an_answer_is_one_however_it_is_typed(change):
    form = send(NOON, after=QUICK)
    assert again(form, proof=change.format(answer(form))).is_valid()


@pytest.mark.parametrize(
    ("typed", "sentence"), [("a" * 101, "at most 100"), ("\x00", "Null characters"), ("?!", WRONG)]
)
def test_nonsense_is_no_answer(typed, sentence):
    (refusal,) = refusals(again(send(NOON, after=QUICK), proof=typed))["proof"]
    assert sentence in refusal


def test_the_question_is_asked_in_the_language_of_the_page():
    form = send(NOON, after=QUICK)
    assert form.fields["proof"].label.startswith("Question ")
    with translation.override("vi"):
        assert again(form).fields["proof"].label.startswith("Câu ")


def test_a_question_out_of_use_is_not_asked_and_one_that_was_asked_may_still_be_answered(questions):
    form = send(NOON, after=QUICK)
    Challenge.objects.exclude(pk=form.challenge.pk).delete()
    Challenge.objects.update(is_active=False)
    assert again(form, proof=answer(form)).is_valid()
    assert send(NOON, after=QUICK).is_valid()


def test_a_question_that_was_removed_is_followed_by_another(questions):
    form = send(NOON, after=QUICK)
    form.challenge.delete()
    form = again(form, proof="sai")
    assert refusals(form) == {"proof": [WRONG]}
    assert again(form, proof=answer(form)).is_valid()


def test_without_any_question_nobody_is_kept_out():
    Challenge.objects.all().delete()
    count(2)
    assert send(NOON, after=QUICK).is_valid()
    assert send(NOON, options={"asks_proof": True}).is_valid()


def test_a_form_may_ask_everybody():
    with frozen(NOON):
        first = letter(asks_proof=True)
    assert first.fields["proof"].label == first.challenge.question
    form = send(NOON, first, options={"asks_proof": True})
    assert refusals(form) == {"proof": ["This field is required."]}
    assert again(form, options={"asks_proof": True}, proof=answer(form)).is_valid()
    without = send(NOON, options={"asks_proof": True}, stamp="")
    assert refusals(without) == {"__all__": [ONCE_MORE], "proof": ["This field is required."]}


# --- how often --------------------------------------------------------------------------------------------------------


def test_after_so_many_forms_of_a_network_a_question_is_on_the_page_from_the_beginning():
    count(2)
    with frozen(NOON):
        first = letter()
        assert "proof" not in letter(network=THERE).fields
    assert first.challenge == challenges.first_for(first.token)
    assert send(NOON, first, proof=answer(first)).is_valid()
    assert refusals(send(NOON, first)) == {"proof": ["This field is required."]}


def test_who_had_opened_the_form_before_is_asked_when_sending():
    with frozen(NOON):
        first = letter()
    count(2)
    form = send(NOON, first)
    assert refusals(form) == {"proof": [QUESTION]}
    assert again(form, proof=answer(form)).is_valid()


def test_many_forms_from_everywhere_make_everybody_answer():
    for at in range(6):
        count(1, network=f"{at:032}")
    assert refusals(send(NOON)) == {"proof": ["This field is required."]}


def test_too_many_of_a_network_are_refused_with_other_ways_and_nothing_is_lost():
    count(4)
    with frozen(NOON):
        first = letter()
    form = send(NOON, first, proof=answer(first))
    assert refusals(form) == {"__all__": [TOO_OFTEN]}
    assert form["subject"].value() == "Hỏi"
    assert send(NOON, options={"network": THERE}).is_valid()
    assert send(NOON, first, after=timedelta(hours=1), proof=answer(first)).is_valid()


def test_a_form_may_name_ways_of_its_own():
    class OtherForm(LetterForm):
        too_often = "Hãy gọi 0255 3822 678."

    count(4)
    with frozen(NOON):
        form = OtherForm(posted(letter()), network=HERE, limits=Limits("thu", hard=4))
        assert form.non_field_errors() == ["Hãy gọi 0255 3822 678."]


def test_forms_of_another_scope_are_counted_apart():
    count(4, scope="khác")
    assert send(NOON).is_valid()


def test_a_new_hour_begins_anew():
    count(4)
    assert send(NOON + timedelta(hours=1)).is_valid()
