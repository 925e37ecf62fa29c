"""One scene for each motif; the scene decides the composition, its random source the details."""

from math import cos, pi, sin

from news.illustrations import nature, things
from news.illustrations.canvas import curve, mix

AWNINGS = ("#d9583f", "#2f8f83", "#e0a030", "#2f6fa8")


def sea(s):
    s.sky(s.any(4.2, 5.4))
    s.hills(2, 0.5, "#4f7f86")
    s.water(s.horizon)
    for i in range(s.rnd.randint(2, 3)):
        things.boat(s, s.any(1.5, 14.5), s.horizon + 0.35 + i * 0.45, 0.8 + 0.5 * i, s.rnd.choice((-1, 1)))
    things.boat(s, s.any(4, 12), s.any(7.4, 8.2), s.any(3.2, 4.4), s.rnd.choice((-1, 1)))
    s.gulls(5)


def island(s):
    s.sky(s.any(4.6, 5.4))
    s.water(s.horizon)
    middle, foot = s.any(5.5, 10.5), s.horizon + 0.25
    cone = [
        (-5.4, 0),
        (-3.6, -0.45),
        (-2.4, -0.7),
        (-1.1, -1.95),
        (-0.75, -2.1),
        (-0.1, -1.9),
        (0.5, -2.15),
        (0.9, -2.0),
        (2.2, -0.8),
        (3.8, -0.5),
        (5.6, 0),
    ]
    crest = [(middle + x, foot + y * s.any(0.95, 1.05)) for x, y in cone]
    s.shade(crest, s.colour("#5c8a52", 0.1), s.colour("#3f7a58", 0.15))
    s.poly(
        [crest[3], crest[4], crest[5], (middle + 0.2, foot - 0.5), (middle - 1.8, foot - 0.3)],
        s.colour("#7da35c", 0.1),
    )
    for i in range(9):
        x = middle - 3.6 + i * 0.8
        s.box(x, foot - 0.34, x + 0.72, foot - 0.14, s.colour(("#a9bd5c", "#e6d9b0", "#86a94e")[i % 3], 0.1))
    nature.grove(s, middle - 5.0, middle - 3.4, foot - 0.02, 0.3)
    for i in range(8):
        things.house(s, middle + 1.2 + i * 0.5, foot, s.any(0.4, 0.55), far=0.1)
    s.shade(
        [
            (middle - 5.8, foot - 0.03),
            (middle + 6, foot - 0.03),
            (middle + 5.6, foot + 0.12),
            (middle - 5.5, foot + 0.12),
        ],
        s.colour("#efe2bd"),
        s.colour("#d9c698"),
    )
    things.lighthouse(s, middle + s.any(-3.0, -2.6), foot - 0.4, 1.1)
    for i in range(3):
        things.boat(s, s.any(1 + 5 * i, 4.5 + 5 * i), s.any(6.2, 8.2), s.any(1.2, 2.4), s.rnd.choice((-1, 1)))
    s.gulls()


def harbour(s):
    s.sky(s.any(4.6, 5.2))
    s.hills(3, 1.2)
    s.water(s.horizon)
    things.cargo_ship(s, s.any(5.5, 9.5), s.horizon + 1.3, s.any(2.8, 3.6))
    quay(s, 6.9)
    for i in range(s.rnd.randint(2, 3)):
        things.crane(s, 2.6 + i * 4.6 + s.any(-0.4, 0.4), 7.05, s.any(2.3, 2.8), ("#e07b39", "#2f6fa8", "#d9a82e")[i])
    for i in range(s.rnd.randint(16, 22)):
        x = s.any(0, 15)
        for row in range(s.rnd.randint(1, 2)):
            s.box(x, 8.1 - row * 0.42, x + 1.15, 8.5 - row * 0.42, s.colour(s.rnd.choice(things.PAINTS)), 0.02)
    things.truck(s, s.any(3, 13), 8.8, 1.4, "#c8452f")


def quay(s, y):
    s.shade([(0, y), (16, y), (16, 9), (0, 9)], s.colour("#b9b2a4"), s.colour("#8d8880"))
    s.box(0, y, 16, y + 0.14, s.colour("#5e5d5c"))
    for i in range(17):
        s.box(i - 0.12, y - 0.13, i + 0.12, y, s.colour("#39424a"), 0.04)


def fishing(s):
    s.sky(s.any(3.6, 4.4))
    s.hills(3, 0.9)
    s.water(s.horizon)
    for i in range(6):
        things.boat(
            s,
            1 + i * 2.7 + s.any(-0.5, 0.5),
            s.horizon + 0.5 + (i % 2) * 0.35,
            s.any(1.3, 1.7),
            s.rnd.choice((-1, 1)),
        )
    for i in range(3):
        things.boat(s, 3 + i * 5.2 + s.any(-0.8, 0.8), s.any(6.2, 6.7), s.any(2.8, 3.4), s.rnd.choice((-1, 1)))
    sand(s, 8.0, "#d8c193")
    for x in (s.any(1, 3.5), s.any(11, 14)):
        things.coracle(s, x, 8.1, s.any(1.4, 1.9))
    for i in range(4):
        things.person(s, s.any(4.6, 10.4), s.any(8.3, 8.8), 1.3, hat=i != 1)
        s.box(4.9 + i * 1.5, 8.3, 5.6 + i * 1.5, 8.6, s.colour(("#2f7fb5", "#d9583f")[i % 2]), 0.05)
    s.gulls(6)


def sand(s, y, colour="#efdcb0"):
    crest = s.rolling(y, 0.5)
    foam = [(x, py - 0.14) for x, py in crest]
    s.land(foam, "#f7f6ee", 0, 0)
    s.shade([*crest, (16, 9), (0, 9)], s.colour(mix(colour, "#8a6f4e", 0.25)), s.colour(colour), s.colour(colour))


def beach(s):
    s.sky(s.any(4.0, 4.8))
    s.hills(2, 0.8)
    s.water(s.horizon)
    for i in range(2):
        things.boat(s, s.any(2, 14), s.horizon + 0.4 + 0.4 * i, s.any(0.9, 1.3), s.rnd.choice((-1, 1)))
    sweep = curve((16, s.any(5.4, 5.9)), (9, 6.2), (4.5, 9.1), 24)
    s.poly([(x - 0.45, y - 0.05) for x, y in sweep] + [(16, 9.1)], s.colour("#f7f6ee"))
    s.shade([*sweep, (16, 9.1)], s.colour("#d9c08c"), s.colour("#f1dfb4"), s.colour("#f1dfb4"))
    for i in range(3):
        x, y = 9.6 + i * 2.1, 6.9 + (i % 2) * 0.6
        parasol(s, x, y, 1.15, AWNINGS[(i + s.rnd.randint(0, 3)) % 4])
    things.coracle(s, s.any(7.2, 8.2), 8.2, 1.6)
    for i in range(3):
        nature.palm(s, 12.2 + i * 1.5 + s.any(-0.3, 0.3), 8.9, s.any(3.4, 5), s.any(-0.4, -0.1))
    for x in (12.2, 13.7, 15.2):
        nature.bush(s, x, 9.1, s.any(0.8, 1.4), s.rnd.choice(nature.GREENS))
    s.gulls(3)


