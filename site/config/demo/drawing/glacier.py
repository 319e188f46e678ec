"""The picture of the glacier: layers of ice under dark peaks."""

from PIL import Image

from .canvas import Canvas
from .palette import (
    AMBER,
    BLUE,
    BROWN,
    CARMINE,
    COCOA,
    CORAL,
    CREAM,
    INK,
    MIST,
    NIGHT,
    OCHRE,
    PAPER,
    ROSE,
    SAND,
    SKY,
    STEEL,
    STRAW,
    UMBER,
    WHITE,
    mix,
)
from .scenery import figure, mountain, snowcaps, sun
from .shapes import (
    Points,
    bow,
    down_to,
    rounded,
    smooth,
    swell,
    trace,
)

HERO = (1600, 1000)


def glacier_interview() -> Image.Image:
    """A glacier cut open in layers under dark peaks, a small figure in red at its foot."""
    canvas = Canvas("glacier-interview", HERO, PAPER)
    canvas.bands(0, 460, [ROSE, STRAW, PAPER, MIST], 12)
    sun(canvas, 390, 240, 84, CARMINE, CORAL)
    back = trace("-20 360, 150 250, 300 380, 470 240, 640 390, 860 90, 1050 330, 1210 180")
    back = [*back, (1400, 340), (1520, 220), (1640, 340)]
    mountain(canvas, back, 660, BROWN, COCOA)
    snowcaps(canvas, back, 96)
    _ice(canvas)
    moraine = smooth(
        trace("-40 870, 200 850, 420 880, 700 905, 1000 880, 1300 915, 1640 870"), False
    )
    ground = down_to(moraine, 1010)
    canvas.fill(ground, UMBER)
    canvas.shade(ground, COCOA, (0, 860), (0, 1010), 1.0)
    for _ in range(46):
        x, y = canvas.random.uniform(0, 1600), canvas.random.uniform(915, 1000)
        size = (y - 870) * canvas.random.uniform(0.1, 0.22)
        stone = [
            (x - size, y),
            (x - size * 0.5, y - size),
            (x + size * 0.6, y - size * 0.9),
            (x + size, y),
        ]
        canvas.fill(stone, canvas.random.choice((SAND, OCHRE, BROWN, COCOA)))
    water = smooth(trace("1060 900, 1200 900, 1120 940, 1010 970, 1000 1020, 780 1020, 900 960"))
    canvas.fill(water, SKY)
    canvas.shade(water, STEEL, (1000, 890), (860, 1020), 0.8)
    figure(canvas, (452, 912), 170, CARMINE, NIGHT, ROSE, COCOA)
    canvas.fill(rounded(431, 786, 42, 54, 10), AMBER)
    canvas.stroke([(496, 914), (504, 742)], INK, 5)
    canvas.stroke([(476, 800), (500, 826)], CARMINE, 11)
    return canvas.finish()


def _ice(canvas: Canvas) -> None:
    """Draw the glacier: a snowy back, and a front of layers that grow bluer with age."""
    crest = smooth(
        trace("-40 600, 180 560, 420 500, 640 470, 900 430, 1150 390, 1400 400, 1640 370"),
        closed=False,
    )
    canvas.fill(down_to(crest, 1000), WHITE)
    colours = (CREAM, MIST, SKY, mix(SKY, STEEL, 0.5), STEEL, mix(STEEL, BLUE, 0.5), BLUE)
    for index, colour in enumerate(colours):
        share = index / len(colours)
        line = [(x, y + 46 + (905 - y - 46) * share + _fold(x, index)) for x, y in crest]
        layer: Points = down_to(line, 1000)
        canvas.fill(layer, colour)
        canvas.stroke(line, (SAND, UMBER, BROWN)[index % 3], 3 if index % 2 else 6, caps=False)
    canvas.shade(down_to(crest, 1000), NIGHT, (0, 700), (0, 1020), 0.7)
    for x, top, width in ((250, 668, 14), (690, 575, 20), (1330, 470, 24)):
        crack = [
            (x, top),
            (x + width, top + 90),
            (x + width * 0.5, top + 180),
            (x + width * 1.4, top + 300),
        ]
        back = [(x - width * 0.2, top + 190), (x + width * 0.3, top + 90)]
        canvas.fill([*crack, *back], NIGHT)
    cave = [(1000, 920), *bow(1130, 900, 130, 150, 180, 360), (1260, 920)]
    canvas.fill(cave, NIGHT)
    canvas.outline(cave, SKY, 6)


def _fold(x: float, index: int) -> float:
    """Return how far a layer strays from its course at a place."""
    return swell((0, 1), 0, 7 + index, 1, x / 130 + index * 1.7)[0][1]
