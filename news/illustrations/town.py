"""Bridges, streets, works, markets and feasts."""

from news.illustrations import nature, people, things
from news.illustrations.canvas import curve, mix

FRUITS = ("#e8a02e", "#d9483a", "#6fa64a", "#f0cf5a", "#8a4f8a")


def bridge(s):
    s.sky(s.any(4.4, 5.0))
    s.hills(2, 0.9)
    for i in range(18):
        x, wall = i * 0.95 + s.any(-0.2, 0.2), s.rnd.choice(things.WALLS)
        things.tower(s, x, s.horizon + 0.05, s.any(0.5, 0.8), s.any(0.5, 1.6), wall, 0.45)
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
        pen = s.at(x, deck, 1)
        pen.poly("-0.24,1.6 -0.09,-3.1 0.09,-3.1 0.24,1.6", s.colour("#f2ede2"))
        for i in range(1, 9):
            foot, top = 0.4 + i * 0.39, i * 0.16 - 3.1
            pen.line([(-foot, 0), (0, top), (foot, 0)], 0.025, s.colour("#f2ede2", 0.2))


def arches(s, deck):
    for i in range(4):
        left = 0.2 + i * 3.9
        s.box(left - 0.22, deck + 0.1, left + 0.22, deck + 1.3, s.colour("#b9b2a4"))
        arch = curve((left, deck + 0.1), (left + 1.95, deck - 2.5), (left + 3.9, deck + 0.1), 20)
        s.line(arch, 0.16, s.colour("#c8553c"))
        for x, y in arch[2:-2:2]:
            s.line([(x, y), (x, deck)], 0.03, s.colour("#c8553c"))


def city(s):
    s.sky(s.any(5.2, 5.8))
    s.hills(2, 1.2)
    for layer in range(3):
        x = -0.3
        while x < 16:
            width, wall = s.any(0.7, 1.3), s.rnd.choice((*things.WALLS, "#c9d3d8", "#d9b99a"))
            height = s.any(0.9, 3.6 - 0.5 * layer)
            things.tower(s, x, s.horizon + 0.2 * layer, width, height, wall, 0.6 - 0.27 * layer)
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
    s.band(base + 0.25, 9, s.colour("#9a9c9c"), s.colour("#6f757b"))
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
    s.at(x, y - 5, 1).poly("-0.1,0 (-0.3,-0.4) 0.12,-0.85 (0.3,-0.3) 0.1,0", "#ffae42")
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
    pen, blue = s.at(0, y, 1), s.colour("#3f7fa6")
    for i in range(2):
        chimney = s.at(2.2 + i * 1.3, y, 4.4 - i * 0.6)
        chimney.poly("-0.065,0 -0.045,-1 0.045,-1 0.065,0", s.colour("#d9d0c2"))
        chimney.box(-0.05, -0.96, 0.05, -0.87, s.colour("#c8452f"))
    for i in range(6):
        bay = s.at(1 + i * 1.5, y, 1)
        bay.poly("0,0 0,-2.6 1.5,-1.9 1.5,0", s.colour("#e8e2d4"))
        bay.poly("0,-2.6 1.5,-1.9 1.5,-1.8 0,-2.5", blue)
        bay.box(0.25, -1.35, 1.25, -0.75, things.pane(s, 0, 0.8))
    pen.box(10.2, -2.1, 15, 0, s.colour("#d3dde0"))
    pen.box(10, -2.3, 15.2, -2.05, blue)
    for i in range(4):
        left = 10.6 + i * 1.15
        pen.box(left, -1.2, left + 0.75, 0, s.colour("#8fa0a8"))
        pen.box(left, -1.75, left + 0.75, -1.4, things.pane(s, 0, 0.8))
    tank(s, 14.9, y + 0.05, 0.6, 2.7)


def market(s):
    s.sky(4.6)
    for i in range(10):
        things.house(s, 0.8 + i * 1.65, 5.4, s.any(1.9, 2.4), far=0.3)
    nature.grove(s, -0.5, 16.5, 5.5, 0.4, far=0.2)
    s.band(5.3, 9, s.colour("#d9c8a8"), s.colour("#bfa983"))
    for i in range(4):
        stall(s, 2.1 + i * 3.95, 7.3, things.AWNINGS[(i + s.rnd.randint(0, 1)) % 4])
    for i in range(9 if s.palette.lit else 0):
        things.lantern(s, 0.4 + i * 1.9, 3.2 + 0.3 * (i % 2), 0.5, "#f0a32e")
    for i in range(7):
        x, y = 1 + i * 2.25 + s.any(-0.4, 0.4), s.any(8.3, 8.85)
        people.person(s, x, y, s.any(1.6, 1.8), hat=i % 2 == 0, skirt=i % 3 == 0)
        if i % 2:
            basket(s, x + 0.8, y, s.any(0.55, 0.7))