def parasol(s, x, y, size, colour):
    s.disc(x + 0.2 * size, y + 0.02, 0.7 * size, s.colour("#c9b183"), 0.1 * size)
    s.line([(x, y), (x, y - size)], 0.05, s.colour("#f4efe2"))
    s.dome(x, y - 0.75 * size, 0.85 * size, 0.6 * size, s.colour("#f6efe2"))
    for px in (-0.55, 0.0, 0.55):
        s.poly(
            curve(
                (x + (px - 0.17) * size, y - 0.75 * size),
                (x + px * 0.7 * size, y - 1.2 * size),
                (x, y - 1.35 * size),
            )
            + [(x + (px + 0.17) * size, y - 0.75 * size)],
            s.colour(colour),
        )
    s.poly(
        [
            (x - 0.9 * size, y),
            (x - 0.3 * size, y),
            (x - 0.1 * size, y - 0.25 * size),
            (x - 0.2 * size, y - 0.28 * size),
            (x - 0.35 * size, y - 0.1 * size),
            (x - 0.9 * size, y - 0.1 * size),
        ],
        s.colour(mix(colour, "#ffffff", 0.4)),
    )


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
    s.shade(
        curve((6.5, 9), (9.5, 8.0), (7.6, 6.9)) + curve((8.2, 6.9), (11.5, 8.0), (9.8, 9)),
        s.colour("#cbb387", 0.3),
        s.colour("#cbb387"),
    )
    for _ in range(16):
        x = s.rnd.choice((s.any(0, 5.5), s.any(10.5, 16)))
        for i in range(5):
            nature.leaf(s, x, 9.2, s.any(0.7, 1.3), pi * (0.15 + 0.17 * i), s.colour(s.rnd.choice(nature.GREENS)))


def trunk(s, x, y, width, far):
    tone = s.colour("#5b4536", far)
    s.poly(
        [
            (x - width * 0.7, -0.1),
            (x + width * 0.5, -0.1),
            (x + width * 0.6, y - 0.6),
            (x + width * 1.2, y + 0.4),
            (x - width * 1.2, y + 0.4),
            (x - width * 0.6, y - 0.6),
        ],
        tone,
    )
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
    things.person(s, s.any(4, 5), 8.3, 1.5, hat=True)
    things.person(s, s.any(5.4, 6.4), 8.5, 1.5, hat=True)
    things.buffalo(s, s.any(9.5, 12), 8.4, 1.8, s.rnd.choice((-1, 1)))
    for i in range(60):
        nature.tuft(
            s,
            i * 0.28 + s.any(-0.1, 0.1),
            9.05,
            s.any(0.35, 0.75),
            s.colour(("#86b04a", "#6c9c42", "#a8bf55")[i % 3]),
        )


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
    for i in range(26):
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


def bridge(s):
    s.sky(s.any(4.4, 5.0))
    s.hills(2, 0.9)
    for i in range(18):
        things.tower(
            s,
            i * 0.95 + s.any(-0.2, 0.2),
            s.horizon + 0.05,
            s.any(0.5, 0.8),
            s.any(0.5, 1.6),
            s.rnd.choice(things.WALLS),
            0.45,
        )
    nature.grove(s, -0.5, 16.5, s.horizon + 0.1, 0.3, far=0.3)
    s.water(s.horizon + 0.05)
    deck = s.horizon + 1.0
    (cable_stays if s.rnd.random() < 0.55 else arches)(s, deck)
    s.box(0, deck, 16, deck + 0.24, s.colour("#d9d3c6"))
    s.box(0, deck + 0.24, 16, deck + 0.34, s.colour("#8d8880"))
    for i in range(11):
        things.lamp_post(s, 0.6 + i * 1.5, deck, 0.6)
    for i in range(5):
        things.car(s, 1.4 + i * 3.1 + s.any(-0.6, 0.6), deck + 0.03, 0.55, s.rnd.choice(things.PAINTS))
    things.boat(s, s.any(3, 13), s.any(7.5, 8.2), s.any(1.8, 2.6), s.rnd.choice((-1, 1)))
    nature.bush(s, 0.6, 9.1, 1.7)
    nature.bush(s, 15.6, 9.1, 1.4)


def cable_stays(s, deck):
    for x in (4.4, 11.6):
        s.poly(
            [(x - 0.24, deck + 1.6), (x - 0.09, deck - 3.1), (x + 0.09, deck - 3.1), (x + 0.24, deck + 1.6)],
            s.colour("#f2ede2"),
        )
        for i in range(1, 9):
            for way in (-1, 1):
                s.line(
                    [(x, deck - 3.1 + i * 0.16), (x + way * (0.4 + i * 0.39), deck)],
                    0.025,
                    s.colour("#f2ede2", 0.2),
                )


def arches(s, deck):
    for i in range(4):
        left = 0.2 + i * 3.9
        s.box(left - 0.22, deck + 0.1, left + 0.22, deck + 1.3, s.colour("#b9b2a4"))
        arch = curve((left, deck + 0.1), (left + 1.95, deck - 2.5), (left + 3.9, deck + 0.1), 20)
        s.line(arch, 0.16, s.colour("#c8553c"))
        for x, y in arch[2:-2:2]:
            s.line([(x, y), (x, deck)], 0.03, s.colour("#c8553c"))


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
        s.poly(
            [(x0 - wide, y0), (x0 + wide, y0), (x1 + wide * 1.2, y1), (x1 - wide * 1.2, y1)],
            s.colour("#f0ece0"),
        )
    for i, row in enumerate((4, 7, 11, 15)):
        for side, edge in ((-1, edges[0]), (1, edges[3])):
            x, y = edge[row]
            size = 0.55 + i * 0.55
            nature.tree(s, x + side * size * 0.9, y + 0.05, size, s.rnd.choice(nature.GREENS), 0.25 - i * 0.08)
            things.lamp_post(s, x + side * 0.1, y, size * 1.4, -side)
    approach(s, edges[3][14], -0.35)
    approach(s, edges[0][20], 0.3)


