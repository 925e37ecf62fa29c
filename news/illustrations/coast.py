"""The sea and what lives from it."""

from math import pi, sin

from news.illustrations import nature, people, things
from news.illustrations.canvas import curve, mix, trace

VOLCANO = "-5.4,0 -3.6,-0.45 -2.4,-0.7 -1.1,-1.95 -0.75,-2.1 -0.1,-1.9 0.5,-2.15 0.9,-2 2.2,-0.8 3.8,-0.5 5.6,0"


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
    crest = [(middle + x, foot + y * s.any(0.95, 1.05)) for x, y in trace(VOLCANO)]
    s.shade(crest, s.colour("#5c8a52", 0.1), s.colour("#3f7a58", 0.15))
    s.poly(
        [crest[3], crest[4], crest[5], (middle + 0.2, foot - 0.5), (middle - 1.8, foot - 0.3)], s.colour("#7da35c", 0.1)
    )
    for i in range(9):
        x = middle - 3.6 + i * 0.8
        s.box(x, foot - 0.34, x + 0.72, foot - 0.14, s.colour(("#a9bd5c", "#e6d9b0", "#86a94e")[i % 3], 0.1))
    nature.grove(s, middle - 5.0, middle - 3.4, foot - 0.02, 0.3)
    for i in range(8):
        things.house(s, middle + 1.2 + i * 0.5, foot, s.any(0.4, 0.55), far=0.1)
    s.at(middle, foot, 1).poly("-5.8,-0.03 6,-0.03 5.6,0.12 -5.5,0.12", s.colour("#e6d8ae"))
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
    for _ in range(s.rnd.randint(16, 22)):
        x = s.any(0, 15)
        for row in range(s.rnd.randint(1, 2)):
            s.box(x, 8.1 - row * 0.42, x + 1.15, 8.5 - row * 0.42, s.colour(s.rnd.choice(things.PAINTS)), 0.02)
    things.truck(s, s.any(3, 13), 8.8, 1.4, "#c8452f")


def quay(s, y):
    s.band(y, 9, s.colour("#b9b2a4"), s.colour("#8d8880"))
    s.box(0, y, 16, y + 0.14, s.colour("#5e5d5c"))
    for i in range(17):
        s.box(i - 0.12, y - 0.13, i + 0.12, y, s.colour("#39424a"), 0.04)


def fishing(s):
    s.sky(s.any(3.6, 4.4))
    s.hills(3, 0.9)
    s.water(s.horizon)
    for i in range(6):
        x, y = 1 + i * 2.7 + s.any(-0.5, 0.5), s.horizon + 0.5 + (i % 2) * 0.35
        things.boat(s, x, y, s.any(1.3, 1.7), s.rnd.choice((-1, 1)))
    for i in range(3):
        things.boat(s, 3 + i * 5.2 + s.any(-0.8, 0.8), s.any(6.2, 6.7), s.any(2.8, 3.4), s.rnd.choice((-1, 1)))
    sand(s, 8.0, "#d8c193")
    for x in (s.any(1, 3.5), s.any(11, 14)):
        things.coracle(s, x, 8.1, s.any(1.4, 1.9))
    for i in range(4):
        people.person(s, s.any(4.6, 10.4), s.any(8.3, 8.8), 1.3, hat=i != 1)
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
        parasol(s, x, y, 1.15, things.AWNINGS[(i + s.rnd.randint(0, 3)) % 4])
    things.coracle(s, s.any(7.2, 8.2), 8.2, 1.6)
    for i in range(3):
        nature.palm(s, 12.2 + i * 1.5 + s.any(-0.3, 0.3), 8.9, s.any(3.4, 5), s.any(-0.4, -0.1))
    for x in (12.2, 13.7, 15.2):
        nature.bush(s, x, 9.1, s.any(0.8, 1.4), s.rnd.choice(nature.GREENS))
    s.gulls(3)


def parasol(s, x, y, size, colour):
    pen = s.at(x, y, size)
    pen.disc(0.2, 0.02, 0.7, s.colour("#c9b183"), 0.1)
    pen.line("0,0 0,-1", 0.045, s.colour("#f4efe2"))
    pen.dome(0, -0.75, 0.85, 0.6, s.colour("#f6efe2"))
    for path in ("-0.72,-0.75 (-0.39,-1.2) 0,-1.35 -0.38,-0.75", "-0.17,-0.75 (0,-1.2) 0,-1.35 0.17,-0.75"):
        pen.poly(path, s.colour(colour))
    pen.poly("0.72,-0.75 (0.39,-1.2) 0,-1.35 0.38,-0.75", s.colour(colour))
    pen.poly("-0.9,0 -0.3,0 -0.1,-0.25 -0.2,-0.28 -0.35,-0.1 -0.9,-0.1", s.colour(mix(colour, "#ffffff", 0.4)))


def storm(s):
    s.sky(s.any(4.6, 5.2), sun=False, clouds=(0, 0))
    for _ in range(16):
        pen = s.at(s.any(-1, 17), s.any(-0.2, 2.2), s.any(0.9, 1.8))
        for shift in (-1.2, 0, 1.1):
            pen.disc(shift, abs(shift) * 0.15, 1, mix(s.palette.top, s.palette.middle, s.any(0, 0.6)), 0.6)
    if s.rnd.random() < 0.6:
        x = s.any(3, 13)
        s.glow(x, 3.8, 2.4, "#eef3d8", 0.5)
        s.at(x, 2.6, 1).poly("0,0 -0.45,1.1 -0.1,1.1 -0.6,2.4 0.35,0.8 0,0.8 0.3,0", "#f7f4d4")
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
        body = [*rise, *fall, (left + width * 1.02, y + 2.4), (left, y + 2.4)]
        s.shade(body, mix(tone, "#dfe9e8", 0.42), tone, tone)
        foam = mix(tone, "#f2f6f3", 0.8)
        thick = [(px, py + height * 0.3 * sin(pi * n / 8)) for n, (px, py) in enumerate(rise[6:])]
        s.poly(rise[6:] + thick[::-1], foam)
        drip = [(px - width * 0.05 * sin(pi * n / 9), py) for n, (px, py) in enumerate(fall[:10])]
        s.poly(fall[:10] + drip[::-1], foam)
        for _ in range(5):
            s.disc(peak[0] + s.any(-0.1, 0.5), peak[1] - s.any(-0.15, 0.35), s.any(0.02, 0.06), foam)
