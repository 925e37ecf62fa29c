"""Where a text names other documents, or its own provisions, and the links that this makes."""

import datetime
import re
import unicodedata
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from documents.anchors import step
from portal.text.numbers import TYPES, normalise_number, number_key, parse_number

# blanks are counted, so that no run of them is read twice
BLANK = r"\s{1,4}"
NAMES = "|".join(f"{name[0]}{name[1:]}|{name[0].lower()}{name[1:]}" for name in sorted(TYPES.values(), key=len)[::-1])
NAMES = NAMES.replace(" ", BLANK)
WORD = r"[^\W\d_][^\W_]{0,14}"
DASH = "[-\u2010-\u2014]"
NUMBER = (
    r"(?<![\w/.,-])[0-9]{1,5}[A-Za-zĐđ]?"
    rf"(?:(?:/(?:19|20)[0-9]{{2}})?/(?:(?:UBTV)?QH[0-9]{{1,2}}|{WORD}(?:\s?{DASH}\s?|/){WORD}(?:{DASH}{WORD}){{0,4}})"
    rf"|{DASH}[^\W\d_]{{1,5}}/{WORD})(?![\w/])"
)
DAY = (
    r"(?P<day>[0-9]{1,2})"
    rf"(?:(?P<mark>[/.-])(?P<month>[0-9]{{1,2}})(?P=mark)|{BLANK}tháng{BLANK}(?P<named>[0-9]{{1,2}}){BLANK}năm{BLANK})"
    r"(?P<year>(?:19|20)[0-9]{2})(?![0-9])"
)
CITATION = re.compile(
    rf"(?:\b(?P<type>{NAMES}){BLANK})?(?:[Ss]ố\s{{0,2}}:?\s{{0,2}})?(?P<number>{NUMBER})"
    rf"(?P<dated>,?{BLANK}(?:ký{BLANK}|ban{BLANK}hành{BLANK})?ngày{BLANK}{DAY})?"
)
ACTS = "Quy chế|Quy định|Quyết định|Nghị quyết|Nghị định|Thông tư|Chỉ thị|Kế hoạch|Điều lệ|Bộ luật|Luật|Pháp lệnh"
ISSUING_ACTS = {"quyết định", "nghị quyết", "nghị định", "thông tư"}
LETTER = "[abcdđeghiklmnopqrstuvxy][0-9]?"
CLAUSE = "[0-9]{1,3}[a-zđ]?"
AND = rf"(?:\s?,\s?(?:và{BLANK})?|{BLANK}và{BLANK}|{BLANK}hoặc{BLANK})"
POINTS = rf"[Đđ]iểm{BLANK}{LETTER}(?:{AND}(?:điểm{BLANK})?{LETTER}){{0,20}}"
CLAUSES = rf"[Kk]hoản{BLANK}{CLAUSE}(?:{AND}(?:[Kk]hoản{BLANK})?{CLAUSE}){{0,20}}"
INTERNAL = re.compile(
    rf"\b(?:(?P<points>{POINTS}),?{BLANK})?(?:(?P<clauses>{CLAUSES}),?{BLANK})?"
    rf"(?P<article>Điều{BLANK}(?P<number>[0-9]{{1,4}}[a-zđ]?)"
    rf",?{BLANK}(?:của{BLANK})?(?P<act>{ACTS.replace(' ', BLANK)}|{ACTS.lower().replace(' ', BLANK)}){BLANK}này)\b"
)
ITEM = re.compile(rf"(?:(?:[Đđ]iểm|[Kk]hoản){BLANK})?(?P<number>{CLAUSE}|{LETTER})(?!\w)")


@dataclass(frozen=True)
class Citation:
    """Another document, as named at text[start:end] (NFC); `type_name` is empty where nothing tells it."""

    start: int
    end: int
    type_name: str
    number: str
    date: datetime.date | None = None


@dataclass(frozen=True)
class Reference:
    """A provision of the text itself, as named at text[start:end] (NFC); `act` is what the text calls itself."""

    start: int
    end: int
    anchor: str
    act: str