def approach(s, edge, inward):
    """A car on its lane, seen from the front."""
    x, y = edge[0] + inward * (edge[1] - s.horizon) * 1.35, edge[1] + 0.1
    size, body = (edge[1] - s.horizon) * 0.38, s.colour(s.rnd.choice(things.PAINTS))
    s.disc(x, y, 0.62 * size, s.colour("#343a41"), 0.09 * size)
    for px in (-0.42, 0.26):
        s.box(
            x + px * size,
            y - 0.2 * size,
            x + (px + 0.16) * size,
            y + 0.04 * size,
            s.colour("#20252b"),
            0.04 * size,
        )
    s.poly(
        [
            (x - 0.46 * size, y - 0.5 * size),
            (x - 0.34 * size, y - 0.92 * size),
            (x + 0.34 * size, y - 0.92 * size),
            (x + 0.46 * size, y - 0.5 * size),
        ],
        mix(body, "#12202a", 0.2),
    )
    s.poly(
        [
            (x - 0.38 * size, y - 0.52 * size),
            (x - 0.29 * size, y - 0.85 * size),
            (x + 0.29 * size, y - 0.85 * size),
            (x + 0.38 * size, y - 0.52 * size),
        ],
        s.colour("#a9c6d2"),
    )
    s.box(x - 0.54 * size, y - 0.54 * size, x + 0.54 * size, y - 0.08 * size, body, 0.12 * size)
    for px in (-0.38, 0.38):
        s.disc(x + px * size, y - 0.34 * size, 0.09 * size, "#fff3c9")
    s.box(
        x - 0.2 * size,
        y - 0.36 * size,
        x + 0.2 * size,
        y - 0.22 * size,
        mix(body, "#12202a", 0.4),
        0.03 * size,
    )


def city(s):
    s.sky(s.any(5.2, 5.8))
    s.hills(2, 1.2)
    for layer in range(3):
        x = -0.3
        while x < 16:
            width = s.any(0.7, 1.3)
            things.tower(
                s,
                x,
                s.horizon + 0.2 * layer,
                width,
                s.any(0.9, 3.6 - 0.5 * layer),
                s.rnd.choice((*things.WALLS, "#c9d3d8", "#d9b99a")),
                0.6 - 0.27 * layer,
            )
            x += width + s.any(0, 0.5)
    nature.grove(s, -0.5, 16.5, s.horizon + 0.55, 0.42)
    s.box(0, s.horizon + 0.6, 16, s.horizon + 0.85, s.colour("#cfc6b4"))
    s.water(s.horizon + 0.85)
    for i in range(9):
        things.lamp_post(s, 0.7 + i * 1.85, s.horizon + 0.62, 0.75)
    things.boat(s, s.any(4, 12), s.any(7.6, 8.2), s.any(1.8, 2.4), s.rnd.choice((-1, 1)))
    nature.palm(s, s.any(0.6, 1.4), 9.1, 4.2, 0.2)
    nature.bush(s, 0.8, 9.1, 1.4)
    nature.bush(s, 15.4, 9.1, 1.2, bloom="#e7607a")


def industry(s):
    s.sky(s.any(5.4, 6.0))
    s.hills(3, 1.4)
    base = s.horizon + 0.9
    (refinery if s.rnd.random() < 0.6 else factory)(s, base)
    nature.grove(s, -0.5, 16.5, base + 0.2, 0.4)
    s.shade([(0, base + 0.25), (16, base + 0.25), (16, 9), (0, 9)], s.colour("#9a9c9c"), s.colour("#6f757b"))
    s.box(0, base + 0.25, 16, base + 0.36, s.colour("#d5cfc2"))
    for i in range(9):
        s.box(i * 2 - 0.5, base + 1.15, i * 2 + 0.5, base + 1.21, s.colour("#efe9da"))
    things.truck(s, s.any(2, 6), base + 0.95, 1.15, s.rnd.choice(things.PAINTS))
    things.car(s, s.any(9, 14), base + 0.95, 1.1, s.rnd.choice(things.PAINTS))


def refinery(s, y):
    for i in range(7):
        x, height = 1.4 + i * 1.15 + s.any(-0.2, 0.2), s.any(2.0, 4.6)
        column(s, x, y, s.any(0.2, 0.36), height)
        s.box(x, y - height * 0.45, x + 1.2, y - height * 0.45 + 0.07, s.colour("#9aa3a8"))
        s.box(x, y - height * 0.7, x + 1.1, y - height * 0.7 + 0.05, s.colour("#c2c7c9"))
    x = s.any(9.4, 10)
    s.line([(x, y), (x, y - 5)], 0.12, s.colour("#c8553c"))
    s.glow(x, y - 5.3, 1, "#ffb347", 0.7)
    s.poly(
        curve((x - 0.1, y - 5), (x - 0.3, y - 5.4), (x + 0.12, y - 5.85))
        + curve((x + 0.12, y - 5.85), (x + 0.3, y - 5.3), (x + 0.1, y - 5)),
        "#ffae42",
    )
    for i in range(3):
        tank(s, 11.3 + i * 1.8, y + 0.05, 0.85, s.any(1.2, 1.7))
    for row in range(2):
        s.box(0, y - 0.5 - row * 0.22, 11, y - 0.4 - row * 0.22, s.colour(("#d9a82e", "#aab2b5")[row]), 0.04)


def column(s, x, y, half, height):
    metal = s.colour("#dfe3e2")
    s.box(x - half, y - height, x + half, y, metal, half)
    s.box(x - half, y - half, x + half, y, metal)
    s.box(x + half * 0.25, y - height + half, x + half, y, mix(metal, s.palette.tint, 0.3))
    for i in range(1, int(height / 0.7)):
        s.box(x - half - 0.09, y - i * 0.7, x + half + 0.09, y - i * 0.7 + 0.07, s.colour("#7b868c"))
        if s.palette.lit:
            s.disc(x + half, y - i * 0.7, 0.05, things.LAMP)


def tank(s, x, y, radius, height):
    white = s.colour("#eceae2")
    s.disc(x, y - height, radius, mix(white, "#ffffff", 0.2), 0.2)
    s.box(x - radius, y - height, x + radius, y, white)
    s.box(x + radius * 0.35, y - height, x + radius, y, mix(white, s.palette.tint, 0.22))
    s.disc(x, y - height, radius, mix(white, "#ffffff", 0.35), 0.16)
    s.line([(x - radius * 0.8, y), (x + radius * 0.1, y - height)], 0.06, s.colour("#8d979c"))


