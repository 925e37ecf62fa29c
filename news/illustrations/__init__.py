"""Draws the flat illustrations beside demonstration articles: the same motif and seed give the same picture."""

import random

from news.illustrations import coast, country, institutions, town
from news.illustrations.canvas import PALETTES, STORMS, Scene

SCENES = {
    "sea": coast.sea,
    "island": coast.island,
    "harbour": coast.harbour,
    "fishing": coast.fishing,
    "beach": coast.beach,
    "mountain": country.mountain,
    "forest": country.forest,
    "ricefield": country.ricefield,
    "river": country.river,
    "bridge": town.bridge,
    "road": country.road,
    "city": town.city,
    "industry": town.industry,
    "meeting": institutions.meeting,
    "office": institutions.office,
    "school": institutions.school,
    "hospital": institutions.hospital,
    "festival": town.festival,
    "storm": coast.storm,
    "market": town.market,
    "heritage": country.heritage,
    "sport": town.sport,
}
MOTIFS = tuple(SCENES)


def draw(motif, seed, size=(1200, 675)):
    """A picture of one of the `MOTIFS`; neighbouring whole-number seeds differ in time of day."""
    rnd = random.Random(f"{motif} {seed}")
    hours = STORMS if motif == "storm" else PALETTES
    scene = Scene(rnd, hours[(seed + MOTIFS.index(motif)) % len(hours)])
    SCENES[motif](scene)
    return scene.picture(size)
