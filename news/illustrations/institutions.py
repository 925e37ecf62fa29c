"""Offices, schools, hospitals and meetings, from outside and inside."""

from math import cos, pi, sin

from news.illustrations import nature, people, things
from news.illustrations.canvas import mix

SERIES = ("#2f7fb5", "#5fb0a0", "#e8b23c")
COATS = ("#27425f", "#f3efe4", "#3d5a50", "#e9e2d2", "#6b3f4a")


def meeting(s):
    (lecture if s.rnd.random() < 0.5 else round_table)(s)


def lecture(s):
    room(s, s.rnd.choice(("#e9dfcb", "#d7e3e4", "#e6d8cf")), 6.4, "#a9886a")
    for x in (0.6, 13.2):
        window(s, x, 1.2, 2.2, 3.4)
    chart(s, 4.4, 0.9, 7.2, 3.9)
    speaker = s.rnd.choice((3.6, 12.4))
    people.seated(s, speaker, 5.5, 1.6, s.colour("#27425f"))
    lectern = s.at(speaker, 5.1, 1)
    lectern.poly("-0.8,0.1 0.8,0.1 0.62,1.8 -0.62,1.8", s.colour("#9a6a45"))
    lectern.box(-0.9, 0, 0.9, 0.15, s.colour("#7c4f33"), 0.03)
    lectern.disc(0, 0.9, 0.24, s.colour("#e0b96a"))
    plant(s, 16 - speaker, 6.8, 1.3)
    chair = s.rnd.choice(("#9c3f38", "#2f6f7c", "#7a5a3c"))
    for row in range(3):
        size, y, far = 1.15 + row * 0.3, 7.2 + row * 0.95, 0.16 - 0.08 * row
        count = 9 - row * 2
        for i in range(count):
            x = 8 + (i - (count - 1) / 2) * size * 1.35 + s.any(-0.1, 0.1)
            people.seated(s, x, y + 0.3, size * 1.1, s.colour(s.rnd.choice(people.SHIRTS), far), back=True)
            s.box(x - 0.44 * size, y, x + 0.44 * size, y + 1, s.colour(chair, far), 0.16)


def chart(s, x, y, width, height):
    s.box(x - 0.15, y - 0.15, x + width + 0.15, y + height + 0.15, s.colour("#3a4550"), 0.08)
    s.box(x, y, x + width, y + height, s.colour("#f7f5ee"))
    low, trend = y + height * 0.9, []
    for i in range(6):
        left = x + width * (0.1 + 0.14 * i)
        s.box(left, low - height * s.any(0.25, 0.7), left + width * 0.085, low, s.colour(SERIES[i % 3]))
        trend.append((left + width * 0.04, y + height * s.any(0.1, 0.35)))
    s.line(trend, 0.07, s.colour("#d9583f"))


def round_table(s):
    room(s, s.rnd.choice(("#e9dfcb", "#d7e3e4", "#dfe3d3")), 6.2, "#b39474")
    for i in range(4):
        window(s, 0.9 + i * 3.75, 0.9, 2.9, 3.5)
    for i in range(7):
        x = 2 + i * 2
        s.box(x - 0.56, 4.75, x + 0.56, 6.4, s.colour("#9a7458"), 0.2)
        people.seated(s, x, 6.45, 1.75, s.colour(s.rnd.choice(COATS)))
    s.poly("0.9,6.2 15.1,6.2 16.2,7.4 -0.2,7.4", s.colour("#b67c4e"))
    s.band(7.4, 9, s.colour("#8a5636"), s.colour("#6d432b"))
    for i in range(7):
        x = 8 + (i - 3) * 2.12
        s.at(x, 6.85, 1).poly("-0.42,0 0.3,0 0.36,0.25 -0.46,0.25", s.colour("#fbf8f0"))
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