def factory(s, y):
    for i in range(2):
        x = 2.2 + i * 1.3
        s.poly(
            [(x - 0.28, y), (x - 0.2, y - 4.4 + i * 0.6), (x + 0.2, y - 4.4 + i * 0.6), (x + 0.28, y)],
            s.colour("#d9d0c2"),
        )
        s.box(x - 0.22, y - 4.2 + i * 0.6, x + 0.22, y - 3.8 + i * 0.6, s.colour("#c8452f"))
    roof = [(1, y - 1.9)]
    for i in range(6):
        roof += [(1 + i * 1.5, y - 2.6), (2.5 + i * 1.5, y - 1.9)]
    s.poly([*roof, (10, y), (1, y)], s.colour("#e8e2d4"))
    for i in range(6):
        left = 1 + i * 1.5
        s.poly(
            [(left, y - 2.6), (left + 1.5, y - 1.9), (left + 1.5, y - 1.8), (left, y - 2.5)],
            s.colour("#3f7fa6"),
        )
        s.box(left + 0.25, y - 1.35, left + 1.25, y - 0.75, things.pane(s, 0, 0.8))
    s.box(10.2, y - 2.1, 15, y, s.colour("#d3dde0"))
    s.box(10, y - 2.3, 15.2, y - 2.05, s.colour("#3f7fa6"))
    for i in range(4):
        s.box(10.6 + i * 1.15, y - 1.2, 11.35 + i * 1.15, y, s.colour("#8fa0a8"))
        s.box(10.6 + i * 1.15, y - 1.75, 11.35 + i * 1.15, y - 1.4, things.pane(s, 0, 0.8))
    tank(s, 14.9, y + 0.05, 0.6, 2.7)


def meeting(s):
    (lecture if s.rnd.random() < 0.5 else round_table)(s)


def room(s, wall, floor_y, floor):
    s.sky(6, sun=False)
    s.soften()
    s.shade([(0, 0), (16, 0), (16, floor_y), (0, floor_y)], s.colour(mix(wall, "#ffffff", 0.2)), s.colour(wall))
    s.shade([(0, floor_y), (16, floor_y), (16, 9), (0, 9)], s.colour(mix(floor, "#2a2030", 0.15)), s.colour(floor))
    s.box(0, floor_y - 0.12, 16, floor_y, s.colour(mix(wall, "#5a4030", 0.5)))


def window(s, x, y, width, height):
    p = s.palette
    s.box(x - 0.1, y - 0.1, x + width + 0.1, y + height + 0.1, s.colour("#fbf7ee"))
    s.shade([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], p.top, p.middle, p.low)
    base, reach = y + height, s.any(0.25, 0.4) * height
    for far in (0.65, 0.35):
        crest = [
            (x + width * i / 12, base - reach * (far + 0.35) + 0.12 * sin(i * 1.1 + far * 9 + x)) for i in range(13)
        ]
        s.poly([*crest, (x + width, base), (x, base)], s.colour("#3c7a68", far))
    s.box(x + width / 2 - 0.04, y, x + width / 2 + 0.04, y + height, s.colour("#fbf7ee"))
    s.box(x, y + height * 0.3, x + width, y + height * 0.3 + 0.06, s.colour("#fbf7ee"))


def plant(s, x, y, size):
    for i in range(7):
        nature.leaf(
            s,
            x,
            y - 0.5 * size,
            s.any(0.7, 1.1) * size,
            pi * (0.12 + 0.127 * i),
            s.colour(nature.GREENS[i % 3]),
        )
    s.poly(
        [
            (x - 0.3 * size, y - 0.6 * size),
            (x + 0.3 * size, y - 0.6 * size),
            (x + 0.22 * size, y),
            (x - 0.22 * size, y),
        ],
        s.colour("#c07a52"),
    )


def chart(s, x, y, width, height):
    s.box(x - 0.15, y - 0.15, x + width + 0.15, y + height + 0.15, s.colour("#3a4550"), 0.08)
    s.box(x, y, x + width, y + height, s.colour("#f7f5ee"))
    for i in range(6):
        tall = height * s.any(0.25, 0.75)
        left = x + width * (0.1 + 0.14 * i)
        s.box(left, y + height * 0.9 - tall, left + width * 0.085, y + height * 0.9, s.colour(SERIES[i % 3]))
    s.line(
        [(x + width * (0.14 + 0.14 * i), y + height * s.any(0.12, 0.4)) for i in range(6)],
        0.07,
        s.colour("#d9583f"),
    )


SERIES = ("#2f7fb5", "#5fb0a0", "#e8b23c")


def lecture(s):
    room(s, s.rnd.choice(("#e9dfcb", "#d7e3e4", "#e6d8cf")), 6.4, "#a9886a")
    for x in (0.6, 13.2):
        window(s, x, 1.2, 2.2, 3.4)
    chart(s, 4.4, 0.9, 7.2, 3.9)
    speaker = s.rnd.choice((3.6, 12.4))
    things.seated(s, speaker, 5.5, 1.6, s.colour("#27425f"))
    s.poly(
        [(speaker - 0.8, 5.2), (speaker + 0.8, 5.2), (speaker + 0.62, 6.9), (speaker - 0.62, 6.9)],
        s.colour("#9a6a45"),
    )
    s.box(speaker - 0.9, 5.1, speaker + 0.9, 5.25, s.colour("#7c4f33"), 0.03)
    s.disc(speaker, 6.0, 0.24, s.colour("#e0b96a"))
    plant(s, 16 - speaker, 6.8, 1.3)
    chair = s.rnd.choice(("#9c3f38", "#2f6f7c", "#7a5a3c"))
    for row in range(3):
        size, y = 1.15 + row * 0.3, 7.2 + row * 0.95
        count = 9 - row * 2
        for i in range(count):
            x = 8 + (i - (count - 1) / 2) * size * 1.35 + s.any(-0.1, 0.1)
            things.seated(
                s, x, y + 0.3, size * 1.1, s.colour(s.rnd.choice(things.SHIRTS), 0.16 - 0.08 * row), back=True
            )
            s.box(x - 0.44 * size, y, x + 0.44 * size, y + 1, s.colour(chair, 0.16 - 0.08 * row), 0.16)


def round_table(s):
    room(s, s.rnd.choice(("#e9dfcb", "#d7e3e4", "#dfe3d3")), 6.2, "#b39474")
    for i in range(4):
        window(s, 0.9 + i * 3.75, 0.9, 2.9, 3.5)
    for i in range(7):
        x = 2 + i * 2
        s.box(x - 0.56, 4.75, x + 0.56, 6.4, s.colour("#4a3a3a"), 0.2)
        things.seated(
            s,
            x,
            6.45,
            1.75,
            s.colour(("#27425f", "#f3efe4", "#3d5a50", "#e9e2d2", "#6b3f4a")[s.rnd.randint(0, 4)]),
        )
    s.poly([(0.9, 6.2), (15.1, 6.2), (16.2, 7.4), (-0.2, 7.4)], s.colour("#b67c4e"))
    s.shade([(-0.2, 7.4), (16.2, 7.4), (16.2, 9), (-0.2, 9)], s.colour("#8a5636"), s.colour("#6d432b"))
    for i in range(7):
        x = 8 + (i - 3) * 2.12
        s.poly([(x - 0.42, 6.85), (x + 0.3, 6.85), (x + 0.36, 7.1), (x - 0.46, 7.1)], s.colour("#fbf8f0"))
        s.box(x + 0.52, 6.5, x + 0.66, 6.95, s.colour("#cfe3ea"), 0.05)
    for x in (4.8, 11.2):
        nature.bush(s, x, 6.75, 0.5, bloom="#e7607a")


