"""Codes that can be read out, and secrets that are computed, never stored and never guessed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake import keys

CODE = "HD-7K3M-9P2Q"
LETTERS = "[0-9A-HJKMNP-TV-Z]"


def test_a_code_is_eight_letters_that_are_not_mistaken_for_each_other():
    codes = {keys.new_code("HD") for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(f"HD-{LETTERS}{{4}}-{LETTERS}{{4}}", code) for code in codes)


@pytest.mark.parametrize(
    "typed",
    [CODE, "hd-7k3m-9p2q", " HD 7K3M 9P2Q ", "HD7K3M9P2Q", "hd.7k3m.9p2q", "HD–7K3M–9P2Q", "HD\u00a07K3M\u200b-9P2Q\n"],
)
def test_a_code_is_found_however_it_is_typed(typed):
    assert keys.tidy_code(typed) == CODE


def test_letters_that_look_like_digits_are_read_as_such_in_the_code_and_not_in_its_prefix():
    assert keys.tidy_code("TLIO-o1iL-I0OO") == "TLIO-0111-1000"


@pytest.mark.parametrize("typed", ["", "HD", "7K3M9P2Q", "H7K3M9P2", "HD-UUUU-UUUU", "–––", "\x00", "ớ" * 5000])
def test_what_can_be_no_code_is_none(typed):
    assert keys.tidy_code(typed) == ""


@given(st.text())
def test_whatever_is_typed_is_a_code_or_none_and_opens_nothing(typed):
    tidy = keys.tidy_code(typed)
    assert tidy == "" or keys.tidy_code(tidy) == tidy
    assert not keys.opens(CODE, 1, typed)


def test_a_secret_has_26_letters_in_groups(settings):
    settings.SECRET_KEY = "k" * 50
    secret = keys.secret_of(CODE, 1)
    assert [len(group) for group in secret.split("-")] == [5, 4, 4, 4, 4, 5]
    assert re.fullmatch(f"{LETTERS}{{26}}", secret.replace("-", ""))
    assert secret == keys.secret_of(CODE, 1)


def test_all_bits_of_a_secret_differ_from_case_to_case():
    letters = [keys.secret_of(f"HD-0000-{at:04}", 1).replace("-", "") for at in range(300)]
    assert len(set(letters)) == 300
    assert all(len(set(column)) > 20 for column in zip(*letters, strict=True))


@pytest.mark.parametrize("change", [str, str.lower, lambda secret: secret.replace("-", ""), lambda s: f" {s}\n"])
def test_a_secret_opens_its_case_however_it_is_typed(change):
    assert keys.opens(CODE, 1, change(keys.secret_of(CODE, 1)))


def test_digits_typed_as_letters_open_too():
    codes = [f"HD-0000-{at:04}" for at in range(50)]
    for code in codes:
        secret = keys.secret_of(code, 1)
        assert keys.opens(code, 1, secret.replace("0", "O").replace("1", "l"))
        assert keys.opens(code, 1, secret.replace("0", "o").replace("1", "I"))


def test_a_secret_opens_no_other_case_and_no_other_edition():
    secret = keys.secret_of(CODE, 1)
    assert not keys.opens("HD-7K3M-9P2R", 1, secret)
    assert not keys.opens(CODE, 2, secret)
    assert not keys.opens(CODE, 1, keys.secret_of(CODE, 2))


@pytest.mark.parametrize("change", [lambda s: s[:-1], lambda s: s + "0", lambda s: "", lambda s: "ớ" * 26])
def test_what_is_nearly_the_secret_opens_nothing(change):
    assert keys.opens(CODE, 1, change(keys.secret_of(CODE, 1))) is False


def test_links_outlive_a_change_of_the_key_as_long_as_the_former_is_named(settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "cũ" * 30, []
    secret, token = keys.secret_of(CODE, 1), keys.token_of("rating", 7)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "mới" * 30, ["cũ" * 30]
    assert keys.secret_of(CODE, 1) != secret
    assert keys.opens(CODE, 1, secret) and keys.opens(CODE, 1, keys.secret_of(CODE, 1))
    assert keys.opens_token("rating", 7, token)
    settings.SECRET_KEY_FALLBACKS = []
    assert not keys.opens(CODE, 1, secret)
    assert not keys.opens_token("rating", 7, token)


def test_a_token_is_good_for_one_purpose_and_one_value():
    token = keys.token_of("rating", 7)
    assert re.fullmatch(f"{LETTERS}{{26}}", token)
    assert keys.opens_token("rating", 7, token)
    assert not keys.opens_token("rating", 8, token)
    assert not keys.opens_token("unsubscribe", 7, token)
    assert not keys.opens_token("rating", 7, "")


def test_a_token_is_no_secret_of_a_case():
    assert not keys.opens(CODE, 1, keys.token_of("secret", f"{CODE}/1"))
