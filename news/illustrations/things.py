"""What people build, sail and drive: always without flags or letters."""

from math import cos, pi, sin

from news.illustrations.canvas import curve, mix

PAINTS = ("#1f6fa8", "#c8452f", "#2b8c80", "#e0a030", "#27527d")
ROOFS = ("#b5533c", "#c4694a", "#9c4a3c", "#5a6f86")
WALLS = ("#f3e3c3", "#f6efe2", "#e9d3a8", "#dfe6e4")
AWNINGS = ("#d9583f", "#2f8f83", "#e0a030", "#2f6fa8")
LAMP = "#ffd98a"


def pane(s, far=0.0, chance=0.55):
    """The colour of a window: often lit after sunset, else dark glass."""
    lamps = s.palette.lit and s.rnd.random() < chance
    return mix(LAMP, s.palette.haze, far * 0.7) if lamps else s.colour("#45708a", far)


def boat(s, x, y, size, way=1):
    """A wooden fishing boat of the central coast, `size` long, its bow towards `way`."""
    pen, hull, dark = s.at(x, y, size, way), s.colour(s.rnd.choice(PAINTS)), s.colour("#2b3440")
    pen.disc(0, 0.05, 0.52, mix(s.colour("#1d5f78"), s.palette.low, 0.1), 0.05)
    pen.line("0.1,-0.1 0.1,-0.82", 0.025, dark)
    pen.line("-0.48,-0.2 0.1,-0.8 0.58,-0.33", 0.008, dark)
    pen.box(-0.38, -0.38, -0.04, -0.1, s.colour("#f2ead8"), 0.02)
    pen.box(-0.43, -0.42, 0.01, -0.37, hull, 0.02)
    for px in (-0.36, -0.25, -0.14):
        pen.box(px, -0.32, px + 0.07, -0.23, pane(s), 0.01)
    pen.poly("-0.52,-0.2 (0.05,-0.02) 0.62,-0.36 (0.5,0.02) 0.36,0.05 -0.42,0.05", hull)
    pen.poly("-0.45,-0.03 (0.1,0.03) 0.46,-0.06 0.36,0.05 -0.42,0.05", s.colour("#7a2f2a"))
    pen.line("-0.51,-0.17 (0.05,0.015) 0.6,-0.32", 0.02, s.colour("#f6e7c4"))


def coracle(s, x, y, size):
    """A round basket boat."""
    pen = s.at(x, y, size)
    pen.disc(0, 0, 0.5, s.colour("#7a5636"), 0.16)
    pen.disc(0, -0.03, 0.46, s.colour("#4f3826"), 0.12)
    pen.poly("-0.5,0 (0,0.62) 0.5,0", s.colour("#96704a"))
    for px in (-0.3, -0.1, 0.1, 0.3):
        pen.line([(px, 0.08), (px * 0.8, 0.25)], 0.012, s.colour("#6b4c30"))