def counter(s):
    room(s, s.rnd.choice(("#dfe8e6", "#efe4d0", "#d9e2ea")), 6.5, "#c3b294")
    window(s, 0.7, 1, 3, 3.2)
    window(s, 12.3, 1, 3, 3.2)
    s.box(4.6, 0.8, 11.4, 1.5, s.colour("#27628a"), 0.1)
    for i in range(4):
        s.box(5 + i * 1.6, 1.02, 6.2 + i * 1.6, 1.28, s.colour("#8fc0d6"), 0.05)
    for i in range(4):
        x = 2.6 + i * 3.6
        people.seated(s, x, 5.7, 1.7, s.colour("#f3efe4"))
        s.box(x - 1.15, 4.6, x - 0.4, 5.3, s.colour("#39424a"), 0.05)
        s.box(x - 0.83, 5.3, x - 0.72, 5.6, s.colour("#39424a"))
    s.box(0, 5.45, 16, 5.65, s.colour("#a7764c"))
    s.band(5.65, 7.3, s.colour("#f4efe4"), s.colour("#ddd3c0"))
    for i in range(5):
        s.box(0.6 + i * 3.6, 5.65, 0.7 + i * 3.6, 7.3, s.colour("#a7764c"))
    for i in range(4):
        if s.rnd.random() < 0.75:
            people.person(s, 3 + i * 3.5 + s.any(-0.3, 0.3), 8.7, 3.1, back=True)
    plant(s, 0.8, 8.7, 1.4)
    plant(s, 15.3, 8.7, 1.4)


def grounds(s, y):
    nature.grove(s, -0.5, 16.5, y, 0.9, far=0.15)
    s.band(y, 9, s.colour("#d8cdb6"), s.colour("#bfb299"))
    for x, way in ((0, 1), (16, -1)):
        s.at(x, y, 1, way).poly("-1,0.35 6.2,0.35 5.2,1.6 -1,1.6", s.colour("#7fae5a"))


def forecourt(s):
    for x in (1.2, 3.4, 12.6, 14.8):
        nature.tree(s, x, 7.8, s.any(1.3, 1.7), s.rnd.choice(nature.GREENS))
    for x in (0.6, 2.6, 4.4, 11.6, 13.4, 15.4):
        nature.bush(s, x, 8.6, 0.7, bloom=s.rnd.choice(("#e7607a", "#f2c14e", "#f6efe2")))
    for _ in range(3):
        people.person(s, s.any(6, 10), s.any(8.1, 8.7), 1.05)
    things.car(s, s.rnd.choice((2.6, 13.2)), 8.95, 1.5, s.rnd.choice(things.PAINTS))


def school(s):
    (campus if s.rnd.random() < 0.6 else classroom)(s)


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
        x, y = 3.4 + i * 1.1 + s.any(-0.3, 0.3), s.any(8.0, 8.8)
        people.person(s, x, y, s.any(0.95, 1.15), shirt="#f6f3ea", skirt=i % 3 == 1)


def classroom(s):
    room(s, s.rnd.choice(("#efe2c6", "#dfe8e0", "#e9dfe0")), 6.3, "#b39474")
    for x in (0.5, 13.1):
        window(s, x, 1.1, 2.4, 3.6)
    s.box(3.9, 0.9, 12.1, 4.7, s.colour("#8a6242"), 0.06)
    s.box(4.1, 1.1, 11.9, 4.5, s.colour("#2f6350"))
    blackboard(s)
    teacher = s.rnd.choice((3.4, 12.6))
    people.person(s, teacher, 6.9, 3.0, shirt=s.rnd.choice(("#d9583f", "#f3efe4", "#8a5aa0")), skirt=True)
    for row in range(3):
        size, y = 1.2 + row * 0.3, 6.9 + row * 0.95
        for i in range(6 - row):
            x = 8 + (i - (5 - row) / 2) * size * 1.9
            s.box(x - 0.95 * size, y - 0.1, x + 0.95 * size, y + 0.1, s.colour("#c08a58"), 0.04)
            people.seated(s, x, y + 0.55, size, s.colour("#f4f2ea"), back=True)
            s.box(x - 0.5 * size, y + 0.35, x + 0.5 * size, y + 0.9, s.colour("#9a6a45"), 0.08)


def blackboard(s):
    chalk = mix(s.colour("#2f6350"), "#ffffff", 0.75)
    s.line("5,3.9 6.9,3.9 5.7,2.2 5,3.9", 0.05, chalk)
    s.line([(8 + cos(pi * i / 20) * 0.8, 3.05 + sin(pi * i / 20) * 0.8) for i in range(41)], 0.05, chalk)
    s.line("9.6,1.9 9.6,3.9 11.5,3.9", 0.05, chalk)
    s.line("9.7,3.7 (10.6,3.6) 11.4,2.1", 0.06, mix(chalk, "#e8b23c", 0.7))


def hospital(s):
    (clinic_yard if s.rnd.random() < 0.6 else ward)(s)


