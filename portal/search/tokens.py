"""What an entry is found by: the tokens of its texts, its numbers, its day and its facets.

duong           a word, without diacritics        =đường      a word as written, where that differs
duong_sat       two words that follow each other  ^duong      a word of the title; ^=đường as written
+duong          a word of title or summary        #…          a document number
~…              language, month, site, kind, facets
"""

from itertools import chain, pairwise

from portal.text.fold import exact, fold
from portal.text.numbers import number_key

FORMAT = "~2"  # raised whenever an entry gets other tokens than before
LONGEST_WORD = 40
# PostgreSQL stores at most a megabyte of tokens in a row; this is the text of some thousand pages
MOST_TOKENS = 50_000


def typed_words(text):
    """The words in lower case with their diacritics, tone marks where the old style puts them."""
    return [word[:LONGEST_WORD] for word in exact(text).split()]


def folded_words(typed):
    return [fold(word) for word in typed]


def written(word):
    """The token of a word as written."""
    return f"={word}" if fold(word) != word else word


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


def facet_token(name, code):
    return f"~f{name}.{code}"


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


def words_of(*, title, summary, texts):
    """The tokens of the texts, what matters most first."""
    title, summary = typed_words(title), typed_words(summary)
    texts = [typed_words(text) for text in texts]
    folded = [folded_words(text) for text in (title, summary, *texts)]
    yield from (f"^{word}" for word in folded[0])
    yield from (f"^{written(word)}" for word in title)
    yield from (f"+{word}" for word in chain(*folded[:2]))
    for text in folded:
        yield from text
    for text in (title, summary, *texts):
        yield from (written(word) for word in text)
    for text in folded:
        yield from pairs(text)


def joined(*groups):
    """Each token once, as the column of the row takes them."""
    tokens = {}
    for token in chain(*groups):
        tokens[token] = None
        if len(tokens) == MOST_TOKENS:
            break
    return " ".join(tokens)
