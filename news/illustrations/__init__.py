"""Draws the flat illustrations beside demonstration articles: the same motif and seed give the same picture."""

import random

from PIL import Image

from news.illustrations import canvas, scenes

MOTIFS = (
    "sea island harbour fishing beach mountain forest ricefield river bridge road city industry meeting "
    "office school hospital festival storm market heritage sport"
).split()


def draw(motif, seed, size=(1200, 675)):
    """A picture of one of the `MOTIFS`; neighbouring whole-number seeds differ in time of day."""
    if motif not in MOTIFS:
        raise ValueError(f"no such motif: {motif}")
    rnd = random.Random(f"{motif} {seed}")  # noqa: S311
    hour = (seed + MOTIFS.index(motif)) % len(canvas.PALETTES)
    scene = canvas.Scene(rnd, canvas.STORM if motif == "storm" else canvas.PALETTES[hour])
    getattr(scenes, motif)(scene)
    return scene.picture(size)