def find_citations(text):
    """The documents that a text names, in their order. Offsets are those of the text in NFC."""
    text = unicodedata.normalize("NFC", text)
    found = (_citation(match) for match in CITATION.finditer(text))
    return [citation for citation in found if citation]


def _citation(match):
    try:
        number = parse_number(match["number"])
    except ValueError:
        return None
    day = _day(match)
    printed = " ".join((match["type"] or "").split())
    return Citation(
        start=match.start(),
        end=match.end() if day or not match["dated"] else match.start("dated"),
        type_name=printed[:1].upper() + printed[1:] or TYPES.get(number.type_code, ""),
        number=normalise_number(match["number"]),
        date=day,
    )


def _day(match):
    """The date of issue; None where there is none in the calendar."""
    if not match["dated"]:
        return None
    try:
        return datetime.date(int(match["year"]), int(match["month"] or match["named"]), int(match["day"]))
    except ValueError:
        return None


def find_internal(text):
    """The provisions of its own that a text names ("khoản 2 Điều 8 của Quy chế này"). Offsets as in NFC."""
    text = unicodedata.normalize("NFC", text)
    return [reference for match in INTERNAL.finditer(text) for reference in _references(text, match)]


def _references(text, match):
    """One for the whole where one provision is named, otherwise one for each that is listed."""
    article = f"dieu-{step(match['number'])}"
    clauses, points = (_items(text, match, group) for group in ("clauses", "points"))
    if len(clauses) > 1:  # points would belong to the last clause alone: only clauses are sure
        return [*_listed(clauses, f"{article}-khoan", match), _reference(match, article, "article")]
    clause = f"{article}-khoan-{step(clauses[0]['number'])}" if clauses else article
    if len(points) > 1:
        return [
            *_listed(points, f"{clause}-diem", match),
            _reference(match, clause, "clauses" if clauses else "article"),
        ]
    point = f"{clause}-diem-{_letter(points[0]['number'])}" if points else clause
    return [Reference(match.start(), match.end(), point, _act(match))]


def _items(text, match, group):
    return list(ITEM.finditer(text, *match.span(group))) if match[group] else []


def _listed(items, base, match):
    is_point = base.endswith("diem")
    for item in items:
        last = _letter(item["number"]) if is_point else step(item["number"])
        yield Reference(item.start(), item.end(), f"{base}-{last}", _act(match))


def _reference(match, anchor, group):
    return Reference(match.start(group), match.end(), anchor, _act(match))


def _letter(number):
    return number.replace("đ", "dd")


def _act(match):
    return " ".join(match["act"].split())


def link(text, targets, *, anchors=frozenset(), prefix="vb"):
    """The text, escaped, with links to `targets` ({number key: [(date, url), …]}) and to its own `anchors`."""
    text = unicodedata.normalize("NFC", text)
    links = [(found.start, found.end, _address(found, targets)) for found in find_citations(text)] if targets else []
    own = find_internal(text) if anchors else []
    links += [(found.start, found.end, _fragment(found, anchors, prefix)) for found in own]
    return _linked(text, sorted(entry for entry in links if entry[2]))


def _linked(text, links):
    pieces, at = [], 0
    for start, end, url in links:
        if start >= at:
            pieces += [escape(text[at:start]), format_html('<a href="{}">{}</a>', url, text[start:end])]
            at = end
    return mark_safe("".join([*pieces, escape(text[at:])]))  # every piece is escaped


def _address(citation, targets):
    """Numbers begin anew each year and with each agency: with two dates known it is the date that decides."""
    known = targets.get(number_key(citation.number), [])
    if citation.date:
        same_day = [url for day, url in known if day == citation.date]
        known = [(None, url) for url in same_day] or [entry for entry in known if entry[0] is None]
    return known[0][1] if len(known) == 1 else None


def _fragment(reference, anchors, prefix):
    """A decision that issues a regulation calls itself "Quyết định này", and has anchors of its own."""
    issuing = reference.act.lower() in ISSUING_ACTS and any(anchor.startswith(f"{prefix}-dieu-") for anchor in anchors)
    anchor = f"{prefix}-{reference.anchor}" if issuing else reference.anchor
    return f"#{anchor}" if anchor in anchors else None
