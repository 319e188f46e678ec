"""Pictures of the geopolitics pages: two shores, a pair of scales, a ship in the ice."""

from PIL import Image

from .canvas import Canvas
from .palette import (
    AMBER,
    BLUE,
    BRICK,
    BROWN,
    CARMINE,
    COCOA,
    CORAL,
    CREAM,
    INK,
    NIGHT,
    OCHRE,
    PAPER,
    PINE,
    ROSE,
    SAND,
    SKY,
    STEEL,
    STRAW,
    UMBER,
    WINE,
)
from .scenery import cloud, glints, sun
from .shapes import arch, bow, box, circle, mirror, rounded, smooth, trace

HERO = (1600, 1000)


def china_russia() -> Image.Image:
    """Two shores that face each other over a river, joined by a bridge and by pipelines."""
    canvas = Canvas("china-russia", HERO, PAPER)
    canvas.bands(0, 560, [SAND, PAPER, STRAW, ROSE], 14)
    sun(canvas, 800, 430, 175, CARMINE, CORAL)
    cloud(canvas, 880, 250, 300, CREAM)
    cloud(canvas, 420, 350, 240, CREAM)
    canvas.bands(560, 1000, [STEEL, BLUE, NIGHT], 11)
    glints(canvas, 800, 572, 770, 330, CORAL, 13)
    _pagoda_shore(canvas)
    _dome_shore(canvas)
    _bridge(canvas)
    _pipelines(canvas)
    return canvas.finish()


def _pagoda_shore(canvas: Canvas) -> None:
    """Draw the left shore: a pagoda and towers on carmine hills."""
    for x, top, width in ((40, 330, 66), (118, 270, 54), (330, 380, 58)):
        tower = box(x, top, width, 260)
        canvas.fill(tower, BRICK)
        canvas.shade(tower, WINE, (x, 0), (x + width, 0), 0.7)
        for row in range(8):
            canvas.fill(box(x + 10, top + 16 + row * 22, width - 20, 7), STRAW)
    for tier in range(5):
        level, half = 236 + tier * 62, 34 + tier * 10
        canvas.fill(box(250 - half, level, 2 * half, 62), WINE)
        eave = [
            (-half - 34, 4),
            (-half - 8, -6),
            (-half + 14, -26),
            (half - 14, -26),
            (half + 8, -6),
        ]
        roof = [(250 + a, level + b) for a, b in [*eave, (half + 34, 4), (half, 8), (-half, 8)]]
        canvas.fill(smooth(roof, steps=4), COCOA)
    canvas.stroke([(250, 214), (250, 160)], COCOA, 7)
    edge = trace("-40 470, 150 490, 330 535, 455 600, 500 668, 470 760, 390 880, 330 1020")
    bank = [*smooth(edge, closed=False), (-40, 1020)]
    canvas.fill(bank, CARMINE)
    canvas.shade(bank, WINE, (420, 520), (120, 980), 1.0)


def _dome_shore(canvas: Canvas) -> None:
    """Draw the right shore: onion domes and chimneys on dark green hills."""
    for x, top in ((1500, 250), (1552, 300)):
        chimney = [(x, top), (x + 26, top), (x + 36, 560), (x - 10, 560)]
        canvas.fill(chimney, STEEL)
        canvas.fill(
            [(x - 2, top + 26), (x + 28, top + 26), (x + 30, top + 50), (x - 4, top + 50)], CREAM
        )
    canvas.fill(box(1240, 430, 220, 130), NIGHT)
    for x, top, size in ((1272, 390, 30), (1428, 390, 30), (1350, 320, 50)):
        canvas.fill(box(x - size * 0.62, top, size * 1.24, 200), BLUE)
        canvas.fill(arch(x - 9, top + 40, 18, 54), STRAW)
        bulb = trace("0 -2.5, 0.28 -1.75, 0.95 -1.05, 1.0 -0.45, 0.64 0.02")
        right = [(x + a * size, top + b * size) for a, b in bulb]
        dome = smooth([*right, *reversed(mirror(right[1:], x))], steps=6)
        canvas.fill(dome, OCHRE)
        canvas.shade(dome, BROWN, (x - size * 0.2, 0), (x + size * 1.2, 0), 0.9)
        canvas.stroke([(x, top - 2.4 * size), (x, top - 3.1 * size)], OCHRE, 5)
    edge = trace("1640 470, 1450 490, 1270 535, 1145 600, 1100 668, 1130 760, 1210 880")
    bank = [*smooth([*edge, (1270, 1020)], closed=False), (1640, 1020)]
    canvas.fill(bank, PINE)
    canvas.shade(bank, NIGHT, (1180, 520), (1480, 980), 1.0)


