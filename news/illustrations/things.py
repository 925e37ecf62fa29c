"""What people build, sail and drive, and the people themselves: always without faces, flags or letters."""

from math import cos, pi, sin

from news.illustrations.canvas import curve, mix

PAINTS = ("#1f6fa8", "#c8452f", "#2b8c80", "#e0a030", "#27527d")
SHIRTS = ("#d9583f", "#2f7fb5", "#e8b23c", "#f3efe4", "#3d9a80", "#8a5aa0")
ROOFS = ("#b5533c", "#c4694a", "#9c4a3c", "#5a6f86")
WALLS = ("#f3e3c3", "#f6efe2", "#e9d3a8", "#dfe6e4")
LAMP = "#ffd98a"


def frame(x, y, size, way=1, up=1):
    """Places points of a drawing of its own size, turned towards `way`."""
    return lambda px, py: (x + px * size * way, y + py * size * up)


def pane(s, far=0.0, chance=0.55):
    """The colour of a window: often lit after sunset, else dark glass."""
    return (
        mix(LAMP, s.palette.haze, far * 0.7) if s.palette.lit and s.rnd.random() < chance else s.colour("#45708a", far)
    )


# on the water


def boat(s, x, y, size, way=1):
    """A wooden fishing boat of the central coast, `size` long, its bow towards `way`."""
    at = frame(x, y, size, way)
    hull, dark = s.colour(s.rnd.choice(PAINTS)), s.colour("#2b3440")
    s.disc(x, y + 0.05 * size, 0.52 * size, mix(s.colour("#1d5f78"), s.palette.low, 0.1), 0.05 * size)
    s.line([at(0.1, -0.1), at(0.1, -0.82)], 0.025 * size, dark)
    for end in ((-0.48, -0.2), (0.58, -0.33)):
        s.line([at(0.1, -0.8), at(*end)], 0.008 * size, dark)
    s.box(*at(-0.38, -0.38), *at(-0.04, -0.1), s.colour("#f2ead8"), 0.02 * size)
    s.box(*at(-0.43, -0.42), *at(0.01, -0.37), hull, 0.02 * size)
    for px in (-0.33, -0.22, -0.11):
        s.box(*at(px - 0.03, -0.32), *at(px + 0.04, -0.23), pane(s), 0.01)
    sheer = curve(at(-0.52, -0.2), at(0.05, -0.02), at(0.62, -0.36))
    s.poly(sheer + curve(at(0.62, -0.36), at(0.5, 0.02), at(0.36, 0.05)) + [at(-0.42, 0.05)], hull)
    s.poly(
        [
            at(-0.46, -0.03),
            *curve(at(-0.44, -0.03), at(0.1, 0.03), at(0.46, -0.06)),
            at(0.36, 0.05),
            at(-0.42, 0.05),
        ],
        s.colour("#7a2f2a"),
    )
    s.line(curve(at(-0.51, -0.17), at(0.05, 0.015), at(0.6, -0.32)), 0.02 * size, s.colour("#f6e7c4"))


def coracle(s, x, y, size):
    """A round basket boat."""
    s.disc(x, y, 0.5 * size, s.colour("#7a5636"), 0.16 * size)
    s.disc(x, y - 0.03 * size, 0.46 * size, s.colour("#4f3826"), 0.12 * size)
    s.poly(curve((x - 0.5 * size, y), (x, y + 0.62 * size), (x + 0.5 * size, y)), s.colour("#96704a"))
    for px in (-0.3, -0.1, 0.1, 0.3):
        s.line(
            [(x + px * size, y + 0.08 * size), (x + px * 0.8 * size, y + 0.25 * size)],
            0.012 * size,
            s.colour("#6b4c30"),
        )