def office(s):
    if s.rnd.random() < 0.5:
        counter(s)
    else:
        s.sky(6.2)
        s.hills(2, 1)
        grounds(s, 7.0)
        things.hall(s, 8, 7.05, 10.5, 3, s.rnd.choice(things.WALLS), s.rnd.choice(things.ROOFS), s.rnd.random() < 0.6)
        forecourt(s)


def grounds(s, y):
    nature.grove(s, -0.5, 16.5, y, 0.9, far=0.15)
    s.shade([(0, y), (16, y), (16, 9), (0, 9)], s.colour("#d8cdb6"), s.colour("#bfb299"))
    for side in (0, 1):
        near, far = ((-1, 5.2), (4.2, 6.2)) if side == 0 else ((10.8, 17), (9.8, 11.8))
        s.poly(
            [
                (far[0] if side else -1, y + 0.35),
                (17 if side else far[1], y + 0.35),
                (near[1], 8.6),
                (near[0], 8.6),
            ],
            s.colour("#7fae5a"),
        )


def forecourt(s):
    for x in (1.2, 3.4, 12.6, 14.8):
        nature.tree(s, x, 7.8, s.any(1.3, 1.7), s.rnd.choice(nature.GREENS))
    for x in (0.6, 2.6, 4.4, 11.6, 13.4, 15.4):
        nature.bush(s, x, 8.6, 0.7, bloom=s.rnd.choice(("#e7607a", "#f2c14e", "#f6efe2")))
    for _ in range(3):
        things.person(s, s.any(6, 10), s.any(8.1, 8.7), 1.05)
    things.car(s, s.rnd.choice((2.6, 13.2)), 8.95, 1.5, s.rnd.choice(things.PAINTS))


def counter(s):
    room(s, s.rnd.choice(("#dfe8e6", "#efe4d0", "#d9e2ea")), 6.5, "#c3b294")
    window(s, 0.7, 1, 3, 3.2)
    window(s, 12.3, 1, 3, 3.2)
    s.box(4.6, 0.8, 11.4, 1.5, s.colour("#27628a"), 0.1)
    for i in range(4):
        s.box(5 + i * 1.6, 1.02, 6.2 + i * 1.6, 1.28, s.colour("#8fc0d6"), 0.05)
    for i in range(4):
        x = 2.6 + i * 3.6
        things.seated(s, x, 5.7, 1.7, s.colour("#f3efe4"))
        s.box(x - 1.15, 4.6, x - 0.4, 5.3, s.colour("#39424a"), 0.05)
        s.box(x - 0.83, 5.3, x - 0.72, 5.6, s.colour("#39424a"))
    s.box(0, 5.45, 16, 5.65, s.colour("#a7764c"))
    s.shade([(0, 5.65), (16, 5.65), (16, 7.3), (0, 7.3)], s.colour("#f4efe4"), s.colour("#ddd3c0"))
    for i in range(5):
        s.box(0.6 + i * 3.6, 5.65, 0.7 + i * 3.6, 7.3, s.colour("#a7764c"))
    for i in range(4):
        if s.rnd.random() < 0.75:
            things.person(s, 3 + i * 3.5 + s.any(-0.3, 0.3), 8.7, 3.1, back=True)
    plant(s, 0.8, 8.7, 1.4)
    plant(s, 15.3, 8.7, 1.4)


def school(s):
    (campus if s.rnd.random() < 0.6 else classroom)(s)


def classroom(s):
    room(s, s.rnd.choice(("#efe2c6", "#dfe8e0", "#e9dfe0")), 6.3, "#b39474")
    for x in (0.5, 13.1):
        window(s, x, 1.1, 2.4, 3.6)
    s.box(3.9, 0.9, 12.1, 4.7, s.colour("#8a6242"), 0.06)
    s.box(4.1, 1.1, 11.9, 4.5, s.colour("#2f6350"))
    blackboard(s)
    teacher = s.rnd.choice((3.4, 12.6))
    things.person(s, teacher, 6.9, 3.0, shirt=s.rnd.choice(("#d9583f", "#f3efe4", "#8a5aa0")), skirt=True)
    for row in range(3):
        size, y = 1.2 + row * 0.3, 6.9 + row * 0.95
        for i in range(6 - row):
            x = 8 + (i - (5 - row) / 2) * size * 1.9
            s.box(x - 0.95 * size, y - 0.1, x + 0.95 * size, y + 0.1, s.colour("#c08a58"), 0.04)
            things.seated(s, x, y + 0.55, size, s.colour("#f4f2ea"), back=True)
            s.box(x - 0.5 * size, y + 0.35, x + 0.5 * size, y + 0.9, s.colour("#9a6a45"), 0.08)


def blackboard(s):
    chalk = mix(s.colour("#2f6350"), "#ffffff", 0.75)
    s.line([(5, 3.9), (6.9, 3.9), (5.7, 2.2), (5, 3.9)], 0.05, chalk)
    s.line([(8 + cos(pi * i / 20) * 0.8, 3.05 + sin(pi * i / 20) * 0.8) for i in range(41)], 0.05, chalk)
    s.line([(9.6, 1.9), (9.6, 3.9), (11.5, 3.9)], 0.05, chalk)
    s.line(curve((9.7, 3.7), (10.6, 3.6), (11.4, 2.1)), 0.06, mix(chalk, "#e8b23c", 0.7))


def campus(s):
    s.sky(6.0)
    s.hills(2, 1)
    grounds(s, 7.0)
    things.hall(s, 8, 7.05, 12.5, 2, s.rnd.choice(("#f2d492", "#f5dfae", "#f1c9a0")), "#b5533c")
    for x in (1.3, 14.6):
        nature.tree(s, x, 8.2, s.any(2.2, 2.7), s.rnd.choice(("#d9482f", "#e0642f", "#4d8f4d")))
    for x in (3.6, 12.4):
        nature.bush(s, x, 8.2, 0.7, bloom="#f2c14e")
    for i in range(9):
        things.person(
            s,
            3.4 + i * 1.1 + s.any(-0.3, 0.3),
            s.any(8.0, 8.8),
            s.any(0.95, 1.15),
            shirt="#f6f3ea",
            skirt=i % 3 == 1,
        )


