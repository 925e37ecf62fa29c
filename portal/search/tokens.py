"""What an entry is found by: the tokens of its texts, its numbers, its day and its facets.

duong           a word, without diacritics        =đường      a word as written, where that differs
duong_sat       two words that follow each other  ^duong      a word of the title; ^=đường as written
+duong          a word of title or summary        #…          a document number
~…              language, month, site, kind, facets
"""

from itertools import chain, islice, pairwise

from portal.text.fold import exact, fold
from portal.text.numbers import number_key

FORMAT = "~2"  # raised whenever an entry gets other tokens than before
LONGEST_WORD = 40
# PostgreSQL stores at most a megabyte of tokens in a row; this is the text of some thousand pages
MOST_TOKENS = 50_000


def typed_words(text):
    """The words in lower case with their diacritics, tone marks where the old style puts them."""
    # in lower case İ would fall apart into a letter and a dot, which ends the word
    return [word[:LONGEST_WORD] for word in exact(text.replace("İ", "I")).split()]


def folded_words(typed):
    return [fold(word) for word in typed]


def written(word):
    """The token of a word as written."""
    return f"={word}" if fold(word) != word else word


def _as_written(typed, folded):
    """The words that are written otherwise than they are folded, as `written` has them."""
    return [f"={one}" for one, other in zip(typed, folded, strict=True) if one != other]


def pairs(folded):
    return [f"{first}_{second}" for first, second in pairwise(folded)]


def language_token(language):
    return f"~{language}"


def year_token(language, year):
    return f"~{language}{year}"


def month_token(language, year, month):
    return f"~{language}{year}-{month:02}"


def site_token(agency_id):
    return f"~s{agency_id}"


def kind_token(category):
    return f"~k{category}"


def facet_token(facet):
    """Of a facet as an entry carries it: `loai.3`."""
    return f"~f{facet}"


def number_tokens(number, day):
    """What readers may know of a `numbers.Number`, and of the day of the document that has it."""
    yield key_token(number_key(number.text))
    yield f"#s{number.serial}"
    yield f"#d{day.year}"
    if number.year:
        yield f"#y{number.year}"
    if number.type_code:
        yield f"#t{fold(number.type_code)}"


def key_token(key):
    return f"#k{'_'.join(folded_words(typed_words(key)))}"


class Said:
    """The words of an item's texts: what is found (`tokens`), ranked by (`lead`, `lead_folded`) and where phrases are
    read (`folded`). Reads each text once: most of the time of a rebuild is spent here."""

    def __init__(self, title, summary, texts, files):
        typed = [typed_words(text) for text in (title, summary, *texts, *files)]
        folded = [fold(" ".join(words)).split(" ") if words else [] for words in typed]
        self.lead, self.lead_folded = _lead(typed), _lead(folded)
        self.folded = f" {' '.join(chain(*folded[: 2 + len(texts)]))} "
        self.tokens = list(dict.fromkeys(_tokens(typed, folded)))


def _lead(words):
    return "|".join(f" {' '.join(part)} " for part in words[:2])


def _tokens(typed, folded):
    """What matters most comes first: a row has room for so many."""
    written_words = [_as_written(*rows) for rows in zip(typed, folded, strict=True)]
    yield from (f"^{word}" for word in folded[0])
    yield from (f"^{word}" for word in written_words[0])
    yield from (f"+{word}" for word in chain(*folded[:2]))
    yield from chain(*folded)
    yield from chain(*written_words)
    for words in folded:
        yield from pairs(words)


def joined(*groups):
    """Each token once, as the column of the row takes them."""
    return " ".join(islice(dict.fromkeys(chain(*groups)), MOST_TOKENS))