def cargo_ship(s, x, y, size):
    hull = [
        (x - size, y - 0.3 * size),
        (x + 0.98 * size, y - 0.3 * size),
        (x + 1.12 * size, y - 0.42 * size),
        (x + 0.9 * size, y),
        (x - 0.93 * size, y),
    ]
    for column in range(9):
        left = x - 0.5 * size + column * 0.155 * size
        for row in range(s.rnd.randint(2, 4)):
            low = y - 0.3 * size - row * 0.1 * size
            s.box(left, low - 0.094 * size, left + 0.148 * size, low, s.colour(s.rnd.choice(PAINTS), 0.12))
    s.box(x - 0.92 * size, y - 0.85 * size, x - 0.6 * size, y - 0.3 * size, s.colour("#f4f0e6"))
    for row in range(4):
        for column in range(4):
            px, py = x - (0.89 - 0.073 * column) * size, y - (0.78 - 0.11 * row) * size
            s.box(px, py, px + 0.045 * size, py + 0.05 * size, pane(s))
    s.box(x - 0.83 * size, y - 1.0 * size, x - 0.7 * size, y - 0.85 * size, s.colour("#c8452f"))
    s.poly(hull, s.colour("#24506f"))
    s.poly(
        [
            (x - 0.955 * size, y - 0.1 * size),
            (x + 0.95 * size, y - 0.1 * size),
            (x + 0.9 * size, y),
            (x - 0.93 * size, y),
        ],
        s.colour("#a63c30"),
    )


def dragon_boat(s, x, y, size, way=1):
    at = frame(x, y, size, way)
    paint = s.colour(s.rnd.choice(PAINTS[:4]))
    shirt = s.rnd.choice(SHIRTS)
    for i in range(9):
        px = -0.4 + i * 0.095
        s.line([at(px + 0.03, -0.09), at(px - 0.04, 0.06)], 0.012 * size, s.colour("#6b4a2c"))
        s.poly(
            [at(px - 0.022, -0.02), at(px + 0.0, -0.11), at(px + 0.035, -0.11), at(px + 0.035, -0.02)],
            s.colour(shirt),
        )
        s.disc(*at(px + 0.03, -0.135), 0.021 * size, s.colour("#c99a72"))
    s.poly(
        curve(at(-0.62, -0.2), at(-0.5, 0.03), at(0, 0.0))
        + curve(at(0, 0), at(0.5, 0.03), at(0.6, -0.24))
        + curve(at(0.66, -0.2), at(0.6, 0.06), at(0.3, 0.06))
        + [at(-0.4, 0.06)],
        paint,
    )
    s.line(
        curve(at(-0.58, -0.1), at(-0.3, 0.03), at(0.3, 0.03)) + [at(0.58, -0.12)],
        0.014 * size,
        s.colour("#f4d16a"),
    )
    s.poly(
        [at(0.57, -0.2), at(0.6, -0.32), at(0.7, -0.3), at(0.76, -0.22), at(0.67, -0.22), at(0.65, -0.14)],
        s.colour("#f0b93a"),
    )


# on the land


def house(s, x, y, size, roof=None, far=0.0):
    wall, roof = s.colour(s.rnd.choice(WALLS), far), s.colour(roof or s.rnd.choice(ROOFS), far)
    s.box(x - 0.5 * size, y - 0.5 * size, x + 0.5 * size, y, wall)
    s.box(x - 0.5 * size, y - 0.5 * size, x + 0.5 * size, y - 0.42 * size, mix(wall, "#3a3040", 0.22))
    s.poly(
        [
            (x - 0.62 * size, y - 0.46 * size),
            (x - 0.4 * size, y - 0.86 * size),
            (x + 0.4 * size, y - 0.86 * size),
            (x + 0.62 * size, y - 0.46 * size),
        ],
        roof,
    )
    s.poly(
        [
            (x - 0.4 * size, y - 0.86 * size),
            (x + 0.4 * size, y - 0.86 * size),
            (x + 0.37 * size, y - 0.81 * size),
            (x - 0.43 * size, y - 0.81 * size),
        ],
        mix(roof, "#ffffff", 0.15),
    )
    s.box(x - 0.09 * size, y - 0.32 * size, x + 0.09 * size, y, s.colour("#6d4a38", far))
    for px in (-0.33, 0.21):
        s.box(x + px * size, y - 0.33 * size, x + (px + 0.14) * size, y - 0.16 * size, pane(s, far, 0.9))


