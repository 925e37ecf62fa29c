"""Names of persons in a text: after a title or a label, or by the family name they begin with.

Streets, schools and communes are named after persons, and many family names are everyday words (hồ, cao, mai): what
stands before a name and how it is written decide.
"""

import re
from typing import NamedTuple

from portal.text.fold import fold
from portal.text.personal_words import (
    BARE_SECOND,
    BEARERS,
    CLOSINGS,
    COMMEMORATED,
    EVERYDAY_FAMILIES,
    FAMILIES,
    FAMILIES_IN_CAPITALS,
    FAMILIES_IN_LOWER_CASE,
    LABELS,
    LATE_STOPS,
    NOT_TITLES,
    OFFICES,
    PLACES,
    PRESENTING,
    SECOND,
    SECOND_IN_LOWER_CASE,
    STOPS,
    SURE_FAMILIES,
    TITLES,
)
from portal.text.syllables import ONSETS, RIMES, is_syllable

ASIDE = r"(?:\s?\([^()\n]{0,40}\))?"
COLON = r"[ \xa0]{0,2}:?\s{0,2}"
INTRODUCTION = re.compile(
    rf"(?<!\w)(?<!các )(?<!quý )(?<!những )(?<!trẻ )(?<!anh )(?<!chị )"
    rf"(?:(?P<closing>{CLOSINGS})(?!\w)[!.,]{{0,3}}{ASIDE}[ ]{{0,2}}\n\s{{0,4}}"
    rf"|(?:(?P<label>{LABELS})|(?P<presenting>{PRESENTING}))(?!\w){ASIDE}{COLON}(?:(?:{TITLES})(?!\w){COLON})?"
    rf"|(?P<title>{TITLES})(?!\w){ASIDE}[ \xa0]{{0,2}}:?[ \xa0]{{0,2}})(?=[^\W\d_])",
    re.IGNORECASE,
)
LEADING_TITLE = re.compile(rf"\s*(?:(?:{TITLES})[\s.:]+)+", re.IGNORECASE)
BEARER = re.compile(rf"(?<!\w)(?:{BEARERS})(?:\s{{1,2}}số)?(?:\s{{1,2}}\d{{1,4}})?[\s\"“'(:]{{1,3}}$", re.IGNORECASE)
OFFICER = re.compile(
    r"(?:chủ tịch|bí thư|cán bộ|trưởng|công an|đại biểu|địa chính|tư pháp)(?!\w)[^,.;:\n]{0,20}$", re.IGNORECASE
)
WORD = re.compile(r"[^\W\d_]+")
# without diacritics a syllable lacks its hat and its tone: Quoc, Tuan
BARE_SYLLABLE = re.compile(rf"(?:{ONSETS})(?:{'|'.join(sorted(fold(RIMES).split(), key=len, reverse=True))})")
LONGEST = 5


class Word(NamedTuple):
    start: int
    end: int
    text: str
    joined: bool


def names(text):
    """Where names stand: (start, end)."""
    words, introductions = _words(text), {match.end(): match for match in INTRODUCTION.finditer(text)}
    index = 0
    while index < len(words):
        start, introduction = words[index].start, introductions.get(words[index].start)
        count = _introduced(words, index, introduction) if introduction else 0
        if count == 1:
            # "Bình" alone is part of many place names, "ông Bình" is not
            yield introduction.start(), words[index].end
        elif count or (count := _by_family(words, index) or _in_lower_case(words, index)):
            end = words[index + count - 1].end
            if introduction or not _is_place(text, start, end):
                yield start, end
        index += count or 1


def _words(text):
    words, end = [], 0
    for match in WORD.finditer(text):
        joined = 0 < match.start() - end <= 2 and text[end : match.start()].strip(" \xa0") == ""
        words.append(Word(match.start(), match.end(), match[0], joined))
        end = match.end()
    return words


def _run(words, index):
    """How many capitalised words from here could be one name."""
    fits, count = _is_capitals if _in_capitals(words[index].text) else _is_title_case, 0
    for word in words[index : index + LONGEST]:
        if not fits(word.text) or (count and not word.joined) or _is_stop(word.text.lower(), count):
            break
        count += 1
    return count


def _in_capitals(word):
    return len(word) > 1 and word.isupper()


def _is_capitals(word):
    return word.isupper() and (len(word) == 1 or is_syllable(word))


def _is_title_case(word):
    return word[0].isupper() and (len(word) == 1 or word[1:].islower())


def _is_stop(word, position):
    return word in STOPS or (position > 2 and word in LATE_STOPS)


