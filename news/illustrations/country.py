"""Mountains, forests, fields, rivers and roads."""

from math import pi, sin

from news.illustrations import nature, people, things
from news.illustrations.canvas import curve, mix


def mountain(s):
    s.sky(s.any(4.4, 5.0))
    for i in range(4):
        s.land(s.peaks(s.horizon - 0.9 + i * 0.75, 2.2 - 0.35 * i), "#3d6f7c", 0.8 - 0.2 * i, 0.5)
    for i in range(2):
        s.land(s.rolling(6.6 + i * 0.9, 0.8), "#2f6b55", 0.3 - 0.2 * i, 0.15)
    for _ in range(34):
        y = s.any(7.2, 8.6)
        nature.pine(s, s.any(0, 16), y, 0.6 + (y - 7) * 0.7, "#23584b", 0.25 - (y - 7.2) * 0.15)
    for _ in range(s.rnd.randint(2, 4)):
        things.house(s, s.any(3, 13), s.any(7.3, 7.9), s.any(0.7, 0.9), "#8a5a3c", 0.1)
    s.land(s.rolling(8.7, 0.4), "#1f5045", 0, 0)


def forest(s):
    s.sky(9, sun=False, clouds=(0, 0))
    s.glow(s.sun_x, 3, 6, s.palette.sun, 0.8)
    for layer in range(4):
        far = 0.78 - layer * 0.22
        for _ in range(9 - layer):
            trunk(s, s.any(-0.2, 16.2), 6.6 + layer * 0.7, 0.14 + 0.13 * layer, far)
        nature.grove(s, -1, 17, 0.5 - 0.25 * layer, 1.3, "#3a7d58", far)
        s.land(s.rolling(6.5 + 0.7 * layer, 0.5), "#4b7f4e", far, 0.1)
        if layer == 1:
            beams(s)
    s.shade("6.5,9 (9.5,8) 7.6,6.9 8.2,6.9 (11.5,8) 9.8,9", s.colour("#cbb387", 0.3), s.colour("#cbb387"))
    for _ in range(16):
        x = s.rnd.choice((s.any(0, 5.5), s.any(10.5, 16)))
        for i in range(5):
            nature.leaf(s, x, 9.2, s.any(0.7, 1.3), pi * (0.15 + 0.17 * i), s.colour(s.rnd.choice(nature.GREENS)))


def trunk(s, x, y, width, far):
    tone = s.colour("#5b4536", far)
    half = [(0.6, -0.1), (0.6, y - 0.6), (1.2, y + 0.4)]
    s.poly([(x + px * width, py) for px, py in half + [(-px, py) for px, py in half[::-1]]], tone)
    side = width * (0.25 if s.sun_x > x else -0.5)
    s.box(x + side, -0.1, x + side + width * 0.28, y, mix(tone, s.palette.sun, 0.16))


def beams(s):
    for i in range(5):
        top, foot = s.sun_x + (i - 2) * 0.9, s.sun_x + (i - 2) * 2.6
        s.veil([(top, 0), (top + 0.35, 0), (foot + 1.1, 7.6), (foot, 7.6)], s.palette.sun, 0.2)


def ricefield(s):
    s.sky(s.any(3.4, 4.2))
    s.hills(3, 1.5, shape=s.rnd.choice(("rolling", "peaks")))
    (terraces if s.rnd.random() < 0.4 else paddies)(s)
    people.person(s, s.any(4, 5), 8.3, 1.5, hat=True)
    people.person(s, s.any(5.4, 6.4), 8.5, 1.5, hat=True)
    people.buffalo(s, s.any(9.5, 12), 8.4, 1.8, s.rnd.choice((-1, 1)))
    for i in range(60):
        tone = s.colour(("#86b04a", "#6c9c42", "#a8bf55")[i % 3])
        nature.tuft(s, i * 0.28 + s.any(-0.1, 0.1), 9.05, s.any(0.35, 0.75), tone)


def paddies(s):
    y, row, greens = s.horizon, 0, ("#8fb84e", "#a9c25a", "#76a548", "#c2c463", "#6d9f58")
    nature.grove(s, -0.5, 16.5, y + 0.1, 0.36, far=0.25)
    for _ in range(4):
        things.house(s, s.any(1, 15), y + 0.12, s.any(0.5, 0.7), far=0.15)
    while y < 9:
        step = 0.22 * 1.5**row
        for i in range(-6, 7):
            quad = [(8 + (i + a) * (1.5 + (b - 4) * 0.9), b) for a, b in ((0, y), (1, y), (1, y + step), (0, y + step))]
            tone = s.colour(s.rnd.choice(greens), max(0, 0.35 - row * 0.09))
            mirror = mix(s.palette.low, s.palette.middle, 0.5)
            s.shade(quad, mirror if s.rnd.random() < 0.16 else tone, mix(tone, "#3b6b34", 0.12))
            s.line([quad[0], quad[3]], 0.02 + 0.03 * row, s.colour("#7d7a45", max(0, 0.3 - row * 0.08)))
        s.line([(0, y), (16, y)], 0.02 + 0.022 * row, s.colour("#7d7a45", max(0, 0.3 - row * 0.08)))
        y, row = y + step, row + 1
    for _ in range(3):
        nature.palm(s, s.any(0.5, 15.5), s.horizon + 0.4, s.any(1.2, 1.6), s.any(-0.2, 0.2))