def tower(s, x, y, width, height, colour, far=0.0):
    """A block of flats or offices with its windows and one side in the shade."""
    wall = s.colour(colour, far)
    s.box(x, y - height, x + width, y, wall)
    shaded = x + width * 0.72 if s.sun_x < x else x
    s.box(shaded, y - height, shaded + width * 0.28, y, mix(wall, s.palette.tint, 0.28))
    step = 0.24
    for row in range(int(height / step) - 1):
        for column in range(int((width - 0.1) / 0.2)):
            px, py = x + 0.1 + column * 0.2, y - height + 0.16 + row * step
            s.box(px, py, px + 0.11, py + 0.13, pane(s, far, 0.4))


def hall(s, x, y, width, floors, wall, roof, pitched=True):
    """A long public building with bays, a porch in the middle and a hipped or flat roof."""
    height, face = 0.95 * floors, s.colour(wall)
    shadow, top = mix(face, s.palette.tint, 0.3), y - 0.95 * floors
    s.box(x - width / 2, top, x + width / 2, y, face)
    for floor in range(floors):
        low = y - floor * 0.95
        s.box(x - width / 2, low - 0.95, x + width / 2, low - 0.85, shadow)
        bays = int(width / 0.75)
        for bay in range(bays):
            px = x - width / 2 + width * (bay + 0.5) / bays
            s.box(px - 0.21, low - 0.72, px + 0.21, low - 0.2, pane(s, 0, 0.7), 0.03)
            s.box(px - 0.012, low - 0.72, px + 0.012, low - 0.2, shadow)
    if pitched:
        s.poly(
            [
                (x - width / 2 - 0.3, top),
                (x - width / 2 + 0.6, top - 0.85),
                (x + width / 2 - 0.6, top - 0.85),
                (x + width / 2 + 0.3, top),
            ],
            s.colour(roof),
        )
        s.box(
            x - width / 2 - 0.3,
            top - 0.05,
            x + width / 2 + 0.3,
            top + 0.04,
            mix(s.colour(roof), s.palette.tint, 0.35),
        )
    else:
        s.box(x - width / 2 - 0.15, top - 0.22, x + width / 2 + 0.15, top, s.colour(roof))
    porch(s, x, y, height, face, s.colour(roof))


def porch(s, x, y, height, face, roof):
    top = y - height
    s.box(x - 1.2, top - 0.35, x + 1.2, y, mix(face, "#ffffff", 0.25))
    s.box(
        x - 0.95,
        y - 0.75 * height,
        x + 0.95,
        y,
        s.colour("#3c5f74") if not s.palette.lit else mix(LAMP, "#b5783c", 0.25),
    )
    for px in (-1.05, -0.4, 0.4, 1.05):
        s.box(x + px - 0.08, top, x + px + 0.08, y, mix(face, "#ffffff", 0.45))
    s.poly([(x - 1.5, top - 0.3), (x, top - 1.05), (x + 1.5, top - 0.3)], roof)
    s.poly([(x - 1.02, top - 0.4), (x, top - 0.88), (x + 1.02, top - 0.4)], mix(face, "#ffffff", 0.3))
    for step in range(3):
        s.box(
            x - 1.3 - 0.15 * step,
            y + 0.09 * step,
            x + 1.3 + 0.15 * step,
            y + 0.09 * step + 0.1,
            mix(face, s.palette.tint, 0.12 + 0.1 * step),
        )