def _bridge(canvas: Canvas) -> None:
    """Draw the bridge: three steel arches over a deck with a goods train."""
    for x in (530, 800, 1070):
        canvas.fill([(x - 20, 560), (x + 20, 560), (x + 30, 650), (x - 30, 650)], COCOA)
    for x in (395, 665, 935, 1205):
        rib = bow(x, 552, 135, 118, 180, 360)
        canvas.stroke(rib, INK, 11)
        for step in range(-4, 5):
            height = 118 * (1 - (step / 5) ** 2) ** 0.5
            canvas.stroke([(x + step * 27, 552), (x + step * 27, 552 - height)], INK, 3)
    for index in range(9):
        colour = (OCHRE, BRICK, CREAM)[index % 3]
        canvas.fill(box(436 + index * 74, 512, 66, 32), colour)
    canvas.fill(trace("1102 544, 1102 506, 1156 506, 1176 526, 1176 544"), CARMINE)
    canvas.fill(box(1130, 513, 18, 11), STRAW)
    canvas.fill(box(250, 544, 1100, 18), INK)


def _pipelines(canvas: Canvas) -> None:
    """Draw two pipelines that cross the river in the foreground."""
    for index, (level, light, dark) in enumerate(((800, SAND, UMBER), (888, AMBER, UMBER))):
        thick = 48 + index * 10
        for x in range(260 - 60 * index, 1420 + 60 * index, 230):
            canvas.fill(box(x - 8, level + thick - 4, 16, 200), COCOA)
        pipe = box(-10, level, 1620, thick)
        canvas.fill(pipe, light)
        canvas.shade(pipe, dark, (0, level + thick * 0.25), (0, level + thick * 1.1), 1.0)
        canvas.fill(box(-10, level + thick * 0.17, 1620, 5), CREAM)
        for x in range(145 + 66 * index, 1600, 230):
            canvas.fill(rounded(x, level - 7, 20, thick + 14, 4), COCOA)
            canvas.fill(box(x + 6, level - 7, 4, thick + 14), UMBER)
    for x in (606, 1066):
        canvas.stroke([(x, 800), (x, 728)], COCOA, 10)
        canvas.outline(circle(x, 724, 28), AMBER, 9)
        canvas.stroke([(x - 26, 724), (x + 26, 724)], AMBER, 6)
        canvas.disc(x, 724, 9, COCOA)


def do_sanctions_work() -> Image.Image:
    """A pair of scales before a globe: crates in one pan, a padlock and chain in the other."""
    canvas = Canvas("do-sanctions-work", HERO, BLUE)
    canvas.shade(box(0, 0, 1600, 1000), NIGHT, (800, 100), (800, 1100), 0.9)
    _globe(canvas)
    floor = box(0, 880, 1600, 120)
    canvas.fill(floor, CARMINE)
    canvas.shade(floor, WINE, (800, 880), (800, 1040), 1.0)
    left, right = (372, 322), (1228, 238)
    _pan(canvas, left, 370)
    _pan(canvas, right, 370)
    _crates(canvas, left[0], left[1] + 370)
    _padlock(canvas, right[0], right[1] + 370)
    canvas.fill([(776, 250), (824, 250), (838, 840), (762, 840)], AMBER)
    canvas.shade(box(762, 250, 76, 590), BROWN, (790, 0), (850, 0), 1.0)
    canvas.fill([(650, 884), (700, 836), (900, 836), (950, 884)], OCHRE)
    canvas.fill(box(620, 882, 360, 26), UMBER)
    beam = smooth([left, (590, 268), (800, 252), (1010, 226), right], closed=False)
    canvas.stroke(beam, AMBER, 24)
    canvas.stroke([(x, y + 8) for x, y in beam], UMBER, 5)
    canvas.disc(800, 252, 46, OCHRE)
    canvas.disc(800, 252, 24, BROWN)
    for place in (left, right):
        canvas.disc(*place, 20, UMBER)
    canvas.fill([(788, 206), (812, 206), (806, 116), (794, 116)], AMBER)
    canvas.disc(800, 112, 20, AMBER)
    return canvas.finish()