def terraces(s):
    for i in range(13):
        y = s.horizon + 0.05 + i * 0.36
        crest = [(x, py + 0.5 * sin(x / 2.4 + i * 0.35)) for x, py in s.rolling(y, 0.25)]
        far = max(0, 0.45 - i * 0.05)
        tone = s.colour(("#8fb84e", "#a9c25a", "#76a548", "#bcc05e")[i % 4], far)
        s.land([(x, py - 0.07) for x, py in crest], "#5d6b3a", far, 0)
        s.shade([*crest, (16, 9), (0, 9)], mix(tone, s.palette.sun, 0.25 if i % 3 else 0.45), tone, tone, tone)


def river(s):
    s.sky(s.any(3.8, 4.4))
    s.hills(3, 1.5)
    s.land(s.rolling(s.horizon + 0.2, 0.2), "#6f9f52", 0.25, 0.1)
    nature.grove(s, -0.5, 16.5, s.horizon + 0.3, 0.4, far=0.2)
    for _ in range(26):
        x, y = s.rnd.choice((s.any(0, 6), s.any(12, 16))), s.any(s.horizon + 0.7, 6)
        nature.bush(s, x, y, 0.1 + (y - s.horizon) * 0.12, s.rnd.choice(nature.GREENS))
    s.bend()
    things.boat(s, 8.2, 6.8, 1.5, s.rnd.choice((-1, 1)))
    if s.rnd.random() < 0.6:
        for i in range(2):
            things.water_wheel(s, 11.7 + i * 2.7, 6.3 + i * 0.5, 1.15 + i * 0.3)
    else:
        for i in range(5):
            things.house(s, 11.2 + i * 1.05, 6.5 + (i % 2) * 0.3, s.any(0.9, 1.15))
    for x in (13.5, 15.2):
        nature.bush(s, x, 8.9, 1.2)
    nature.palm(s, s.any(0.8, 1.8), 8.8, 4.6, 0.2)
    nature.palm(s, s.any(2.4, 3.2), 9, 3.8, 0.35)
    nature.bush(s, 1.2, 9.05, 1.5, "#2f7a5c")


def road(s):
    s.sky(s.any(3.9, 4.5))
    s.hills(3, 1.5, shape=s.rnd.choice(("rolling", "peaks")))
    s.land(s.rolling(s.horizon + 0.25, 0.2), "#86ab55", 0.2, 0.1)
    nature.grove(s, -0.5, 16.5, s.horizon + 0.25, 0.35, far=0.25)
    way = s.rnd.choice((-1, 1))
    edges = [
        curve((8 + w * 0.09, s.horizon + 0.2), (8 + way * 2 + w * 0.5, 5.8), (8 + w * 4.2, 9.1), 24)
        for w in (-1, -0.94, 0.94, 1)
    ]
    s.shade(edges[0] + edges[3][::-1], s.colour("#8b8f94", 0.4), s.colour("#5a6067"), s.colour("#4c525a"))
    for a, b in ((0, 1), (2, 3)):
        s.poly(edges[a] + edges[b][::-1], s.colour("#f0ece0"))
    middle = [((a[0] + b[0]) / 2, a[1]) for a, b in zip(edges[0], edges[3], strict=True)]
    for i in range(3, 24, 3):
        (x0, y0), (x1, y1) = middle[i], middle[i + 1]
        wide = (y0 - s.horizon) * 0.03
        s.poly([(x0 - wide, y0), (x0 + wide, y0), (x1 + wide * 1.2, y1), (x1 - wide * 1.2, y1)], s.colour("#f0ece0"))
    for i, row in enumerate((4, 7, 11, 15)):
        for side, edge in ((-1, edges[0]), (1, edges[3])):
            x, y = edge[row]
            size = 0.55 + i * 0.55
            nature.tree(s, x + side * size * 0.9, y + 0.05, size, s.rnd.choice(nature.GREENS), 0.25 - i * 0.08)
            things.lamp_post(s, x + side * 0.1, y, size * 1.4, -side)
    approach(s, edges[3][14], -0.35)
    approach(s, edges[0][20], 0.3)


def approach(s, edge, inward):
    """A car on its lane, which ends at `edge`."""
    depth = edge[1] - s.horizon
    things.oncoming_car(s, edge[0] + inward * depth * 1.35, edge[1] + 0.1, depth * 0.38)


