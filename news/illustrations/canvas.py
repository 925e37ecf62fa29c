"""The canvas of an illustration: shapes under one light, sky, water and land."""

from functools import cache, lru_cache
from itertools import pairwise
from math import pi, sin
from typing import NamedTuple

from PIL import Image, ImageColor, ImageDraw, ImageOps

UNIT = 150  # pixels; a scene is 16 units wide and 9 high, y grows downwards


class Palette(NamedTuple):
    """A time of day: the sky from top to horizon, its light, and the tint that falls on everything."""

    top: str
    middle: str
    low: str
    sun: str
    haze: str
    tint: str
    strength: float
    lit: bool = False


PALETTES = (  # neighbours differ clearly, for pictures are shown side by side
    Palette("#3f9ad2", "#9bd4ee", "#eaf6ee", "#fffbe6", "#d0e9ee", "#2f6f8f", 0.08),
    Palette("#e0874f", "#f5b86c", "#fdebbd", "#fff6d5", "#f4cb94", "#9a4a36", 0.24),
    Palette("#4fa8a0", "#a9d8c6", "#f6f0d2", "#fff8dc", "#d9ead6", "#2f7268", 0.14),
    Palette("#2d2d63", "#93507f", "#f4936c", "#ffdca6", "#b06f8e", "#3a2b66", 0.34, True),
    Palette("#6db1de", "#c3e1ec", "#fdf0d4", "#fffbe8", "#e2e9df", "#54759a", 0.1),
    Palette("#5f86b8", "#f0b9a6", "#ffe3bd", "#fff3d6", "#f3cdb6", "#7d5a86", 0.24),
    Palette("#4593ab", "#bcd5bd", "#fbe3b2", "#fff4d0", "#eadcb8", "#8a6a4a", 0.14),
    Palette("#0f2044", "#234474", "#5c8cab", "#f6f2da", "#4d7da3", "#1a3562", 0.42, True),
)
STORMS = (
    Palette("#2f3d4a", "#647682", "#c3cdca", "#eef2ea", "#94a5aa", "#33495a", 0.26, True),
    Palette("#2d3a3f", "#66806f", "#d9d3a6", "#f3efd2", "#a0ab8e", "#38504a", 0.26, True),
    Palette("#2f2f4a", "#6b668c", "#d2b3b5", "#f3e2da", "#9a8ea6", "#40405f", 0.28, True),
)


@cache
def rgb(colour):
    return ImageColor.getrgb(colour)


def mix(first, second, share):
    first, second = (rgb(c) if isinstance(c, str) else c for c in (first, second))
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))


def curve(start, bend, end, steps=14):
    """Points of a quadratic Bézier curve."""
    return [
        tuple((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t * t * c for a, b, c in zip(start, bend, end, strict=True))
        for t in (i / steps for i in range(steps + 1))
    ]


@cache
def trace(path):
    """The points of "x,y x,y (x,y) x,y": a point in brackets bends the line between its neighbours."""
    points, bend = [], None
    for word in path.split():
        point = tuple(float(value) for value in word.strip("()").split(","))
        if word[0] == "(":
            bend = point
        else:
            points += curve(points[-1], bend, point)[1:] if bend else [point]
            bend = None
    return points


@lru_cache(5000)
def lit(palette, colour, far):
    return mix(mix(colour, palette.tint, palette.strength), palette.haze, far)


@cache
def halo():
    """A soft light that fades to nothing at the edge of its square."""
    return Image.radial_gradient("L").point(lambda v: 255 * max(0, 1 - v / 181) ** 1.6)


class Pen:
    """Draws from the point (x, y) in units of `size`, turned towards `way` (1 or -1)."""

    def __init__(self, draw, x, y, size, way=1):
        self.draw, self.x, self.y, self.size, self.way = draw, x, y, size, way

    def at(self, x, y, size, way=1):
        return Pen(self.draw, x, y, size, way)

    def spots(self, path):
        points = trace(path) if isinstance(path, str) else path
        return [((self.x + x * self.size * self.way) * UNIT, (self.y + y * self.size) * UNIT) for x, y in points]

    def edges(self, x0, y0, x1, y1):
        (ax, ay), (bx, by) = self.spots([(x0, y0), (x1, y1)])
        return [min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)]

    def poly(self, path, colour):
        self.draw.polygon(self.spots(path), fill=colour)

    def box(self, x0, y0, x1, y1, colour, radius=0):
        if radius:
            self.draw.rounded_rectangle(self.edges(x0, y0, x1, y1), radius * self.size * UNIT, fill=colour)
        else:
            self.draw.rectangle(self.edges(x0, y0, x1, y1), fill=colour)

    def disc(self, x, y, rx, colour, ry=None):
        ry = ry or rx
        self.draw.ellipse(self.edges(x - rx, y - ry, x + rx, y + ry), fill=colour)

    def dome(self, x, y, rx, ry, colour):
        self.draw.pieslice(self.edges(x - rx, y - ry, x + rx, y + ry), 180, 360, fill=colour)

    def line(self, path, width, colour):
        self.draw.line(self.spots(path), colour, max(2, round(width * self.size * UNIT)), "curve")

    def limb(self, path, width, colour):
        """A line with round ends and joints."""
        self.line(path, width, colour)
        for x, y in trace(path) if isinstance(path, str) else path:
            self.disc(x, y, width / 2, colour)