def hospital(s):
    (clinic_yard if s.rnd.random() < 0.6 else ward)(s)


def ward(s):
    room(s, s.rnd.choice(("#dcebe8", "#e6eaf0", "#efe8da")), 6.4, "#b9c4c2")
    for x in (1.0, 8.2):
        window(s, x, 1.1, 3.6, 3.2)
    s.disc(6.5, 2.3, 0.75, s.colour("#f8f6ee"))
    for half in ((0.45, 0.15), (0.15, 0.45)):
        s.box(6.5 - half[0], 2.3 - half[1], 6.5 + half[0], 2.3 + half[1], s.colour("#2f9a86"))
    for i in range(9):
        s.box(12.9 + i * 0.22, 0.5, 13.1 + i * 0.22, 6.2, s.colour("#8fc7bd" if i % 2 else "#a9d6cd"))
    s.box(12.6, 0.42, 16, 0.52, s.colour("#8fa0a8"))
    for i in range(2):
        bed(s, 3.0 + i * 7.2, 7.3)
    things.person(s, 6.2, 7.9, 3.4, shirt="#f8f6ee")
    things.person(s, 7.6, 8.1, 3.2, shirt="#7fc4b8", skirt=True)
    plant(s, 14.7, 7.9, 1.6)


def bed(s, x, y):
    metal, sheet = s.colour("#8fa0a8"), s.colour("#f6f4ee")
    for px in (-2.0, 1.9):
        s.box(x + px, y - 1.7, x + px + 0.12, y, metal, 0.05)
    s.box(x - 2, y - 0.75, x + 2, y - 0.5, metal)
    s.box(x - 1.9, y - 1.1, x + 1.9, y - 0.7, sheet, 0.12)
    s.box(x - 1.8, y - 1.4, x - 0.8, y - 1.05, mix(sheet, "#9fc7dc", 0.35), 0.15)
    s.box(x - 0.6, y - 1.25, x + 1.95, y - 0.55, s.colour(s.rnd.choice(("#5fb0a0", "#6fa6cf", "#e0a36a"))), 0.15)
    s.line([(x + 2.5, y), (x + 2.5, y - 3.1), (x + 2.25, y - 3.1)], 0.06, metal)
    s.box(x + 2.1, y - 3.05, x + 2.4, y - 2.5, s.colour("#cfe3ea"), 0.08)
    s.box(x - 3.0, y - 1.1, x - 2.3, y, s.colour("#c9a57c"), 0.05)
    nature.bush(s, x - 2.65, y - 1.1, 0.25, bloom="#e7607a")


def clinic_yard(s):
    s.sky(6.2)
    s.hills(2, 1)
    for x, width, height in ((1.6, 2.6, 3.2), (11.8, 2.6, 3.2)):
        things.tower(s, x, 7.05, width, height + s.any(-0.6, 0.6), "#e7eeee", 0.08)
    grounds(s, 7.0)
    things.hall(s, 8, 7.05, 9, 4, "#f4f4ee", "#3d9a8f", pitched=False)
    s.disc(8, 2.7, 0.62, s.colour("#f8f6ee"))
    for half in ((0.38, 0.13), (0.13, 0.38)):
        s.box(8 - half[0], 2.7 - half[1], 8 + half[0], 2.7 + half[1], s.colour("#2f9a86"))
    forecourt(s)
    ambulance(s, s.any(5, 11), 8.8, 1.9)


def ambulance(s, x, y, size):
    s.box(x - 0.75 * size, y - 0.75 * size, x + 0.3 * size, y - 0.1 * size, s.colour("#f7f5ee"), 0.06 * size)
    s.poly(
        [
            (x + 0.28 * size, y - 0.68 * size),
            (x + 0.5 * size, y - 0.68 * size),
            (x + 0.68 * size, y - 0.38 * size),
            (x + 0.78 * size, y - 0.32 * size),
            (x + 0.78 * size, y - 0.1 * size),
            (x + 0.28 * size, y - 0.1 * size),
        ],
        s.colour("#f7f5ee"),
    )
    s.poly(
        [
            (x + 0.33 * size, y - 0.62 * size),
            (x + 0.47 * size, y - 0.62 * size),
            (x + 0.61 * size, y - 0.38 * size),
            (x + 0.33 * size, y - 0.38 * size),
        ],
        things.pane(s, 0, 0),
    )
    s.box(x - 0.75 * size, y - 0.32 * size, x + 0.78 * size, y - 0.22 * size, s.colour("#2f9a86"))
    s.box(x - 0.3 * size, y - 0.6 * size, x - 0.22 * size, y - 0.36 * size, s.colour("#2f9a86"))
    s.box(x - 0.38 * size, y - 0.52 * size, x - 0.14 * size, y - 0.44 * size, s.colour("#2f9a86"))
    s.box(x + 0.05 * size, y - 0.83 * size, x + 0.25 * size, y - 0.75 * size, s.colour("#3f8fd0"), 0.03)
    for px in (-0.45, 0.48):
        s.disc(x + px * size, y - 0.1 * size, 0.13 * size, s.colour("#252b32"))
        s.disc(x + px * size, y - 0.1 * size, 0.06 * size, s.colour("#c9ccd0"))


def festival(s):
    if s.palette.lit or s.rnd.random() < 0.4:
        lantern_night(s)
    else:
        s.sky(s.any(3.8, 4.4))
        s.hills(3, 1.2)
        nature.grove(s, -0.5, 16.5, s.horizon + 0.1, 0.4, far=0.15)
        s.water(s.horizon + 0.1)
        for i in range(3):
            things.dragon_boat(s, s.any(5.5, 10.5), s.horizon + 1.2 + i * 1.35, 4.2 + i * 1.7)
        bunting(s, 1.0)


def lantern_night(s):
    s.sky(5.6)
    s.hills(2, 1)
    nature.grove(s, -0.5, 16.5, 6.6, 0.7, far=0.1)
    s.shade([(0, 6.5), (16, 6.5), (16, 9), (0, 9)], s.colour("#c9b08a"), s.colour("#a58a68"))
    things.temple(s, 8, 6.7, 1.5)
    for i in range(11):
        things.person(
            s,
            1.2 + i * 1.4 + s.any(-0.4, 0.4),
            s.any(7.8, 8.8),
            s.any(1.2, 1.4),
            hat=i % 4 == 0,
            skirt=i % 2 == 0,
        )
    for row in range(2):
        rope = curve((-0.2, 0.6 + row), (8, 2.6 + row * 0.7), (16.2, 0.4 + row), 18)
        s.line(rope, 0.025, s.colour("#4a3a3a"))
        for i in range(1 + row, 18, 2):
            if not 6 < rope[i][0] < 10 or row == 0:
                things.lantern(s, rope[i][0], rope[i][1] + 0.5, 0.75, ("#d9402f", "#f0a32e", "#e8663a")[i % 3])