def cargo_ship(s, x, y, size):
    pen = s.at(x, y, size)
    for column in range(9):
        left = -0.5 + column * 0.155
        for row in range(s.rnd.randint(2, 4)):
            pen.box(left, -0.394 - row * 0.1, left + 0.148, -0.3 - row * 0.1, s.colour(s.rnd.choice(PAINTS), 0.12))
    pen.box(-0.92, -0.85, -0.6, -0.3, s.colour("#f4f0e6"))
    for i in range(16):
        px, py = -0.89 + 0.073 * (i % 4), -0.78 + 0.11 * (i // 4)
        pen.box(px, py, px + 0.045, py + 0.05, pane(s))
    pen.box(-0.83, -1.0, -0.7, -0.85, s.colour("#c8452f"))
    pen.poly("-1,-0.3 0.98,-0.3 1.12,-0.42 0.9,0 -0.93,0", s.colour("#24506f"))
    pen.poly("-0.955,-0.1 0.95,-0.1 0.9,0 -0.93,0", s.colour("#a63c30"))


def dragon_boat(s, x, y, size, way=1):
    pen, paint = s.at(x, y, size, way), s.colour(s.rnd.choice(PAINTS[:4]))
    shirt = s.colour(s.rnd.choice(AWNINGS))
    for i in range(9):
        px = -0.4 + i * 0.095
        pen.line([(px + 0.03, -0.09), (px - 0.04, 0.06)], 0.012, s.colour("#6b4a2c"))
        pen.poly([(px - 0.022, -0.02), (px, -0.11), (px + 0.035, -0.11), (px + 0.035, -0.02)], shirt)
        pen.disc(px + 0.03, -0.13, 0.021, s.colour("#2b2426"))
        pen.disc(px + 0.034, -0.126, 0.016, s.colour("#c98f68"))
    pen.poly("-0.62,-0.2 (-0.5,0.03) 0,0 (0.5,0.03) 0.6,-0.24 0.66,-0.2 (0.6,0.06) 0.3,0.06 -0.4,0.06", paint)
    pen.line("-0.58,-0.1 (-0.3,0.03) 0.3,0.03 0.58,-0.12", 0.014, s.colour("#f4d16a"))
    pen.poly("0.57,-0.2 (0.58,-0.3) 0.64,-0.33 0.76,-0.24 0.68,-0.22 (0.64,-0.2) 0.65,-0.14", s.colour("#f0b93a"))


def house(s, x, y, size, roof=None, far=0.0):
    pen, wall = s.at(x, y, size), s.colour(s.rnd.choice(WALLS), far)
    roof = s.colour(roof or s.rnd.choice(ROOFS), far)
    pen.box(-0.5, -0.5, 0.5, 0, wall)
    pen.box(-0.5, -0.5, 0.5, -0.42, mix(wall, "#3a3040", 0.22))
    pen.poly("-0.62,-0.46 -0.4,-0.86 0.4,-0.86 0.62,-0.46", roof)
    pen.poly("-0.4,-0.86 0.4,-0.86 0.37,-0.81 -0.43,-0.81", mix(roof, "#ffffff", 0.15))
    pen.box(-0.09, -0.32, 0.09, 0, s.colour("#6d4a38", far))
    for px in (-0.33, 0.21):
        pen.box(px, -0.33, px + 0.14, -0.16, pane(s, far, 0.9))


def tower(s, x, y, width, height, colour, far=0.0):
    """A block of flats or offices with its windows and one side in the shade."""
    wall = s.colour(colour, far)
    s.box(x, y - height, x + width, y, wall)
    shaded = x + width * 0.72 if s.sun_x < x else x
    s.box(shaded, y - height, shaded + width * 0.28, y, mix(wall, s.palette.tint, 0.28))
    for row in range(int(height / 0.24) - 1):
        for column in range(int((width - 0.1) / 0.2)):
            px, py = x + 0.1 + column * 0.2, y - height + 0.16 + row * 0.24
            s.box(px, py, px + 0.11, py + 0.13, pane(s, far, 0.4))


def hall(s, x, y, width, floors, wall, roof, pitched=True):
    """A long public building with bays, a porch in the middle and a hipped or flat roof."""
    pen, face, half, top = s.at(x, y, 1), s.colour(wall), width / 2, -0.95 * floors
    shadow, cover = mix(face, s.palette.tint, 0.3), s.colour(roof)
    pen.box(-half, top, half, 0, face)
    for floor in range(floors):
        bays(s, pen, half, -0.95 * floor, shadow)
    if pitched:
        pen.poly([(-half - 0.3, top), (-half + 0.6, top - 0.85), (half - 0.6, top - 0.85), (half + 0.3, top)], cover)
        pen.box(-half - 0.3, top - 0.05, half + 0.3, top + 0.04, mix(cover, s.palette.tint, 0.35))
    else:
        pen.box(-half - 0.15, top - 0.22, half + 0.15, top, cover)
    porch(s, pen, top, face, cover)


def bays(s, pen, half, low, shadow):
    pen.box(-half, low - 0.95, half, low - 0.85, shadow)
    count = int(half / 0.375)
    for bay in range(count):
        px = -half + 2 * half * (bay + 0.5) / count
        pen.box(px - 0.21, low - 0.72, px + 0.21, low - 0.2, pane(s, 0, 0.7), 0.03)
        pen.box(px - 0.012, low - 0.72, px + 0.012, low - 0.2, shadow)


def porch(s, pen, top, face, roof):
    pen.box(-1.2, top - 0.35, 1.2, 0, mix(face, "#ffffff", 0.25))
    pen.box(-0.95, 0.75 * top, 0.95, 0, mix(LAMP, "#b5783c", 0.25) if s.palette.lit else s.colour("#3c5f74"))
    for px in (-1.05, -0.4, 0.4, 1.05):
        pen.box(px - 0.08, top, px + 0.08, 0, mix(face, "#ffffff", 0.45))
    pen.poly([(-1.5, top - 0.3), (0, top - 1.05), (1.5, top - 0.3)], roof)
    pen.poly([(-1.02, top - 0.4), (0, top - 0.88), (1.02, top - 0.4)], mix(face, "#ffffff", 0.3))
    for i in range(3):
        wide = 1.3 + 0.15 * i
        pen.box(-wide, 0.09 * i, wide, 0.09 * i + 0.1, mix(face, s.palette.tint, 0.12 + 0.1 * i))


def eaves(s, x, y, width, height, colour):
    """A tiled roof with upturned corners, `width` in heights of the roof."""
    pen, half, ridge = s.at(x, y, height), width / 2, width * 0.3
    tip, dark = (half + 0.16, -0.22), mix(s.colour(colour), "#2a1a1a", 0.35)
    left = curve((-ridge, -1), (-half * 0.72, -0.12), (-tip[0], tip[1]))
    right = [(-px, py) for px, py in left[::-1]]
    pen.poly(left + curve(left[-1], (0, 0.16), right[0]) + right, s.colour(colour))
    for i in range(1, 14):
        px = i / 7 - 1
        pen.line([(px * ridge, -1), (px * half * 0.93, -0.03)], 0.024, mix(s.colour(colour), "#2a1a1a", 0.16))
    pen.box(-ridge - 0.08, -1.14, ridge + 0.08, -0.95, dark, 0.05)
    for way in (-1, 1):
        horn = s.at(x + way * ridge * height, y - height, height, way)
        horn.poly("0.06,0 (0.2,-0.1) 0.18,-0.45 (0.14,-0.2) -0.1,-0.12", dark)


def temple(s, x, y, size):
    """A communal house: two curved roofs over red columns."""
    pen, wall = s.at(x, y, size), mix(s.colour("#e7c98f"), LAMP, 0.5 if s.palette.lit else 0)
    if s.palette.lit:
        s.glow(x, y - 0.6 * size, 3 * size, LAMP, 0.35)
    pen.box(-1.75, -0.06, 1.75, 0.18, s.colour("#b9ab97"))
    pen.box(-1.4, -1.1, 1.4, 0, wall)
    for px in (-0.85, 0, 0.85):
        pen.box(px - 0.3, -0.85, px + 0.3, 0, s.colour("#7c3a2c"))
        pen.line([(px, -0.85), (px, 0)], 0.013, s.colour("#4f241e"))
    for px in (-1.35, -0.45, 0.45, 1.35):
        pen.box(px - 0.07, -1.1, px + 0.07, 0, s.colour("#a33b2c"))
    eaves(s, x, y - 0.98 * size, 4.8, 0.75 * size, "#b0573c")
    pen.box(-0.85, -1.95, 0.85, -1.7, wall)
    eaves(s, x, y - 1.85 * size, 3.3, 0.7 * size, "#b0573c")


def lamp_post(s, x, y, size, way=1):
    pen = s.at(x, y, size, way)
    pen.line("0,0 0,-1 0.3,-1.06", 0.03, s.colour("#4a5560"))
    pen.box(0.2, -1.09, 0.4, -1.04, LAMP if s.palette.lit else s.colour("#e8e6dc"), 0.02)


def wheels(s, pen, places, y, radius):
    for px in places:
        pen.disc(px, y, radius, s.colour("#252b32"))
        pen.disc(px, y, radius * 0.45, s.colour("#c9ccd0"))


def car(s, x, y, size, colour):
    pen, body = s.at(x, y, size), s.colour(colour)
    pen.disc(0, 0, 0.56, s.colour("#39424a"), 0.05)
    pen.poly("-0.34,-0.24 (-0.2,-0.46) 0,-0.44 0.05,-0.44 (0.25,-0.43) 0.36,-0.24", mix(body, "#1d2a33", 0.15))
    pen.poly("-0.27,-0.24 -0.16,-0.38 0.17,-0.38 0.28,-0.24", pane(s, 0, 0))
    pen.box(-0.55, -0.26, 0.55, -0.05, body, 0.09)
    wheels(s, pen, (-0.32, 0.32), -0.05, 0.1)


def oncoming_car(s, x, y, size):
    """A car seen from the front."""
    pen, body = s.at(x, y, size), s.colour(s.rnd.choice(PAINTS))
    pen.disc(0, 0, 0.62, s.colour("#343a41"), 0.09)
    for px in (-0.42, 0.26):
        pen.box(px, -0.2, px + 0.16, 0.04, s.colour("#20252b"), 0.04)
    pen.poly("-0.46,-0.5 -0.34,-0.92 0.34,-0.92 0.46,-0.5", mix(body, "#12202a", 0.2))
    pen.poly("-0.38,-0.52 -0.29,-0.85 0.29,-0.85 0.38,-0.52", s.colour("#a9c6d2"))
    pen.box(-0.54, -0.54, 0.54, -0.08, body, 0.12)
    for px in (-0.38, 0.38):
        pen.disc(px, -0.34, 0.09, "#fff3c9")
    pen.box(-0.2, -0.36, 0.2, -0.22, mix(body, "#12202a", 0.4), 0.03)


def truck(s, x, y, size, colour):
    pen = s.at(x, y, size)
    pen.box(-0.75, -0.72, 0.35, -0.12, s.colour("#f1ede2"), 0.03)
    pen.box(-0.75, -0.42, 0.35, -0.3, s.colour(colour))
    pen.box(0.38, -0.55, 0.75, -0.12, s.colour(colour), 0.07)
    pen.box(0.53, -0.49, 0.74, -0.32, pane(s, 0, 0), 0.03)
    wheels(s, pen, (-0.5, -0.27, 0.55), -0.1, 0.115)


def ambulance(s, x, y, size):
    pen, white, green = s.at(x, y, size), s.colour("#f7f5ee"), s.colour("#2f9a86")
    pen.box(-0.75, -0.75, 0.3, -0.1, white, 0.06)
    pen.poly("0.28,-0.68 0.5,-0.68 0.68,-0.38 0.78,-0.32 0.78,-0.1 0.28,-0.1", white)
    pen.poly("0.33,-0.62 0.47,-0.62 0.61,-0.38 0.33,-0.38", pane(s, 0, 0))
    pen.box(-0.75, -0.32, 0.78, -0.22, green)
    cross(pen, -0.26, -0.48, 0.12, green)
    pen.box(0.05, -0.83, 0.25, -0.75, s.colour("#3f8fd0"), 0.02)
    wheels(s, pen, (-0.45, 0.48), -0.1, 0.13)


def cross(pen, x, y, reach, colour):
    """The green cross of a house of health."""
    pen.box(x - reach, y - reach / 3, x + reach, y + reach / 3, colour)
    pen.box(x - reach / 3, y - reach, x + reach / 3, y + reach, colour)


def crane(s, x, y, size, colour):
    """A ship-to-shore container crane, its boom over the water."""
    pen, paint = s.at(x, y, size), s.colour(colour, 0.08)
    for path in ("-0.28,0 -0.26,-1.15", "0.22,0 0.2,-1.15", "-0.62,-1.12 1.2,-1.12"):
        pen.line(path, 0.07, paint)
    for path in ("-0.28,-0.42 0.22,-0.42", "-0.28,-0.98 0.22,-0.98", "0.2,-1.12 0.08,-1.62 -0.26,-1.12"):
        pen.line(path, 0.045, paint)
    for path in ("-0.27,-0.42 0.21,-0.98", "-0.6,-1.14 0.08,-1.62 0.62,-1.14", "0.08,-1.62 1.15,-1.14"):
        pen.line(path, 0.02, paint)
    pen.box(-0.58, -1.08, -0.3, -1.28, mix(paint, "#ffffff", 0.35))
    pen.line("0.75,-1.12 0.75,-0.75", 0.014, s.colour("#39424a"))
    pen.box(0.58, -0.75, 0.92, -0.62, s.colour(s.rnd.choice(PAINTS)))


def lighthouse(s, x, y, size):
    pen = s.at(x, y, size)
    pen.poly("-0.16,0 -0.1,-1 0.1,-1 0.16,0", s.colour("#f4efe2"))
    pen.poly("0.02,0 0.02,-1 0.1,-1 0.16,0", s.colour("#c9cbc8"))
    pen.poly("-0.15,-0.15 -0.14,-0.35 0.14,-0.35 0.15,-0.15", s.colour("#c8452f"))
    pen.poly("-0.127,-0.55 -0.117,-0.75 0.117,-0.75 0.127,-0.55", s.colour("#c8452f"))
    pen.box(-0.15, -1.04, 0.15, -1, s.colour("#39424a"))
    pen.box(-0.08, -1.2, 0.08, -1.04, LAMP)
    pen.dome(0, -1.2, 0.1, 0.1, s.colour("#c8452f"))


def water_wheel(s, x, y, radius):
    """The bamboo wheel that lifts river water to the fields."""
    pen, wood = s.at(x, y, radius), s.colour("#7a5636")
    for i in range(20):
        angle = pi * i / 10
        rim = (cos(angle), sin(angle))
        pen.line([(0, 0), rim], 0.025, wood)
        pen.limb(
            [rim, (rim[0] + cos(angle + 1.2) * 0.18, rim[1] + sin(angle + 1.2) * 0.18)], 0.065, s.colour("#a67c4c")
        )
    for r in (1, 0.86):
        pen.line([(cos(pi * i / 30) * r, sin(pi * i / 30) * r) for i in range(61)], 0.045, wood)
    pen.line("-0.75,1.12 0,0 0.75,1.12", 0.07, s.colour("#5d4028"))
    pen.disc(0, 0, 0.1, s.colour("#5d4028"))


def lantern(s, x, y, size, colour):
    pen = s.at(x, y, size)
    if s.palette.lit:
        s.glow(x, y, 2.2 * size, LAMP, 0.4)
    pen.disc(0, 0, 0.5, mix(colour, LAMP, 0.2) if s.palette.lit else s.colour(colour), 0.42)
    pen.disc(0, 0, 0.24, mix(colour, LAMP, 0.45), 0.42)
    for py in (-0.44, 0.44):
        pen.box(-0.2, py - 0.05, 0.2, py + 0.05, s.colour("#5c2f22"))
    pen.line("0,0.48 0,0.85", 0.05, mix(colour, LAMP, 0.3))