def eaves(s, x, y, width, height, colour):
    """A tiled roof with upturned corners."""
    half, ridge = width / 2, width * 0.3
    left = curve((x - ridge, y - height), (x - half * 0.72, y - height * 0.12), (x - half - 0.12, y - height * 0.22))
    right = curve((x + half + 0.12, y - height * 0.22), (x + half * 0.72, y - height * 0.12), (x + ridge, y - height))
    under = curve((x - half - 0.12, y - height * 0.22), (x, y + height * 0.16), (x + half + 0.12, y - height * 0.22))
    s.poly(left + under + right, s.colour(colour))
    for i in range(1, 14):
        px = -1 + i / 7
        s.line(
            [(x + px * ridge, y - height), (x + px * half * 0.93, y - 0.02)],
            0.016,
            mix(s.colour(colour), "#2a1a1a", 0.16),
        )
    s.box(
        x - ridge - 0.06,
        y - height - 0.1,
        x + ridge + 0.06,
        y - height + 0.04,
        mix(s.colour(colour), "#2a1a1a", 0.35),
        0.04,
    )
    for way in (-1, 1):
        tip = x + way * (ridge + 0.05)
        s.poly(
            curve((tip, y - height), (tip + way * 0.12, y - height - 0.08), (tip + way * 0.1, y - height - 0.32))
            + [(tip - way * 0.12, y - height - 0.08)],
            mix(s.colour(colour), "#2a1a1a", 0.35),
        )


def temple(s, x, y, size):
    """A communal house: two curved roofs over red columns."""
    wall = mix(s.colour("#e7c98f"), LAMP, 0.35 if s.palette.lit else 0)
    s.box(x - 1.75 * size, y - 0.06 * size, x + 1.75 * size, y + 0.18 * size, s.colour("#b9ab97"))
    s.box(x - 1.4 * size, y - 1.1 * size, x + 1.4 * size, y, wall)
    for i in range(3):
        px = x + (i - 1) * 0.85 * size
        s.box(px - 0.3 * size, y - 0.85 * size, px + 0.3 * size, y, s.colour("#7c3a2c"))
        s.line([(px, y - 0.85 * size), (px, y)], 0.02, s.colour("#4f241e"))
    for i in range(4):
        px = x + (i - 1.5) * 0.9 * size
        s.box(px - 0.07 * size, y - 1.1 * size, px + 0.07 * size, y, s.colour("#a33b2c"))
    eaves(s, x, y - 0.98 * size, 3.6 * size, 0.75 * size, "#b0573c")
    s.box(x - 0.85 * size, y - 1.95 * size, x + 0.85 * size, y - 1.7 * size, wall)
    eaves(s, x, y - 1.85 * size, 2.3 * size, 0.7 * size, "#b0573c")


def lamp_post(s, x, y, size, way=1):
    s.line([(x, y), (x, y - size), (x + 0.3 * size * way, y - 1.06 * size)], 0.03 * size, s.colour("#4a5560"))
    s.box(
        x + 0.2 * size * way,
        y - 1.09 * size,
        x + 0.4 * size * way,
        y - 1.04 * size,
        LAMP if s.palette.lit else s.colour("#e8e6dc"),
        0.02,
    )


def car(s, x, y, size, colour):
    body = s.colour(colour)
    s.disc(x, y, 0.56 * size, s.colour("#39424a"), 0.05 * size)
    s.poly(
        curve((x - 0.34 * size, y - 0.24 * size), (x - 0.2 * size, y - 0.46 * size), (x, y - 0.44 * size))
        + curve(
            (x + 0.05 * size, y - 0.44 * size),
            (x + 0.25 * size, y - 0.43 * size),
            (x + 0.36 * size, y - 0.24 * size),
        ),
        mix(body, "#1d2a33", 0.15),
    )
    s.poly(
        [
            (x - 0.27 * size, y - 0.24 * size),
            (x - 0.16 * size, y - 0.38 * size),
            (x + 0.17 * size, y - 0.38 * size),
            (x + 0.28 * size, y - 0.24 * size),
        ],
        pane(s, 0, 0),
    )
    s.box(x - 0.55 * size, y - 0.26 * size, x + 0.55 * size, y - 0.05 * size, body, 0.09 * size)
    for px in (-0.32, 0.32):
        s.disc(x + px * size, y - 0.05 * size, 0.1 * size, s.colour("#252b32"))
        s.disc(x + px * size, y - 0.05 * size, 0.045 * size, s.colour("#c9ccd0"))


