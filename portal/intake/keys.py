"""How a case is followed without an account: by a code that may be read out, and a secret that is never stored."""

import re
import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # base32 as Crockford writes it: nothing that looks like something else
READ_AS = str.maketrans("OIL", "011")
NO_LETTER = re.compile("[^0-9A-Z]")
CODE_LETTERS = 8
SECRET_LETTERS = 26  # 130 bits
SECRET_GROUPS = (5, 4, 4, 4, 4, 5)
LONGEST_TYPED = 200


def new_code(prefix):
    """A public code, "HD-7K3M-9P2Q". One in 2^40 may be taken already: the caller's table is to be unique."""
    return _code(prefix, "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS)))


def tidy_code(typed):
    """The code as `new_code` writes it, however it was typed; empty for what can be none."""
    letters = _letters(typed)
    prefix, rest = letters[:-CODE_LETTERS], letters[-CODE_LETTERS:].translate(READ_AS)
    return _code(prefix, rest) if prefix and set(rest) <= set(ALPHABET) else ""


def _code(prefix, letters):
    return f"{prefix}-{letters[:4]}-{letters[4:]}"


def _letters(typed):
    return NO_LETTER.sub("", typed[:LONGEST_TYPED].upper())


def secret_of(code, edition):
    """The secret of a case in groups, for its link. Raising the case's `edition` makes the former one void."""
    letters, groups = _derive(settings.SECRET_KEY, "secret", f"{code}/{edition}"), []
    for length in SECRET_GROUPS:
        groups.append(letters[:length])
        letters = letters[length:]
    return "-".join(groups)


def opens(code, edition, typed):
    """Whether this is the secret of the case, however it was typed; also one that a former SECRET_KEY gave.

    It takes as long for a case that does not exist: ask it then too, with the code as it was typed.
    """
    return _is_derived("secret", f"{code}/{edition}", typed)


def token_of(purpose, value):
    """What a link holds that is good for one purpose; `value` is to change when the link has done its work."""
    return _derive(settings.SECRET_KEY, f"token.{purpose}", str(value))


def opens_token(purpose, value, typed):
    return _is_derived(f"token.{purpose}", str(value), typed)


def _derive(key, purpose, value):
    digest = salted_hmac(f"portal.intake.keys.{purpose}", value, secret=key, algorithm="sha256").digest()
    bits = int.from_bytes(digest)
    return "".join(ALPHABET[bits >> 5 * at & 31] for at in range(SECRET_LETTERS))


def _is_derived(purpose, value, typed):
    letters = _letters(typed).translate(READ_AS)
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    # every key is tried, whichever fits: the time it takes tells nothing
    return sum(constant_time_compare(_derive(key, purpose, value), letters) for key in keys) > 0