def clinic_yard(s):
    s.sky(6.2)
    s.hills(2, 1)
    for x, width, height in ((1.6, 2.6, 3.2), (11.8, 2.6, 3.2)):
        things.tower(s, x, 7.05, width, height + s.any(-0.6, 0.6), "#e7eeee", 0.08)
    grounds(s, 7.0)
    things.hall(s, 8, 7.05, 9, 4, "#f4f4ee", "#3d9a8f", pitched=False)
    s.disc(8, 2.7, 0.62, s.colour("#f8f6ee"))
    things.cross(s, 8, 2.7, 0.38, s.colour("#2f9a86"))
    forecourt(s)
    things.ambulance(s, s.any(5, 11), 8.8, 1.9)


def ward(s):
    room(s, s.rnd.choice(("#dcebe8", "#e6eaf0", "#efe8da")), 6.4, "#b9c4c2")
    for x in (1.0, 8.2):
        window(s, x, 1.1, 3.6, 3.2)
    s.disc(6.5, 2.3, 0.75, s.colour("#f8f6ee"))
    things.cross(s, 6.5, 2.3, 0.45, s.colour("#2f9a86"))
    for i in range(9):
        s.box(12.9 + i * 0.22, 0.5, 13.1 + i * 0.22, 6.2, s.colour("#8fc7bd" if i % 2 else "#a9d6cd"))
    s.box(12.6, 0.42, 16, 0.52, s.colour("#8fa0a8"))
    for i in range(2):
        bed(s, 3.0 + i * 7.2, 7.3)
    people.person(s, 6.2, 7.9, 3.4, shirt="#f8f6ee")
    people.person(s, 7.6, 8.1, 3.2, shirt="#7fc4b8", skirt=True)
    plant(s, 14.7, 7.9, 1.6)


def bed(s, x, y):
    pen, metal, sheet = s.at(x, y, 1), s.colour("#8fa0a8"), s.colour("#f6f4ee")
    for px in (-2.0, 1.9):
        pen.box(px, -1.7, px + 0.12, 0, metal, 0.05)
    pen.box(-2, -0.75, 2, -0.5, metal)
    pen.box(-1.9, -1.1, 1.9, -0.7, sheet, 0.12)
    pen.box(-1.8, -1.4, -0.8, -1.05, mix(sheet, "#9fc7dc", 0.35), 0.15)
    pen.box(-0.6, -1.25, 1.95, -0.55, s.colour(s.rnd.choice(("#5fb0a0", "#6fa6cf", "#e0a36a"))), 0.15)
    pen.line("2.5,0 2.5,-3.1 2.25,-3.1", 0.06, metal)
    pen.box(2.1, -3.05, 2.4, -2.5, s.colour("#cfe3ea"), 0.08)
    pen.box(-3, -1.1, -2.3, 0, s.colour("#c9a57c"), 0.05)
    nature.bush(s, x - 2.65, y - 1.1, 0.25, bloom="#e7607a")


def room(s, wall, floor_y, floor):
    s.sky(6, sun=False)
    s.soften()
    s.band(0, floor_y, s.colour(mix(wall, "#ffffff", 0.2)), s.colour(wall))
    s.band(floor_y, 9, s.colour(mix(floor, "#2a2030", 0.15)), s.colour(floor))
    s.box(0, floor_y - 0.12, 16, floor_y, s.colour(mix(wall, "#5a4030", 0.5)))


def window(s, x, y, width, height):
    pen, frame, base = s.at(x, y, 1), s.colour("#fbf7ee"), y + height
    pen.box(-0.1, -0.1, width + 0.1, height + 0.1, frame)
    s.shade([(x, y), (x + width, y), (x + width, base), (x, base)], *s.palette[:3])
    for far in (0.65, 0.35):
        tops = [height * (0.85 - far / 3) + 0.12 * sin(i * 1.1 + far * 9 + x) for i in range(13)]
        crest = [(width * i / 12, top) for i, top in enumerate(tops)]
        pen.poly([*crest, (width, height), (0, height)], s.colour("#3c7a68", far))
    pen.box(width / 2 - 0.04, 0, width / 2 + 0.04, height, frame)
    pen.box(0, height * 0.3, width, height * 0.3 + 0.06, frame)


def plant(s, x, y, size):
    for i in range(7):
        tone = s.colour(nature.GREENS[i % 3])
        nature.leaf(s, x, y - 0.5 * size, s.any(0.7, 1.1) * size, pi * (0.12 + 0.127 * i), tone)
    s.at(x, y, size).poly("-0.3,-0.6 0.3,-0.6 0.22,0 -0.22,0", s.colour("#c07a52"))