def truck(s, x, y, size, colour):
    s.box(x - 0.75 * size, y - 0.72 * size, x + 0.35 * size, y - 0.12 * size, s.colour("#f1ede2"), 0.03 * size)
    s.box(x - 0.75 * size, y - 0.42 * size, x + 0.35 * size, y - 0.3 * size, s.colour(colour))
    s.box(x + 0.38 * size, y - 0.55 * size, x + 0.75 * size, y - 0.12 * size, s.colour(colour), 0.07 * size)
    s.box(x + 0.53 * size, y - 0.49 * size, x + 0.74 * size, y - 0.32 * size, pane(s, 0, 0), 0.03 * size)
    for px in (-0.5, -0.27, 0.55):
        s.disc(x + px * size, y - 0.1 * size, 0.115 * size, s.colour("#252b32"))
        s.disc(x + px * size, y - 0.1 * size, 0.05 * size, s.colour("#c9ccd0"))


def crane(s, x, y, size, colour, way=1):
    """A ship-to-shore container crane, its boom over the water."""
    paint = s.colour(colour, 0.08)
    at = frame(x, y, size, way, up=-1)
    for px in (-0.28, 0.22):
        s.line([at(px, 0), at(px * 0.92, 1.15)], 0.07 * size, paint)
    for py in (0.42, 0.98):
        s.line([at(-0.28, py), at(0.22, py)], 0.055 * size, paint)
    s.line([at(-0.27, 0.42), at(0.21, 0.98)], 0.025 * size, paint)
    s.line([at(-0.62, 1.12), at(1.2, 1.12)], 0.07 * size, paint)
    s.line([at(0.2, 1.12), at(0.08, 1.62), at(-0.26, 1.12)], 0.04 * size, paint)
    for px in (-0.6, 0.62, 1.15):
        s.line([at(0.08, 1.62), at(px, 1.14)], 0.018 * size, paint)
    s.box(*at(-0.58, 1.08), *at(-0.3, 1.28), mix(paint, "#ffffff", 0.35))
    s.line([at(0.75, 1.12), at(0.75, 0.75)], 0.014 * size, s.colour("#39424a"))
    s.box(*at(0.58, 0.75), *at(0.92, 0.62), s.colour("#2b8c80"))


def lighthouse(s, x, y, size):
    s.poly(
        [(x - 0.16 * size, y), (x - 0.1 * size, y - size), (x + 0.1 * size, y - size), (x + 0.16 * size, y)],
        s.colour("#f4efe2"),
    )
    for low in (0.15, 0.55):
        s.poly(
            [
                (x - (0.16 - low * 0.06) * size, y - low * size),
                (x - (0.15 - low * 0.06) * size, y - (low + 0.2) * size),
                (x + (0.15 - low * 0.06) * size, y - (low + 0.2) * size),
                (x + (0.16 - low * 0.06) * size, y - low * size),
            ],
            s.colour("#c8452f"),
        )
    s.box(x - 0.15 * size, y - 1.04 * size, x + 0.15 * size, y - size, s.colour("#39424a"))
    s.box(x - 0.08 * size, y - 1.2 * size, x + 0.08 * size, y - 1.04 * size, LAMP)
    s.dome(x, y - 1.2 * size, 0.1 * size, 0.1 * size, s.colour("#c8452f"))


def water_wheel(s, x, y, radius):
    """The bamboo wheel that lifts river water to the fields."""
    wood = s.colour("#7a5636")
    for i in range(20):
        angle = pi * i / 10
        rim = (x + cos(angle) * radius, y + sin(angle) * radius)
        s.line([(x, y), rim], 0.035, wood)
        s.limb(
            [rim, (rim[0] + cos(angle + 1.2) * 0.24, rim[1] + sin(angle + 1.2) * 0.24)],
            0.09,
            s.colour("#a67c4c"),
        )
    for r in (1, 0.86):
        s.line(
            [(x + cos(pi * i / 30) * radius * r, y + sin(pi * i / 30) * radius * r) for i in range(61)],
            0.06,
            wood,
        )
    for px in (-0.75, 0.75):
        s.line([(x, y), (x + px * radius, y + radius * 1.12)], 0.1, s.colour("#5d4028"))
    s.disc(x, y, 0.14, s.colour("#5d4028"))


