"""What the content apps publish. Each app's category.py registers; addresses, lists, search and tests read it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Chore:
    """What the worker does for a category. `work` reads what is to be done from rows and may be broken off anywhere."""

    name: str
    every: timedelta
    work: Callable  # () -> how many rows it dealt with


@dataclass(frozen=True)
class Choice:
    """One choice of a facet. `values` are what items carry for it: a branch of a tree has those below it too."""

    code: str
    label: str
    values: tuple


@dataclass(frozen=True)
class Facet:
    """By what readers narrow a search to items of a category. The items carry the values, see Publishable.facets()."""

    name: str
    title: str
    choices: Callable  # () -> [Choice]; one query at most


@dataclass(frozen=True)
class LiveFacet(Facet):
    """One that the clock and other items move. The index knows what it was when it last looked, in codes; what is shown
    is asked anew."""

    codes: Callable = None  # primary keys -> {primary key: (code, label)}; one query


@dataclass(frozen=True)
class Category:
    """One kind of content. `points` are the points of Article 8.2 that it serves."""

    code: str
    model: type
    title: str
    prefix: str  # first part of its addresses, Vietnamese without diacritics
    urls: str  # dotted path of its URL module
    points: tuple
    english_required: bool = False  # Article 8.3
    duties: tuple = ()  # of publishing.duties.Duty: which date of an item starts which rule of Article 9
    sections: Callable = tuple  # () -> [Section]: what home, menu and site map show; one query at most
    chores: tuple = ()  # of Chore
    portal_only: bool = False  # on the portal itself, not on member sites
    headlines: bool = False  # its items may open a home page
    facets: tuple = ()  # of Facet and LiveFacet
    index_select: tuple = ()  # what the rebuild of the index reads with the items
    index_prefetch: tuple = ()


@dataclass(frozen=True)
class Section:
    """A part of a category with a list of its own, as rubrics are."""

    code: str
    title: str
    path: str
    description: str = ""
    parent: str = ""
    point: str = ""


_categories = {}


def register(category):
    if category.code in _categories:
        raise ValueError(f"Two categories are called {category.code}")
    _categories[category.code] = category


def categories():
    return list(_categories.values())


def category(code):
    """Raises KeyError for an unknown code."""
    return _categories[code]


def category_of(item):
    return next(row for row in _categories.values() if row.model is type(item))


def duties_of(item):
    """What the item's category declares; nothing for a model that no category registers."""
    return next((row.duties for row in _categories.values() if row.model is type(item)), ())