def bunting(s, y):
    rope = curve((-0.2, y - 0.6), (8, y + 1.2), (16.2, y - 0.6), 32)
    s.line(rope, 0.025, s.colour("#6b5a4a"))
    for i, (x, py) in enumerate(rope[:-1]):
        s.poly([(x, py), (x + 0.36, py + 0.02), (x + 0.18, py + 0.5)], s.colour(AWNINGS[i % 4]))


def storm(s):
    s.sky(s.any(4.6, 5.2), sun=False, clouds=(0, 0))
    for _ in range(16):
        x, y, size = s.any(-1, 17), s.any(-0.2, 2.2), s.any(0.9, 1.8)
        for shift in (-1.2, 0, 1.1):
            s.disc(
                x + shift * size,
                y + abs(shift) * 0.2,
                size,
                mix(s.palette.top, s.palette.middle, s.any(0, 0.6)),
                size * 0.6,
            )
    if s.rnd.random() < 0.6:
        x = s.any(3, 13)
        bolt = [
            (x, 2.6),
            (x - 0.45, 3.7),
            (x - 0.1, 3.7),
            (x - 0.6, 5.0),
            (x + 0.35, 3.4),
            (x, 3.4),
            (x + 0.3, 2.6),
        ]
        s.glow(x - 0.1, 3.6, 2.4, "#eef3d8", 0.5)
        s.poly(bolt, "#f7f4d4")
    s.hills(2, 0.8, "#41606a")
    s.water(s.horizon)
    for row in range(3):
        swell(s, s.horizon + 0.7 + row * 1.1, 0.35 + row * 0.25, row)
    s.land(s.rolling(8.3, 0.4), "#5f6f58", 0, 0)
    wind = s.rnd.choice((-1, 1)) * s.any(0.45, 0.7)
    for i in range(3):
        nature.palm(s, s.any(1, 3) + i * 5.4, 8.7, s.any(3.2, 4.4), wind * 0.7, wind)
    things.house(s, s.any(4.5, 11), 8.75, 1.7)
    for _ in range(150):
        x, y, drop = s.any(0, 17), s.any(0, 9), s.any(0.25, 0.6)
        s.line([(x, y), (x + wind * drop, y + drop)], 0.014, mix("#c9d6da", s.palette.middle, 0.3))


def swell(s, y, height, row):
    """A row of waves that lean with the wind and break at their crests."""
    tone = mix(s.colour("#2f6f80", 0.3 - row * 0.12), s.palette.top, 0.15)
    width, start = 3.4 + row * 1.3, s.any(-3, -1)
    for i in range(6):
        left = start + i * width
        peak = (left + width * 0.72, y - height * 1.6)
        rise = curve((left, y), (left + width * 0.5, y + height * 0.1), peak)
        fall = curve(peak, (left + width * 0.7, y - height * 0.25), (left + width * 1.02, y))
        s.shade(
            [*rise, *fall, (left + width * 1.02, y + 2.4), (left, y + 2.4)],
            mix(tone, "#dfe9e8", 0.3),
            tone,
            tone,
        )
        foam = mix(tone, "#f2f6f3", 0.8)
        thick = [(px, py + height * 0.3 * sin(pi * n / 8)) for n, (px, py) in enumerate(rise[6:])]
        s.poly(rise[6:] + thick[::-1], foam)
        drip = [(px - width * 0.05 * sin(pi * n / 9), py) for n, (px, py) in enumerate(fall[:10])]
        s.poly(fall[:10] + drip[::-1], foam)
        for _ in range(5):
            s.disc(peak[0] + s.any(-0.1, 0.5), peak[1] - s.any(-0.15, 0.35), s.any(0.02, 0.06), foam)


def market(s):
    s.sky(4.6)
    for i in range(10):
        things.house(s, 0.8 + i * 1.65, 5.4, s.any(1.9, 2.4), far=0.3)
    nature.grove(s, -0.5, 16.5, 5.5, 0.4, far=0.2)
    s.shade([(0, 5.3), (16, 5.3), (16, 9), (0, 9)], s.colour("#d9c8a8"), s.colour("#bfa983"))
    for i in range(4):
        stall(s, 2.1 + i * 3.95, 7.3, AWNINGS[(i + s.rnd.randint(0, 1)) % 4])
    for i in range(9 if s.palette.lit else 0):
        things.lantern(s, 0.4 + i * 1.9, 3.2 + 0.3 * (i % 2), 0.5, "#f0a32e")
    for i in range(7):
        x, y = 1 + i * 2.25 + s.any(-0.4, 0.4), s.any(8.3, 8.85)
        things.person(s, x, y, s.any(1.6, 1.8), hat=i % 2 == 0, skirt=i % 3 == 0)
        if i % 2:
            basket(s, x + 0.8, y, s.any(0.55, 0.7))


