"""Pictures of the economics pages: a bank at arm's length, shrinking boxes, two coins."""

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
    MIST,
    NIGHT,
    OCHRE,
    PAPER,
    PINE,
    SAGE,
    SAND,
    SKY,
    STEEL,
    STRAW,
    UMBER,
    WINE,
)
from .scenery import cloud, figure
from .shapes import Points, arch, bow, box, circle, crescent, oval, rounded, strip

HERO = (1600, 1000)
INLINE = (1400, 933)


def central_bank() -> Image.Image:
    """A bank's columns and a domed parliament on one square, a tall arch keeping them apart."""
    canvas = Canvas("central-bank", HERO, PAPER)
    canvas.bands(0, 640, [PINE, STEEL, SKY, MIST, STRAW], 15)
    ground = box(0, 640, 1600, 360)
    canvas.fill(ground, AMBER)
    canvas.shade(ground, CORAL, (1500, 560), (200, 1180), 0.9)
    cloud(canvas, 60, 150, 300, MIST)
    cloud(canvas, 1130, 110, 240, SKY)
    _shadows(canvas)
    _parliament(canvas)
    _arch(canvas)
    _bank(canvas)
    canvas.fill([(744, 888), (776, 888), (560, 948), (526, 944)], UMBER)
    figure(canvas, (760, 890), 92, CARMINE, INK)
    return canvas.finish()


def _shadows(canvas: Canvas) -> None:
    """Lay the long evening shadows of the buildings over the square."""
    for area in (
        [(1000, 800), (1560, 800), (1180, 1010), (480, 1010)],
        [(560, 742), (640, 742), (300, 880), (200, 880)],
        [(900, 742), (980, 742), (680, 880), (560, 880)],
        [(120, 700), (430, 700), (230, 760), (-120, 760)],
    ):
        canvas.fill(area, UMBER)
        canvas.shade(area, COCOA, (0, 1000), (0, 640), 0.7)


def _parliament(canvas: Canvas) -> None:
    """Draw the small domed parliament on the left, with its flag."""
    canvas.stroke([(285, 350), (285, 252)], INK, 4)
    canvas.fill([(287, 256), (350, 270), (287, 292)], CARMINE)
    dome = [(205, 470), *bow(285, 470, 80, 116, 180, 360), (365, 470)]
    canvas.fill(dome, SAGE)
    canvas.shade(dome, PINE, (310, 0), (190, 0), 1.0)
    canvas.fill(box(262, 338, 46, 26), CREAM)
    canvas.fill(box(195, 470, 180, 40), CREAM)
    for x in range(207, 370, 26):
        canvas.fill(box(x, 476, 12, 34), UMBER)
    body = box(110, 510, 350, 200)
    canvas.fill(body, CREAM)
    canvas.shade(body, UMBER, (420, 0), (60, 0), 0.8)
    canvas.fill(box(96, 500, 378, 16), SAND)
    for row in (540, 630):
        for x in range(132, 440, 62):
            canvas.fill(arch(x, row, 32, 62), NIGHT)
    canvas.fill(box(90, 700, 390, 14), SAND)


def _arch(canvas: Canvas) -> None:
    """Draw the tall arch between the two buildings."""
    front = [(520, 745), (520, 180), (1020, 180), (1020, 745)]
    opening = [(940, 745), *reversed(bow(770, 440, 170, 170, 180, 360)), (600, 745)]
    canvas.fill([*front[:1], *front[1:], *opening], BRICK)
    canvas.shade([*front, *opening], WINE, (980, 300), (480, 520), 0.95)
    jamb = [(600, 745), (600, 440), *bow(770, 440, 170, 170, 180, 298)]
    canvas.fill([*jamb, *bow(812, 448, 168, 168, 282, 180), (644, 745)], COCOA)
    canvas.fill(box(490, 150, 560, 34), CORAL)
    canvas.fill(box(506, 184, 528, 12), WINE)
    for x in (520, 940):
        canvas.fill(box(x - 10, 424, 100, 18), CORAL)
        canvas.fill(box(x - 10, 727, 100, 20), WINE)
    for index in range(11):
        angle = 180 + index * 18
        canvas.stroke(
            [
                *bow(770, 440, 170, 170, angle, angle + 1)[:1],
                *bow(770, 440, 214, 214, angle, angle + 1)[:1],
            ],
            WINE,
            3,
        )