# people and animals


def person(s, x, y, size, hat=False, shirt=None, skirt=False, back=False):
    """Somebody who stands, `size` tall: with `hat` under a conical hat, with `skirt` in a long tunic."""
    at, shirt, skin = frame(x, y, size, up=-1), s.colour(shirt or s.rnd.choice(SHIRTS)), s.colour("#c98f68")
    legs = s.colour("#f1ece0" if skirt else s.rnd.choice(("#2d3a4d", "#3b3340", "#4a5560")))
    for side in (-0.05, 0.05):
        s.limb([at(side, 0.45), at(side * 1.1, 0.05)], 0.075 * size, legs)
        s.box(*at(side * 1.1 - 0.045, 0.045), *at(side * 1.1 + 0.045, 0), s.colour("#3a3034"), 0.02 * size)
    hem = 0.14 if skirt else 0.42
    s.poly([at(-0.09, 0.78), at(0.09, 0.78), at(0.125, 0.72), at(0.09, 0.56), at(0.115, hem), at(-0.115, hem), at(-0.09, 0.56), at(-0.125, 0.72)], shirt)
    for side in (-1, 1):
        s.disc(*at(side * 0.128, 0.44), 0.03 * size, skin)
        s.limb([at(side * 0.1, 0.745), at(side * 0.14, 0.6), at(side * 0.128, 0.47)], 0.055 * size, mix(shirt, "#2a2030", 0.12))
    hair = s.colour("#2b2426")
    if hat:
        s.disc(x, y - 0.89 * size, 0.085 * size, skin)
        s.poly(
            [
                *curve((x - 0.22 * size, y - 0.9 * size), (x, y - 0.84 * size), (x + 0.22 * size, y - 0.9 * size)),
                (x, y - 1.1 * size),
            ],
            s.colour("#ecd9a4"),
        )
    else:
        s.box(x - 0.035 * size, y - 0.86 * size, x + 0.035 * size, y - 0.76 * size, mix(skin, "#4a2a20", 0.2))
        s.disc(x, y - 0.905 * size, 0.088 * size, hair, 0.095 * size)
    if not hat and not back:
        s.disc(x, y - 0.885 * size, 0.07 * size, skin, 0.08 * size)
        s.dome(x, y - 0.915 * size, 0.072 * size, 0.06 * size, hair)


def seated(s, x, y, size, coat, back=False):
    """Head and shoulders behind a table, or from the back."""
    hair = s.colour(s.rnd.choice(("#2b2426", "#3a2c2a", "#211d24")))
    skin, long = s.colour(s.rnd.choice(("#c98f68", "#b98059", "#d5a07a"))), s.rnd.random() < 0.4
    if long:
        s.box(x - 0.21 * size, y - 0.9 * size, x + 0.21 * size, y - 0.4 * size, hair, 0.18 * size)
    left = curve((x - 0.42 * size, y), (x - 0.42 * size, y - 0.46 * size), (x - 0.09 * size, y - 0.5 * size))
    s.poly(left + [(2 * x - px, py) for px, py in left[::-1]], coat)
    s.box(
        x - 0.07 * size,
        y - 0.62 * size,
        x + 0.07 * size,
        y - 0.44 * size,
        mix(skin, "#4a2a20", 0.18),
        0.05 * size,
    )
    if not back:
        collar(s, x, y - 0.5 * size, size, coat)
    s.disc(x, y - 0.79 * size, 0.195 * size, hair, 0.21 * size)
    if not back:
        s.disc(x, y - 0.735 * size, 0.15 * size, skin, 0.175 * size)
        s.dome(x, y - 0.8 * size, 0.155 * size, 0.12 * size, hair)
    elif long:
        s.box(x - 0.19 * size, y - 0.8 * size, x + 0.19 * size, y - 0.38 * size, hair, 0.15 * size)