def stall(s, x, y, colour):
    s.box(x - 1.6, y - 2.9, x + 1.6, y - 0.7, s.colour("#5a4a45"))
    things.person(s, x + s.any(-0.7, 0.7), y - 0.1, 2.1, hat=s.rnd.random() < 0.5)
    for px in (-1.6, 1.52):
        s.box(x + px, y - 3, x + px + 0.08, y, s.colour("#8a6a4c"))
    s.box(x - 1.65, y - 0.95, x + 1.65, y, s.colour("#a97c50"))
    for i in range(5):
        left = x - 1.55 + i * 0.63
        s.box(left, y - 0.85, left + 0.56, y - 0.45, s.colour("#caa06c"), 0.03)
        fruit = s.colour(("#e8a02e", "#d9483a", "#6fa64a", "#f0cf5a", "#8a4f8a")[(i + round(x)) % 5])
        for j in range(7):
            s.disc(
                left + 0.07 + (j % 4) * 0.14,
                y - 0.9 - (j // 4) * 0.1,
                0.085,
                mix(fruit, "#ffffff", 0.06 * (j % 3)),
            )
    for i in range(8):
        left = x - 1.85 + i * 0.4625
        tone = s.colour(colour if i % 2 else "#f7efe0")
        s.poly(
            [
                (left + 0.12 + (3.5 - i) * 0.03, y - 3.6),
                (left + 0.5 + (3.5 - i) * 0.03, y - 3.6),
                (left + 0.4625, y - 2.75),
                (left, y - 2.75),
            ],
            tone,
        )
        s.disc(left + 0.231, y - 2.75, 0.231, tone, 0.16)


def basket(s, x, y, size):
    for i in range(6):
        s.disc(
            x + (i - 2.5) * 0.13 * size,
            y - 0.55 * size,
            0.15 * size,
            s.colour(("#6fa64a", "#8fbf5a", "#e8a02e")[i % 3]),
        )
    s.poly(
        [
            (x - 0.5 * size, y - 0.5 * size),
            (x + 0.5 * size, y - 0.5 * size),
            (x + 0.36 * size, y),
            (x - 0.36 * size, y),
        ],
        s.colour("#b58a55"),
    )
    s.box(x - 0.53 * size, y - 0.55 * size, x + 0.53 * size, y - 0.44 * size, s.colour("#8f6a3f"), 0.03)


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
        things.person(s, s.any(8, 13), 8.8, 1.3, hat=i == 1)


def rampart(s, crest, height, far):
    stone = s.colour("#a89a86", far)
    s.poly([(x, y - height) for x, y in crest] + [(x, y + 0.1) for x, y in crest[::-1]], stone)
    s.line([(x, y - height) for x, y in crest], 0.05, mix(stone, s.palette.sun, 0.35))
    for row in range(3):
        for x, y in crest[row % 2 :: 2]:
            low, width = y - height * (0.3 * row + 0.06), 0.1 + height * 0.25
            s.box(
                x,
                low - height * 0.22,
                x + width,
                low,
                mix(stone, ("#6b5f52", "#d9cdb8", "#85796a")[(row + round(x * 5)) % 3], 0.3),
                0.04,
            )


def communal_house(s):
    s.sky(s.any(5.2, 5.6))
    s.hills(3, 1.5)
    nature.grove(s, -0.5, 16.5, 6.2, 0.8, far=0.12)
    s.land([(0, 6.1), (16, 6.1)], "#8fae62", 0.05, 0)
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
    for i, lean in enumerate((-0.8, 0.8, -0.4, 0.4, 0)):
        tip = (x + lean * size, y - size * (1.1 - abs(lean) * 0.5))
        s.poly(
            curve((x, y), (x + (lean - 0.5) * size, y - size * 0.5), tip, 8)
            + curve(tip, (x + (lean + 0.5) * size, y - size * 0.5), (x, y), 8),
            s.colour(("#d9608a", "#d9608a", "#ea88a8", "#ea88a8", "#f5b3c6")[i]),
        )


def court(s, x):
    s.shade(
        [(x - 1.5, 6.55), (x + 1.5, 6.55), (x + 4.5, 9), (x - 4.5, 9)],
        s.colour("#dccbaa"),
        s.colour("#c7b28c"),
    )
    for px, py, size in ((x - 3.6, 7.6, 0.9), (x + 3.6, 7.6, 0.9), (x - 5.6, 8.6, 1.2), (x + 5.6, 8.6, 1.2)):
        s.box(px - 0.32 * size, py - 1.5 * size, px + 0.32 * size, py, s.colour("#d8c29a"))
        s.box(px - 0.4 * size, py - 1.62 * size, px + 0.4 * size, py - 1.45 * size, s.colour("#b0573c"))
        s.poly(
            curve((px, py - 2.1 * size), (px - 0.36 * size, py - 1.85 * size), (px, py - 1.6 * size))
            + curve((px, py - 1.6 * size), (px + 0.36 * size, py - 1.85 * size), (px, py - 2.1 * size)),
            s.colour("#c98a5a"),
        )
    for i in range(4):
        things.person(s, x - 1.8 + i * 1.1, s.any(7.6, 8.6), 1.2, hat=i % 2 == 0, skirt=i % 2 == 0)


def sport(s):
    (stadium if s.rnd.random() < 0.55 else coast_run)(s)


def stadium(s):
    s.sky(4.2)
    s.hills(2, 1)
    s.box(0, 3.4, 16, 5.3, s.colour("#c9ced0"))
    for row in range(6):
        for i in range(64):
            if s.rnd.random() < 0.8:
                s.disc(
                    0.12 + i * 0.25 + (row % 2) * 0.12,
                    3.65 + row * 0.27,
                    0.085,
                    s.colour(s.rnd.choice(things.SHIRTS), 0.2),
                )
    s.poly([(-0.2, 2.5), (16.2, 2.5), (16.2, 2.85), (-0.2, 3.15)], s.colour("#f2ede2"))
    for x in (2, 6, 10, 14):
        s.box(x - 0.06, 2.7, x + 0.06, 5.3, s.colour("#8d979c"))
    s.shade([(0, 5.3), (16, 5.3), (16, 6.3), (0, 6.3)], s.colour("#79b05a"), s.colour("#5f9a4b"))
    s.shade([(0, 6.2), (16, 6.2), (16, 9), (0, 9)], s.colour("#c4694a"), s.colour("#a94f38"))
    for i in range(5):
        s.line(
            [(0, 6.2 + i * 0.62 + i * i * 0.03), (16, 6.2 + i * 0.62 + i * i * 0.03)],
            0.03 + 0.01 * i,
            s.colour("#f6efe2"),
        )
    race(s, 6.9, 0.68)


def coast_run(s):
    s.sky(s.any(4.0, 4.6))
    s.hills(2, 0.9)
    s.water(s.horizon, 7)
    s.box(0, 6.35, 16, 6.6, s.colour("#e3dccb"))
    for i in range(17):
        s.box(i - 0.07, 5.95, i + 0.07, 6.5, s.colour("#e3dccb"))
    s.box(0, 5.9, 16, 6.0, s.colour("#f2ede2"))
    s.shade([(0, 6.6), (16, 6.6), (16, 9), (0, 9)], s.colour("#7d848b"), s.colour("#5b626a"))
    for x in (1.2, 14.6):
        nature.palm(s, x, 6.7, 4.2, 0.15 if x < 8 else -0.15)
    race(s, 7.5, 0.42)


def race(s, y, gap):
    shirts = s.rnd.sample(things.SHIRTS, 5)
    for i in range(4):
        things.runner(s, 2.8 + i * 3.4 + s.any(-0.4, 0.4), y + gap * i, 3.0 + 0.25 * i, shirts[i])


SCENES = {
    "sea": sea,
    "island": island,
    "harbour": harbour,
    "fishing": fishing,
    "beach": beach,
    "mountain": mountain,
    "forest": forest,
    "ricefield": ricefield,
    "river": river,
    "bridge": bridge,
    "road": road,
    "city": city,
    "industry": industry,
    "meeting": meeting,
    "office": office,
    "school": school,
    "hospital": hospital,
    "festival": festival,
    "storm": storm,
    "market": market,
    "heritage": heritage,
    "sport": sport,
}