def _bank(canvas: Canvas) -> None:
    """Draw the bank on the right: a pediment with a coin, six columns and steps."""
    canvas.fill([(1030, 330), (1310, 190), (1590, 330)], CREAM)
    canvas.fill([(1090, 316), (1310, 208), (1530, 316)], SAND)
    canvas.shade([(1090, 316), (1310, 208), (1530, 316)], UMBER, (1500, 0), (1040, 0), 0.7)
    canvas.disc(1310, 274, 32, AMBER)
    canvas.disc(1310, 274, 21, OCHRE)
    canvas.fill(box(1040, 330, 540, 46), CREAM)
    canvas.fill(box(1040, 366, 540, 10), UMBER)
    canvas.fill(box(1064, 376, 492, 370), NIGHT)
    canvas.fill(arch(1276, 520, 68, 226), COCOA)
    canvas.fill(arch(1286, 532, 48, 214), AMBER)
    for index in range(6):
        x = 1060 + index * 91
        shaft = [(x + 4, 392), (x + 46, 392), (x + 50, 730), (x, 730)]
        canvas.fill(shaft, CREAM)
        canvas.shade(shaft, UMBER, (x + 40, 0), (x - 16, 0), 1.0)
        canvas.fill(box(x - 6, 376, 62, 18), SAND)
        canvas.fill(box(x - 8, 728, 66, 18), SAND)
    for step in range(4):
        colour = (CREAM, SAND, STRAW, SAND)[step]
        canvas.fill(box(1040 - step * 18, 744 + step * 16, 560, 17), colour)
        canvas.fill(box(1040 - step * 18, 757 + step * 16, 560, 4), UMBER)


def shrinkflation() -> Image.Image:
    """A row of cereal boxes on a shelf, each smaller than the last, with one same price tag."""
    canvas = Canvas("shrinkflation", HERO, SAGE)
    for index in range(16):
        if index % 2:
            canvas.fill(box(index * 100, 0, 100, 790), "#a8ba9d")
    canvas.shade(box(0, 0, 1600, 790), PINE, (0, 250), (0, 1100), 0.9)
    shelf = box(0, 770, 1600, 110)
    canvas.fill(shelf, OCHRE)
    canvas.shade(shelf, BROWN, (0, 770), (0, 900), 0.9)
    canvas.fill(box(0, 764, 1600, 18), STRAW)
    canvas.fill(box(0, 880, 1600, 120), COCOA)
    full = (268, 560)
    left = 58.0
    for index, size in enumerate((1.0, 0.85, 0.71, 0.58, 0.46)):
        width, height = full[0] * size, full[1] * size
        slot = 58 + index * 302
        left = slot + (full[0] - width) / 2
        if index:
            _ghost(canvas, slot, 764 - full[1], full)
        _packet(canvas, left, 764 - height, size)
        _tag(canvas, slot + full[0] / 2, 826)
    return canvas.finish()


def _ghost(canvas: Canvas, x: float, y: float, full: tuple[float, float]) -> None:
    """Draw the dashed contour of the packet as it once was."""
    width, height = full
    corners = box(x, y, width, height)
    for start, end in zip(corners[:2] + corners[3:], corners[1:3] + corners[:1], strict=True):
        canvas.dashes(start, end, CREAM, 4, 26)