def heritage(s):
    (communal_house if s.rnd.random() < 0.65 else long_wall)(s)


def long_wall(s):
    """The old stone rampart that follows the foothills."""
    s.sky(s.any(4.2, 4.8))
    s.hills(3, 1.8, shape="peaks")
    for i in range(4):
        crest = s.rolling(s.horizon + 0.4 + i * 1.05, 1.1)
        far = 0.4 - 0.13 * i
        if i in (1, 2, 3):
            rampart(s, crest, 0.16 + 0.16 * i, far)
        s.land(crest, ("#6f9f58", "#7aa857", "#5f9350", "#4f8547")[i], far, 0.12)
        for _ in range(7):
            x, y = s.rnd.choice(crest)
            nature.bush(s, x, y + 0.12 + i * 0.15, 0.2 + 0.2 * i, s.rnd.choice(nature.GREENS))
    nature.tree(s, s.any(1, 3), 8.9, 3.2)
    for i in range(3):
        people.person(s, s.any(8, 13), 8.8, 1.3, hat=i == 1)


def rampart(s, crest, height, far):
    stone, shades = s.colour("#a89a86", far), ("#6b5f52", "#d9cdb8", "#85796a")
    s.poly([(x, y - height) for x, y in crest] + [(x, y + 0.1) for x, y in crest[::-1]], stone)
    s.line([(x, y - height) for x, y in crest], 0.05, mix(stone, s.palette.sun, 0.35))
    for row in range(3):
        for x, y in crest[row % 2 :: 2]:
            low, tone = y - height * (0.3 * row + 0.06), mix(stone, shades[(row + round(x * 5)) % 3], 0.3)
            s.box(x, low - height * 0.22, x + 0.1 + height * 0.25, low, tone, 0.04)


def communal_house(s):
    s.sky(s.any(5.2, 5.6))
    s.hills(3, 1.5)
    nature.grove(s, -0.5, 16.5, 6.2, 0.8, far=0.12)
    s.band(6.1, 9, s.colour("#8fae62", 0.05), s.colour("#8fae62"))
    x = s.any(6, 10)
    things.temple(s, x, 6.3, s.any(1.5, 1.75))
    for tx in (x - 5.2, x + 5.2):
        nature.tree(s, tx, 6.5, s.any(2.2, 2.8), s.rnd.choice(nature.GREENS))
    if s.rnd.random() < 0.5:
        pond(s, x)
    else:
        court(s, x)


def pond(s, x):
    s.box(0, 6.75, 16, 6.95, s.colour("#b9ab97"))
    s.water(6.95)
    s.shade(
        [(x - 2.4, 6.95), (x + 2.4, 6.95), (x + 1.2, 8.2), (x - 1.2, 8.2)],
        s.colour("#9a5a42", 0.25),
        mix(s.colour("#1d7f9e"), s.palette.top, 0.2),
    )
    for _ in range(20):
        lx, ly = s.any(0, 16), s.any(7.5, 8.9)
        s.disc(lx, ly, s.any(0.3, 0.5), s.colour(s.rnd.choice(nature.GREENS)), 0.12)
        if s.rnd.random() < 0.5:
            lotus(s, lx, ly - 0.08, s.any(0.3, 0.42))


def lotus(s, x, y, size):
    pen, petals = s.at(x, y, size), ("#d9608a", "#d9608a", "#ea88a8", "#ea88a8", "#f5b3c6")
    for lean, colour in zip((-0.8, 0.8, -0.4, 0.4, 0), petals, strict=True):
        tip = (lean, abs(lean) * 0.5 - 1.1)
        pen.poly(curve((0, 0), (lean - 0.5, -0.5), tip) + curve(tip, (lean + 0.5, -0.5), (0, 0)), s.colour(colour))


def court(s, x):
    s.shade([(x - 1.5, 6.55), (x + 1.5, 6.55), (x + 4.5, 9), (x - 4.5, 9)], s.colour("#dccbaa"), s.colour("#c7b28c"))
    for px, py, size in ((-3.6, 7.6, 0.9), (3.6, 7.6, 0.9), (-5.6, 8.6, 1.2), (5.6, 8.6, 1.2)):
        pen = s.at(x + px, py, size)
        pen.box(-0.32, -1.5, 0.32, 0, s.colour("#d8c29a"))
        pen.box(-0.4, -1.62, 0.4, -1.45, s.colour("#b0573c"))
        pen.poly("0,-2.1 (-0.36,-1.85) 0,-1.6 (0.36,-1.85) 0,-2.1", s.colour("#c98a5a"))
    for i in range(4):
        people.person(s, x - 1.8 + i * 1.1, s.any(7.6, 8.6), 1.2, hat=i % 2 == 0, skirt=i % 2 == 0)
