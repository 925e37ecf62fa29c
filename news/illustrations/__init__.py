"""Draws the flat illustrations beside demonstration articles: the same motif and seed give the same picture."""

import random

from news.illustrations.canvas import PALETTES, STORMS, Scene
from news.illustrations.scenes import SCENES

MOTIFS = tuple(SCENES)


def draw(motif, seed, size=(1200, 675)):
    """A picture of one of the `MOTIFS`; neighbouring whole-number seeds differ in time of day."""
    rnd = random.Random(f"{motif} {seed}")
    hours = STORMS if motif == "storm" else PALETTES
    scene = Scene(rnd, hours[(seed + MOTIFS.index(motif)) % len(hours)])
    SCENES[motif](scene)
    return scene.picture(size)