def _packet(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw one cereal box: a sun, hills, and a bowl with flakes."""

    def at(points: Points) -> Points:
        return [(x + a * size, y + b * size) for a, b in points]

    side = at([(268, 0), (300, -26), (300, 530), (268, 560)])
    canvas.fill(side, WINE)
    canvas.shade(side, COCOA, (0, y), (0, y + 560 * size), 0.9)
    canvas.fill(at([(0, 0), (34, -26), (300, -26), (268, 0)]), CORAL)
    canvas.fill(at(box(0, 0, 268, 560)), CARMINE)
    for angle in range(180, 360, 20):
        canvas.fill(at([(134, 300), *bow(134, 300, 122, 122, angle + 3, angle + 13)]), STRAW)
    canvas.fill(at(circle(134, 300, 74)), AMBER)
    canvas.fill(at(rounded(26, 40, 216, 70, 35)), CREAM)
    for index in range(4):
        canvas.fill(at(circle(72 + index * 42, 75, 15)), (CARMINE, BLUE, CARMINE, BLUE)[index])
    canvas.fill(at(box(0, 420, 268, 140)), BLUE)
    canvas.fill(at(oval(134, 332, 106, 26)), CREAM)
    bowl = at([(28, 334), *reversed(bow(134, 334, 106, 118, 0, 180)[1:-1]), (240, 334)])
    canvas.fill(bowl, CREAM)
    canvas.shade(bowl, STEEL, (x + 120 * size, 0), (x + 260 * size, 0), 0.9)
    canvas.fill(at(oval(134, 332, 92, 18)), SAND)
    for a, b in ((80, 328), (112, 322), (146, 326), (182, 330), (128, 338), (164, 340), (100, 340)):
        canvas.fill(at(oval(a, b, 15, 9)), OCHRE)
    canvas.fill(at(box(90, 490, 88, 24)), AMBER)
    canvas.shade(at(box(0, 0, 268, 560)), WINE, (x + 150 * size, 0), (x + 330 * size, 0), 0.55)


def _tag(canvas: Canvas, x: float, y: float) -> None:
    """Draw a price tag on the edge of the shelf: the same coins on every one."""
    canvas.fill(rounded(x - 92, y - 40, 184, 80, 10), CREAM)
    canvas.fill(rounded(x - 92, y - 40, 46, 80, 10), CARMINE)
    canvas.fill(box(x - 60, y - 40, 14, 80), CARMINE)
    for index in range(3):
        canvas.disc(x - 10 + index * 36, y, 21, OCHRE)
        canvas.disc(x - 10 + index * 36, y, 14, AMBER)


def yuan_rouble() -> Image.Image:
    """Two large coins, a yuan and a rouble, overlapping above a lane of exchange."""
    canvas = Canvas("yuan-rouble", INLINE, CARMINE)
    half = [(700, 0), (1400, 0), (1400, 933), (700, 933)]
    canvas.fill(half, BLUE)
    canvas.shade(box(0, 0, 700, 933), WINE, (500, 0), (-100, 900), 1.0)
    canvas.shade(half, NIGHT, (900, 0), (1500, 900), 1.0)
    for radius in (440, 500, 560):
        canvas.outline(circle(700, 466, radius), PAPER, 2)
    _coin(canvas, 478, AMBER, OCHRE, BROWN)
    _coin(canvas, 922, SAND, SKY, NIGHT)
    lens = [*bow(478, 466, 300, 300, -42.3, 42.3), *bow(922, 466, 300, 300, 137.7, 222.3)]
    canvas.tint(lens, "#e9a77c")
    canvas.outline(lens, CREAM, 5)
    _yuan(canvas, 410)
    _rouble(canvas, 995)
    _arrows(canvas)
    return canvas.finish()


def _coin(canvas: Canvas, x: float, face: str, rim: str, shadow: str) -> None:
    """Draw a coin with a milled rim."""
    canvas.disc(x + 12, 484, 304, INK)
    canvas.disc(x, 466, 300, rim)
    for index in range(72):
        canvas.fill(crescent(x, 466, 296, 276, index * 5, index * 5 + 2), shadow)
    canvas.disc(x, 466, 266, face)
    canvas.shade(circle(x, 466, 266), shadow, (x + 20, 480), (x + 300, 860), 0.9)


def _yuan(canvas: Canvas, x: float) -> None:
    """Draw the sign of the yuan in plain bars."""
    for start, end in (
        ((x - 84, 330), (x, 456)),
        ((x + 84, 330), (x, 456)),
        ((x, 456), (x, 606)),
        ((x - 74, 476), (x + 74, 476)),
        ((x - 74, 536), (x + 74, 536)),
    ):
        canvas.stroke([start, end], WINE, 30)


def _rouble(canvas: Canvas, x: float) -> None:
    """Draw the sign of the rouble in plain bars and a half ring."""
    canvas.stroke([(x - 30, 330), (x - 30, 606)], NIGHT, 30)
    canvas.stroke(
        [(x - 30, 332), (x + 26, 332), *bow(x + 26, 402, 70, 70, -90, 90), (x - 76, 472)], NIGHT, 30
    )
    canvas.stroke([(x - 76, 538), (x + 52, 538)], NIGHT, 30)


def _arrows(canvas: Canvas) -> None:
    """Draw the arrows of the exchange above and below the coins."""
    for side, level in ((1, 104), (-1, 829)):
        shaft = strip((700 - side * 180, level), (700 + side * 150, level), 26)
        canvas.fill(shaft, CREAM)
        tip = 700 + side * 210
        canvas.fill(
            [(tip, level), (tip - side * 70, level - 44), (tip - side * 70, level + 44)], CREAM
        )