class Scene(Pen):
    """A whole picture, 16 units by 9, in the light of one palette."""

    def __init__(self, rnd, palette):
        self.image = Image.new("RGB", (16 * UNIT, 9 * UNIT))
        super().__init__(ImageDraw.Draw(self.image), 0, 0, 1)
        self.rnd, self.palette = rnd, palette
        self.sun_x = rnd.uniform(3, 13)

    def colour(self, colour, far=0.0):
        """The local colour under this light, `far` (0 to 1) into the haze."""
        return lit(self.palette, colour, far)

    def any(self, low, high):
        return self.rnd.uniform(low, high)

    def shade(self, points, *colours):
        """A polygon filled from its top to its bottom with a gradient."""
        xs, ys = zip(*[(round(x), round(y)) for x, y in self.spots(points)], strict=True)
        left, top = max(min(xs), 0), max(min(ys), 0)
        size = (min(max(xs), 16 * UNIT) - left + 1, min(max(ys), 9 * UNIT) - top + 1)
        if min(size) < 1:
            return
        strip = Image.new("RGB", (1, len(colours)))
        strip.putdata([mix(c, c, 0) for c in colours])
        column = strip.resize((1, size[1]), Image.Resampling.BILINEAR, box=(0, 0.5, 1, len(colours) - 0.5))
        fill = column.resize(size, Image.Resampling.NEAREST)
        mask = Image.new("1", size)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in zip(xs, ys, strict=True)], fill=1)
        self.image.paste(fill, (left, top), mask)

    def band(self, top, bottom, *colours):
        """A gradient over the whole width."""
        self.shade([(0, top), (16, top), (16, bottom), (0, bottom)], *colours)

    def glow(self, x, y, radius, colour, strength):
        size = round(2 * radius * UNIT)
        mask = halo().resize((size, size)).point(lambda v: v * strength)
        self.image.paste(rgb(colour), (round((x - radius) * UNIT), round((y - radius) * UNIT)), mask)

    def veil(self, points, colour, strength):
        """A translucent polygon."""
        mask = Image.new("L", self.image.size)
        ImageDraw.Draw(mask).polygon(self.spots(points), fill=round(255 * strength))
        edges = mask.getbbox()
        if edges:
            self.image.paste(rgb(colour), edges, mask.crop(edges))

    def soften(self):
        """Lamps are on: inside a room the hour tints less."""
        self.palette = self.palette._replace(strength=min(self.palette.strength, 0.2))

    def picture(self, size):
        """The finished image, cropped and mirrored by chance, and reduced so that its edges are smooth."""
        zoom, (width, height) = self.any(0.84, 1), self.image.size
        left, top = self.any(0, 1 - zoom) * width, self.any(0.8, 1) * (1 - zoom) * height
        shot = self.image.crop([round(v) for v in (left, top, left + zoom * width, top + zoom * height)])
        shot = ImageOps.fit(shot, size, Image.Resampling.LANCZOS)
        return ImageOps.mirror(shot) if self.rnd.random() < 0.5 else shot

    # sky and ground

    def sky(self, horizon=5.2, sun=True, clouds=(3, 5)):
        p = self.palette
        self.horizon = horizon
        self.band(0, horizon, p.top, p.middle, p.low)
        self.band(horizon, 9, p.low, p.low)
        if p.lit:
            for _ in range(70):
                y = self.any(0, horizon * 0.7)
                self.disc(self.any(0, 16), y, self.any(0.008, 0.024), mix(p.sun, p.top, y / horizon))
        if sun:
            y = self.any(1.9, 2.7) if p.strength > 0.4 or p.strength < 0.2 else horizon - self.any(0.7, 1.6)
            self.glow(self.sun_x, y, 4.2, p.sun, 0.55)
            self.disc(self.sun_x, y, 0.75, mix(p.sun, p.low, 0.1))
        for _ in range(self.rnd.randint(*clouds)):
            x, size = self.any(0, 16), self.any(0.6, 1.3)
            if abs(x - self.sun_x) > 2.6 * size:
                self.cloud(x, self.any(0.7, horizon * 0.5), size)

    def cloud(self, x, y, size):
        colour = mix(mix(self.palette.middle, self.palette.sun, 0.45), self.palette.top, 0.12 * (3 - y))
        self.box(x - 1.9 * size, y - 0.16 * size, x + 1.9 * size, y, colour, 0.08 * size)
        for shift, height in ((-0.8, 0.5), (0.1, 0.8), (0.9, 0.42)):
            self.dome(x + shift * size, y - 0.07 * size, 0.8 * height * size + 0.2, height * size, colour)

    def rolling(self, y, height):
        waves = [(self.any(0.25, 0.5) * n, self.any(0, 2 * pi), height / n) for n in (1, 2, 3.3)]
        return [(x, y + sum(a * sin(f * x + p) for f, p, a in waves) / 2) for x in (i / 5 for i in range(81))]

    def peaks(self, y, height):
        line = [self.any(-0.4, 0.3) for _ in range(9)]
        line = [v - (0.75 if i % 2 else 0) for i, v in enumerate(line)]
        for spread in (0.16, 0.09, 0.05):
            middles = [(a + b) / 2 + self.any(-spread, spread) for a, b in pairwise(line)]
            line = [v for pair in zip(line, middles, strict=False) for v in pair] + line[-1:]
        return [(16 * i / (len(line) - 1), y + v * height) for i, v in enumerate(line)]

    def land(self, crest, colour, far, mist=0.3):
        near = self.colour(colour, far)
        self.shade([*crest, (16, 9), (0, 9)], near, mix(near, self.palette.haze, mist), near)

    def hills(self, layers=3, height=1.0, colour="#3c7a68", shape="rolling"):
        for i in range(layers):
            depth = i / layers
            crest = getattr(self, shape)(self.horizon - (1 - depth) * height * 0.8, height * (1 - depth / 2))
            self.land(crest, colour, 0.82 - 0.62 * depth)

    def water(self, y, bottom=9.0):
        deep = self.colour("#1d7f9e")
        far, near = mix(self.palette.low, deep, 0.25), mix(deep, self.palette.top, 0.15)
        self.band(y, bottom, far, near)
        for i in range(34):
            depth = (i / 34) ** 1.5
            at, span = y + 0.06 + depth * (bottom - y), self.any(0.1, 0.5) + depth * 0.7
            x = self.rnd.gauss(self.sun_x, 0.5 + 1.3 * depth) if i % 2 else self.any(0, 16)
            tone = mix(mix(far, near, depth), self.palette.sun, 0.55 if i % 2 else 0.2)
            self.box(x - span, at, x + span, at + 0.02 + 0.04 * depth, tone, 0.03)

    def gulls(self, count=4):
        for _ in range(count):
            x, y, size = self.any(2, 14), self.any(1.2, 3.4), self.any(0.12, 0.22)
            wings = curve((x - size, y), (x - size / 2, y - size), (x, y), 6) + curve(
                (x, y), (x + size / 2, y - size), (x + size, y), 6
            )
            self.line(wings, 0.035, mix(self.palette.top, "#ffffff", 0.75))

    def bend(self):
        """A river that winds out of the distance towards the viewer."""
        top, deep = self.horizon + 0.3, self.colour("#1d7f9e")
        left = curve((9.2, top), (14, 5.6), (7, 6.3), 16) + curve((7, 6.3), (2.5, 7), (3.2, 9.1), 16)
        right = curve((9.6, top), (17, 5.7), (10.6, 6.6), 16) + curve((10.6, 6.6), (7.6, 7.3), (11.5, 9.1), 16)
        self.poly([(x - 0.15, y) for x, y in left] + [(x + 0.15, y) for x, y in right[::-1]], self.colour("#d9c592"))
        self.shade(left + right[::-1], mix(self.palette.low, deep, 0.2), mix(self.palette.middle, deep, 0.5), deep)
        for i in range(16):
            y = 6.5 + i * 0.16
            x = self.any(5.5, 9)
            self.box(x, y, x + self.any(0.3, 1.1), y + 0.035, mix(deep, self.palette.sun, 0.45), 0.02)
