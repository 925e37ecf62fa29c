"""People and the buffalo, simplified: nobody has a face."""

from news.illustrations.canvas import mix

SHIRTS = ("#d9583f", "#2f7fb5", "#e8b23c", "#f3efe4", "#3d9a80", "#8a5aa0")
TIES = ("#1f6fa8", "#c8452f", "#2b8c80", "#e0a030", "#27527d")
HAIR = ("#2b2426", "#3a2c2a", "#211d24")
SKIN = ("#c98f68", "#b98059", "#d5a07a")


def person(s, x, y, size, hat=False, shirt=None, skirt=False, back=False):
    """Somebody who stands, `size` tall: with `hat` under a conical hat, with `skirt` in a long tunic."""
    pen, shirt, skin = s.at(x, y, size), s.colour(shirt or s.rnd.choice(SHIRTS)), s.colour(s.rnd.choice(SKIN))
    legs = s.colour("#f1ece0" if skirt else s.rnd.choice(("#2d3a4d", "#3b3340", "#4a5560")))
    for side in (-0.05, 0.05):
        pen.limb([(side, -0.45), (side * 1.1, -0.05)], 0.075, legs)
        pen.box(side * 1.1 - 0.045, -0.045, side * 1.1 + 0.045, 0, s.colour("#3a3034"), 0.02)
    hem = -0.14 if skirt else -0.42
    half = [(0, -0.78), (0.09, -0.78), (0.125, -0.72), (0.09, -0.56), (0.115, hem)]
    pen.poly(half + [(-px, py) for px, py in half[::-1]], shirt)
    for side in (-1, 1):
        pen.disc(side * 0.128, -0.44, 0.03, skin)
        pen.limb([(side * 0.1, -0.745), (side * 0.14, -0.6), (side * 0.128, -0.47)], 0.055, mix(shirt, "#2a2030", 0.12))
    head(s, pen, skin, hat, back)


def head(s, pen, skin, hat, back):
    hair = s.colour(s.rnd.choice(HAIR))
    if hat:
        pen.disc(0, -0.89, 0.085, skin)
        pen.poly("-0.22,-0.9 (0,-0.84) 0.22,-0.9 0,-1.1", s.colour("#ecd9a4"))
        return
    pen.box(-0.035, -0.86, 0.035, -0.76, mix(skin, "#4a2a20", 0.2))
    pen.disc(0, -0.905, 0.088, hair, 0.095)
    if not back:
        pen.disc(0, -0.885, 0.07, skin, 0.08)
        pen.dome(0, -0.915, 0.072, 0.06, hair)


def seated(s, x, y, size, coat, back=False):
    """Head and shoulders behind a table, or from the back."""
    pen, long = s.at(x, y, size), s.rnd.random() < 0.4
    hair, skin = s.colour(s.rnd.choice(HAIR)), s.colour(s.rnd.choice(SKIN))
    if long:
        pen.box(-0.21, -0.9, 0.21, -0.4, hair, 0.18)
    pen.poly("-0.42,0 (-0.42,-0.46) -0.09,-0.5 0.09,-0.5 (0.42,-0.46) 0.42,0", coat)
    pen.box(-0.07, -0.62, 0.07, -0.44, mix(skin, "#4a2a20", 0.18), 0.05)
    if not back:
        collar(s, pen, coat)
    pen.disc(0, -0.79, 0.195, hair, 0.21)
    if not back:
        pen.disc(0, -0.735, 0.15, skin, 0.175)
        pen.dome(0, -0.8, 0.155, 0.12, hair)
    elif long:
        pen.box(-0.19, -0.8, 0.19, -0.38, hair, 0.15)


def collar(s, pen, coat):
    pen.poly("-0.1,-0.5 0.1,-0.5 0,-0.23", s.colour("#f6f3ea" if sum(coat) < 480 else "#cfd6da"))
    pen.poly("-0.035,-0.45 0.035,-0.45 0,-0.25", s.colour(s.rnd.choice(TIES)))


def runner(s, x, y, size, shirt):
    """A runner in full stride towards the right."""
    pen, skin = s.at(x, y, size), s.colour(s.rnd.choice(SKIN))
    pen.limb("-0.02,-0.5 -0.14,-0.28 -0.36,-0.24", 0.075, skin)
    pen.limb("-0.01,-0.72 -0.16,-0.62 -0.22,-0.76", 0.05, skin)
    pen.limb("0.03,-0.76 -0.01,-0.52", 0.17, s.colour(shirt))
    pen.limb("-0.01,-0.5 0.02,-0.46", 0.16, s.colour("#2d3a4d"))
    pen.limb("0.01,-0.5 0.2,-0.36 0.14,-0.08 0.22,-0.05", 0.075, skin)
    pen.limb("0.04,-0.76 0.13,-0.58 0.28,-0.66", 0.05, skin)
    pen.limb("0.045,-0.8 0.075,-0.9", 0.06, mix(skin, "#4a2a20", 0.2))
    pen.disc(0.075, -0.945, 0.078, s.colour("#2b2426"))
    pen.disc(0.1, -0.925, 0.062, skin)


def buffalo(s, x, y, size, way=1):
    pen, hide = s.at(x, y, size, way), s.colour("#4d4a50")
    for px in (-0.36, -0.24, 0.2, 0.32):
        pen.limb([(px, -0.3), (px, -0.03)], 0.08, mix(hide, "#000000", 0.15))
    pen.poly("-0.46,-0.25 (-0.52,-0.62) -0.2,-0.58 0.1,-0.56 (0.48,-0.72) 0.44,-0.3 (0,-0.1) -0.46,-0.25", hide)
    pen.poly("0.36,-0.56 0.54,-0.6 0.66,-0.34 0.56,-0.28 0.4,-0.36", mix(hide, "#000000", 0.1))
    pen.line("0.5,-0.58 (0.4,-0.82) 0.26,-0.72", 0.04, s.colour("#d8cfbd"))
    pen.line("-0.46,-0.5 (-0.56,-0.4) -0.53,-0.2", 0.03, hide)
