"""Trees, palms and crops."""

from math import cos, pi, sin

from news.illustrations.canvas import curve, mix

GREENS = ("#3f8a55", "#5a9e4b", "#2f7a5c", "#7aa844")


def tree(s, x, y, size, colour="#3f8a55", far=0.0):
    s.box(x - 0.05 * size, y - 0.9 * size, x + 0.05 * size, y, s.colour("#6b4a36", far))
    side = 0.08 * size * (-1 if s.sun_x < x else 1)
    for shift, up, r in ((-0.34, 0.85, 0.34), (0.36, 0.9, 0.32), (0, 0.8, 0.34), (0, 1.2, 0.44)):
        s.disc(x + shift * size, y - up * size, r * size, s.colour(mix(colour, "#16302c", 0.22), far))
    for shift, up, r in ((-0.26, 0.95, 0.25), (0.26, 1.0, 0.23), (0, 1.28, 0.33)):
        s.disc(x + shift * size + side, y - up * size, r * size, s.colour(colour, far))


def grove(s, x0, x1, y, size, colour="#3a7d58", far=0.0):
    x = x0
    while x < x1:
        r = size * s.any(0.5, 1)
        s.disc(x, y - r * 0.4, r, s.colour(mix(colour, s.rnd.choice(GREENS), 0.3), far), r * 0.9)
        x += r * 0.8


def pine(s, x, y, size, colour, far):
    tone = s.colour(colour, far)
    s.box(x - 0.03 * size, y - 0.2 * size, x + 0.03 * size, y, s.colour("#5d4434", far))
    for level in range(4):
        half, low = size * (0.26 - 0.05 * level), y - size * (0.1 + 0.2 * level)
        s.poly([(x - half, low), (x, low - size * 0.36), (x + half, low)], mix(tone, s.palette.sun, 0.03 * level))


def palm(s, x, y, size, lean=0.3, wind=0.0):
    top = (x + lean * size, y - size)
    left = curve((x - 0.045 * size, y), (x - 0.02 * size, y - size * 0.6), (top[0] - 0.018 * size, top[1]))
    right = curve((top[0] + 0.018 * size, top[1]), (x + 0.025 * size, y - size * 0.6), (x + 0.045 * size, y))
    s.poly(left + right, s.colour("#7a5a43"))
    for i, angle in enumerate((-14, 194, 12, 168, 32, 148, 52, 128, 68, 112)):
        frond(s, top, pi * angle / 180, size * s.any(0.46, 0.58), wind, s.colour(GREENS[i % 3]))
    for shift in (-0.03, 0.03):
        s.disc(top[0] + shift * size, top[1] + 0.035 * size, 0.028 * size, s.colour("#6f6233"))


def frond(s, top, angle, length, wind, colour):
    """One feathered leaf that rises from the crown and droops."""
    x, y = top
    tip = (x + (cos(angle) + wind) * length, y - sin(angle) * length * 0.5 + length * 0.42 * (1 - abs(wind) / 2))
    bend = (x + (cos(angle) * 0.65 + wind * 0.4) * length, y - sin(angle) * length * 0.8 - length * 0.3)
    spine = curve(top, bend, tip, 16)
    teeth = [(px, py + length * (0.22 if i % 2 else 0.1) * sin(pi * i / 16)) for i, (px, py) in enumerate(spine)]
    s.poly(spine + teeth[::-1], colour)


def tuft(s, x, y, size, colour):
    for lean in (-0.5, -0.15, 0.2, 0.55):
        tip = (x + lean * size, y - size * (1 - abs(lean) * 0.4))
        left = curve((x - 0.08 * size, y), (x, y - size * 0.6), tip, 6)
        s.poly(left + curve(tip, (x + 0.1 * size, y - size * 0.5), (x + 0.1 * size, y), 6), colour)


def bush(s, x, y, size, colour="#3f8a55", bloom=None):
    for shift, r in ((-0.5, 0.45), (0.5, 0.4), (0, 0.6)):
        s.dome(x + shift * size, y, r * size, r * size, s.colour(colour))
    for _ in range(9 if bloom else 0):
        s.disc(x + s.any(-0.7, 0.7) * size, y - s.any(0.08, 0.42) * size, 0.05 * size, s.colour(bloom))


def leaf(s, x, y, length, angle, colour):
    """A broad banana-like leaf for the foreground."""
    tip = (x + cos(angle) * length, y - sin(angle) * length)
    nx, ny = sin(angle) * length * 0.22, cos(angle) * length * 0.22
    middle = ((x + tip[0]) / 2, (y + tip[1]) / 2)
    s.poly(
        curve((x, y), (middle[0] - nx, middle[1] - ny), tip) + curve(tip, (middle[0] + nx, middle[1] + ny), (x, y)),
        colour,
    )
    s.line([(x, y), tip], 0.03, mix(colour, "#ffffff", 0.18))