def collar(s, x, y, size, coat):
    white = s.colour("#f6f3ea") if sum(coat) < 480 else s.colour("#cfd6da")
    s.poly([(x - 0.1 * size, y), (x + 0.1 * size, y), (x, y + 0.27 * size)], white)
    s.poly(
        [(x - 0.035 * size, y + 0.05 * size), (x + 0.035 * size, y + 0.05 * size), (x, y + 0.25 * size)],
        s.colour(s.rnd.choice(PAINTS)),
    )


def runner(s, x, y, size, shirt):
    """A runner in full stride towards the right."""
    skin, at = s.colour("#b98059"), frame(x, y, size, up=-1)
    s.limb([at(-0.02, 0.5), at(-0.14, 0.28), at(-0.36, 0.24)], 0.075 * size, skin)
    s.limb([at(-0.01, 0.72), at(-0.16, 0.62), at(-0.22, 0.76)], 0.05 * size, skin)
    s.limb([at(0.03, 0.76), at(-0.01, 0.52)], 0.17 * size, s.colour(shirt))
    s.limb([at(-0.01, 0.5), at(0.02, 0.46)], 0.16 * size, s.colour("#2d3a4d"))
    s.limb([at(0.01, 0.5), at(0.2, 0.36), at(0.14, 0.08), at(0.22, 0.05)], 0.075 * size, skin)
    s.limb([at(0.04, 0.76), at(0.13, 0.58), at(0.28, 0.66)], 0.05 * size, skin)
    s.limb([at(0.045, 0.8), at(0.075, 0.9)], 0.06 * size, mix(skin, "#4a2a20", 0.2))
    s.disc(*at(0.075, 0.945), 0.078 * size, s.colour("#2b2426"))
    s.disc(*at(0.1, 0.925), 0.062 * size, skin)


def buffalo(s, x, y, size, way=1):
    at, hide = frame(x, y, size, way, up=-1), s.colour("#4d4a50")
    for px in (-0.36, -0.24, 0.2, 0.32):
        s.limb([at(px, 0.3), at(px, 0.03)], 0.08 * size, mix(hide, "#000000", 0.15))
    s.poly(
        curve(at(-0.46, 0.25), at(-0.52, 0.62), at(-0.2, 0.58))
        + curve(at(0.1, 0.56), at(0.48, 0.72), at(0.44, 0.3))
        + curve(at(0.44, 0.3), at(0, 0.1), at(-0.46, 0.25)),
        hide,
    )
    s.poly(
        [at(0.36, 0.56), at(0.54, 0.6), at(0.66, 0.34), at(0.56, 0.28), at(0.4, 0.36)],
        mix(hide, "#000000", 0.1),
    )
    s.line(curve(at(0.5, 0.58), at(0.4, 0.82), at(0.26, 0.72)), 0.04 * size, s.colour("#d8cfbd"))
    s.line(curve(at(-0.46, 0.5), at(-0.56, 0.4), at(-0.53, 0.2)), 0.03 * size, hide)


def lantern(s, x, y, size, colour):
    if s.palette.lit:
        s.glow(x, y, 2.2 * size, LAMP, 0.4)
    s.disc(x, y, 0.5 * size, s.colour(colour) if not s.palette.lit else mix(colour, LAMP, 0.2), 0.42 * size)
    s.disc(x, y, 0.24 * size, mix(colour, LAMP, 0.45), 0.42 * size)
    for py in (-0.44, 0.44):
        s.box(
            x - 0.2 * size,
            y + (py - 0.05) * size,
            x + 0.2 * size,
            y + (py + 0.05) * size,
            s.colour("#5c2f22"),
        )
    s.line([(x, y + 0.48 * size), (x, y + 0.85 * size)], 0.05 * size, mix(colour, LAMP, 0.3))
