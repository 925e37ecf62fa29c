"""What tests read in a rendered page: elements in their order, words with their language, mistakes of nesting."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "path", "circle", "wbr"}
UNSEEN = {"script", "style", "title"}


@dataclass
class Element:
    tag: str
    attributes: dict
    parents: list = field(repr=False)
    words: str = ""

    def __getitem__(self, name):
        return self.attributes[name]

    def get(self, name, default=None):
        return self.attributes.get(name, default)

    @property
    def classes(self):
        return (self.get("class") or "").split()

    @property
    def lang(self):
        """The language the element is written in, its own or an outer one."""
        return next((row["lang"] for row in [self, *reversed(self.parents)] if row.get("lang")), None)

    @property
    def text(self):
        return " ".join(self.words.split())


class Page(HTMLParser):
    def __init__(self, source):
        super().__init__()
        self.source, self.elements, self.open, self.mistakes = source, [], [], []
        self.pieces = []
        self.feed(source)
        self.close()
        self.mistakes += [f"<{element.tag}> is never closed" for element in self.open]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs), list(self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(Element(tag, dict(attrs), list(self.open)))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1].tag != tag:
            self.mistakes.append(f"line {self.getpos()[0]}: </{tag}> closes nothing")
        else:
            self.open.pop()

    def handle_data(self, data):
        for element in self.open:
            element.words += data
        if self.open and self.open[-1].tag not in UNSEEN and data.strip():
            self.pieces.append((self.open[-1].lang, " ".join(data.split())))

    def all(self, *tags, **attributes):
        """The elements of these tags (of any, if none is named) that have the attributes: class_ names one class."""
        wanted = attributes.pop("class_", None)
        return [
            element
            for element in self.elements
            if (not tags or element.tag in tags)
            and (wanted is None or wanted in element.classes)
            and all(element.get(name) == value for name, value in attributes.items())
        ]

    def one(self, *tags, **attributes):
        (found,) = self.all(*tags, **attributes)
        return found

    @property
    def text(self):
        return " ".join(words for _lang, words in self.pieces)

    def words_in(self, language):
        """What the page says in one language, names of the other left out."""
        return " ".join(words for lang, words in self.pieces if lang == language)

    @property
    def main(self):
        return self.one("main").text

    @property
    def links(self):
        return [element["href"] for element in self.all("a") if element.get("href")]

    @property
    def titles(self):
        """The titles of the cards or hits in the main part, in their order."""
        marked = self.all(class_="card-title") + self.all(class_="hit-title")
        return [element.text for element in marked]


def read(response):
    return Page(response.content.decode())