def stall(s, x, y, colour):
    pen = s.at(x, y, 1)
    pen.box(-1.6, -2.9, 1.6, -0.7, s.colour("#5a4a45"))
    people.person(s, x + s.any(-0.7, 0.7), y - 0.1, 2.1, hat=s.rnd.random() < 0.5)
    for px in (-1.6, 1.52):
        pen.box(px, -3, px + 0.08, 0, s.colour("#8a6a4c"))
    pen.box(-1.65, -0.95, 1.65, 0, s.colour("#a97c50"))
    for i in range(5):
        crate(s, pen, i * 0.63 - 1.55, FRUITS[(i + round(x)) % 5])
    for i in range(8):
        left, tone = i * 0.4625 - 1.85, s.colour(colour if i % 2 else "#f7efe0")
        lean = 0.225 - i * 0.03
        pen.poly([(left + lean, -3.6), (left + 0.38 + lean, -3.6), (left + 0.4625, -2.75), (left, -2.75)], tone)
        pen.disc(left + 0.231, -2.75, 0.231, tone, 0.16)


def crate(s, pen, left, fruit):
    pen.box(left, -0.85, left + 0.56, -0.45, s.colour("#caa06c"), 0.03)
    for i in range(7):
        tone = mix(s.colour(fruit), "#ffffff", 0.06 * (i % 3))
        pen.disc(left + 0.07 + (i % 4) * 0.14, -0.9 - (i // 4) * 0.1, 0.085, tone)


def basket(s, x, y, size):
    pen = s.at(x, y, size)
    for i in range(6):
        pen.disc((i - 2.5) * 0.13, -0.55, 0.15, s.colour(FRUITS[2 + i % 2]))
    pen.poly("-0.5,-0.5 0.5,-0.5 0.36,0 -0.36,0", s.colour("#b58a55"))
    pen.box(-0.53, -0.55, 0.53, -0.44, s.colour("#8f6a3f"), 0.03)


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
    s.band(6.5, 9, s.colour("#c9b08a"), s.colour("#a58a68"))
    things.temple(s, 8, 6.7, 1.5)
    for i in range(11):
        x = 1.2 + i * 1.4 + s.any(-0.4, 0.4)
        people.person(s, x, s.any(7.8, 8.8), s.any(1.2, 1.4), hat=i % 4 == 0, skirt=i % 2 == 0)
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
        s.poly([(x, py), (x + 0.36, py + 0.02), (x + 0.18, py + 0.5)], s.colour(things.AWNINGS[i % 4]))


def sport(s):
    (stadium if s.rnd.random() < 0.55 else coast_run)(s)


def stadium(s):
    s.sky(4.2)
    s.hills(2, 1)
    s.box(0, 3.4, 16, 5.3, s.colour("#c9ced0"))
    for row in range(6):
        for i in range(64):
            if s.rnd.random() < 0.8:
                shirt = s.colour(s.rnd.choice(people.SHIRTS), 0.2)
                s.disc(0.12 + i * 0.25 + (row % 2) * 0.12, 3.65 + row * 0.27, 0.085, shirt)
    s.poly([(-0.2, 2.5), (16.2, 2.5), (16.2, 2.85), (-0.2, 3.15)], s.colour("#f2ede2"))
    for x in (2, 6, 10, 14):
        s.box(x - 0.06, 2.7, x + 0.06, 5.3, s.colour("#8d979c"))
    s.band(5.3, 6.3, s.colour("#79b05a"), s.colour("#5f9a4b"))
    s.band(6.2, 9, s.colour("#c4694a"), s.colour("#a94f38"))
    for i in range(5):
        y = 6.2 + i * 0.62 + i * i * 0.03
        s.line([(0, y), (16, y)], 0.03 + 0.01 * i, s.colour("#f6efe2"))
    race(s, 6.9, 0.68)


def coast_run(s):
    s.sky(s.any(4.0, 4.6))
    s.hills(2, 0.9)
    s.water(s.horizon, 7)
    s.box(0, 6.35, 16, 6.6, s.colour("#e3dccb"))
    for i in range(17):
        s.box(i - 0.07, 5.95, i + 0.07, 6.5, s.colour("#e3dccb"))
    s.box(0, 5.9, 16, 6.0, s.colour("#f2ede2"))
    s.band(6.6, 9, s.colour("#7d848b"), s.colour("#5b626a"))
    for x in (1.2, 14.6):
        nature.palm(s, x, 6.7, 4.2, 0.15 if x < 8 else -0.15)
    race(s, 7.5, 0.42)


def race(s, y, gap):
    shirts = s.rnd.sample(people.SHIRTS, 5)
    for i in range(4):
        people.runner(s, 2.8 + i * 3.4 + s.any(-0.4, 0.4), y + gap * i, 3.0 + 0.25 * i, shirts[i])