def _globe(canvas: Canvas) -> None:
    """Draw the globe behind the scales: a warm disc with its meridians."""
    disc = circle(800, 500, 430)
    canvas.fill(disc, PAPER)
    canvas.shade(disc, ROSE, (620, 280), (1130, 900), 0.9)
    for across in (140, 290, 390):
        canvas.stroke(bow(800, 500, across, 430, 0, 360), STEEL, 3, caps=False)
    canvas.stroke([(800, 70), (800, 930)], STEEL, 3, caps=False)
    for down in (-300, -155, 0, 155, 300):
        half = (430**2 - down**2) ** 0.5
        canvas.stroke([(800 - half, 500 + down), (800 + half, 500 + down)], STEEL, 3, caps=False)


def _pan(canvas: Canvas, hook: tuple[float, float], drop: float) -> None:
    """Draw a pan hung on three cords from the end of the beam."""
    x, y = hook
    for offset in (-210, 0, 210):
        canvas.stroke([(x, y), (x + offset, y + drop)], COCOA, 4)
    bowl = [(x - 230, y + drop), *reversed(bow(x, y + drop, 230, 96, 0, 180))]
    canvas.fill(bowl[1:], AMBER)
    canvas.shade(bowl[1:], BROWN, (x - 60, y + drop), (x + 240, y + drop + 90), 1.0)
    canvas.fill(rounded(x - 244, y + drop - 8, 488, 18, 9), OCHRE)


def _crates(canvas: Canvas, x: float, level: float) -> None:
    """Stack three wooden crates on a pan."""
    for offset, top, colour in ((-124, 128, UMBER), (4, 128, OCHRE), (-58, 250, BRICK)):
        left, high = x + offset, level - top - 2
        crate = box(left, high, 120, 120)
        canvas.fill(crate, colour)
        canvas.shade(crate, COCOA, (left + 30, high), (left + 170, high + 150), 0.9)
        canvas.stroke([(left + 12, high + 108), (left + 108, high + 12)], COCOA, 8, caps=False)
        for edge in (0, 105):
            canvas.fill(box(left, high + edge, 120, 15), BROWN)
            canvas.fill(box(left + edge, high, 15, 120), BROWN)
        for across, down in ((8, 8), (112, 8), (8, 112), (112, 112)):
            canvas.disc(left + across, high + down, 3.5, SAND)


def _padlock(canvas: Canvas, x: float, level: float) -> None:
    """Put a padlock with a length of chain on a pan."""
    foot = level - 6
    shackle = [(x - 50, foot - 120), *bow(x, foot - 176, 50, 62, 180, 360), (x + 50, foot - 120)]
    canvas.stroke(shackle, STEEL, 22)
    body = rounded(x - 86, foot - 142, 172, 142, 18)
    canvas.fill(body, CARMINE)
    canvas.shade(body, WINE, (x - 40, foot - 142), (x + 130, foot + 10), 1.0)
    canvas.fill(box(x - 86, foot - 122, 172, 8), CORAL)
    canvas.disc(x, foot - 78, 20, COCOA)
    canvas.fill(
        [(x - 8, foot - 74), (x + 8, foot - 74), (x + 15, foot - 30), (x - 15, foot - 30)], COCOA
    )
    for index in range(5):
        canvas.outline(rounded(x + 98 + index * 34 - 21, foot - 22, 42, 22, 11), SKY, 7)
    for index in range(6):
        half = 12 if index % 2 else 5
        top = level - 8 + index * 38
        canvas.outline(rounded(x + 236 - half, top, 2 * half, 52, half), SKY, 7)