def _lower(words, index):
    return words[index].text.lower() if index < len(words) else ""


def _introduced(words, index, introduction):
    word, count = words[index].text, _run(words, index)
    if not count:
        return _labelled_in_lower_case(words, index, introduction)
    following = words[index + 1] if index + 1 < len(words) and words[index + 1].joined else None
    title = introduction[0].split()[-1]
    if (following and _pair(word, following.text) in OFFICES) or _pair(title, word) in NOT_TITLES:
        return 0
    # "ông A" hides a name already
    if count == 1 and (len(word) == 1 or introduction["closing"] or (introduction["presenting"] and following)):
        return 0
    return _within_capitals(words, index, count)


def _pair(first, second):
    return f"{first} {second}".lower()


def _labelled_in_lower_case(words, index, introduction):
    family, second = _lower(words, index), _lower(words, index + 1)
    is_sure = family in FAMILIES_IN_LOWER_CASE or (family in FAMILIES and second in SECOND_IN_LOWER_CASE)
    is_labelled = introduction["label"] or introduction["presenting"]
    return _count_in_lower_case(words, index) if is_labelled and is_sure else 0


def _in_lower_case(words, index):
    """Three syllables such as "nguyễn văn an", wherever they stand."""
    is_sure = _lower(words, index) in FAMILIES_IN_LOWER_CASE and _lower(words, index + 1) in SECOND_IN_LOWER_CASE
    count = _count_in_lower_case(words, index) if is_sure else 0
    return count if count > 2 else 0


def _count_in_lower_case(words, index):
    """Nothing says where such a name ends: three syllables, or four with "thị" before a comma."""
    count = 1
    while count < LONGEST and index + count < len(words) and words[index + count].joined:
        count += 1
    if count == 1 or (count == 4 and _lower(words, index + 1) in {"thị", "thi"}):
        return count if count > 1 else 0
    return min(count, 3)


def _within_capitals(words, index, count):
    """A sentence all in capitals does not say either: three syllables, four with "THỊ"."""
    after = index + count
    goes_on = count == LONGEST and after < len(words) and words[after].joined and words[after].text.isupper()
    if goes_on and _in_capitals(words[index].text):
        return 4 if _lower(words, index + 1) == "thị" else 3
    return count


def _by_family(words, index):
    word, count = words[index].text, _run(words, index) if _lower(words, index) in FAMILIES else 0
    if count < 2 or _pair(word, words[index + 1].text) in PLACES:
        return 0
    after_capitals = words[index].joined and _in_capitals(words[index - 1].text)
    if _in_capitals(word) and (after_capitals or count == LONGEST):
        return _within_capitals(words, index, count) if count > 2 and _is_sure_in_capitals(words, index) else 0
    is_sure = word.lower() in SURE_FAMILIES or (count > 2 and _has_usual_second(words, index, count))
    return _syllables(words, index, count) if is_sure else 0


def _is_sure_in_capitals(words, index):
    return _lower(words, index) in FAMILIES_IN_CAPITALS or _lower(words, index + 1) in SECOND


def _has_usual_second(words, index, count):
    if _lower(words, index) in EVERYDAY_FAMILIES and _lower(words, index + 1) in SECOND:
        return True
    return all(word.text.isascii() for word in words[index : index + count]) and _lower(words, index + 1) in BARE_SECOND


def _syllables(words, index, count):
    """The words before the first that is no Vietnamese syllable; a name has two at least."""
    for position in range(1, count):
        if not _is_spoken(words[index + position].text):
            return position if position > 1 else 0
    return count


def _is_spoken(word):
    return len(word) == 1 or is_syllable(word) or bool(BARE_SYLLABLE.fullmatch(word.lower()))


def _is_place(text, start, end):
    """Named after a person: the name is one of those, or the word before it says so."""
    if is_commemorated(text[start:end]):
        return True
    before = text[max(0, start - 40) : start]
    bearer = BEARER.search(before)
    # the chairman of a commune may have a name himself
    is_person = len(text[start:end].split()) > 2 and bearer and OFFICER.search(f"{before[: bearer.start()]} ")
    return bool(bearer) and not is_person


def is_commemorated(name):
    return " ".join(fold(name).split()) in COMMEMORATED


def known_parts(name):
    """The spellings of somebody's name: in lower case, and two or more of its words that follow each other."""
    words = LEADING_TITLE.sub("", name).split()
    ends = [(first, last) for first in range(len(words)) for last in range(first + 2, len(words) + 1)]
    return [" ".join(words).lower(), *(" ".join(words[first:last]) for first, last in ends)] if ends else []
