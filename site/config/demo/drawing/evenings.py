"""Pictures of two kinds of evening: an exam prepared at a desk, a concert on the lake."""

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
    FOREST,
    INK,
    NIGHT,
    OCHRE,
    PINE,
    ROSE,
    SAGE,
    SAND,
    STEEL,
    STRAW,
    UMBER,
    WHITE,
    WINE,
)
from .scenery import glints, mountain
from .shapes import (
    Point,
    Points,
    along,
    bow,
    box,
    circle,
    crescent,
    down_to,
    oval,
    rounded,
    shift,
    smooth,
    trace,
    turn,
)

HERO = (1600, 1000)
DESK = (800.0, 500.0)


def exams_and_machines() -> Image.Image:
    """An exam paper under a pencil, its right half turning into a printed circuit."""
    canvas = Canvas("exams-and-machines", HERO, OCHRE)
    for index in range(9):
        canvas.fill(box(0, index * 112, 1600, 3), UMBER)
    canvas.shade(box(0, 0, 1600, 1000), UMBER, (200, 0), (1800, 1300), 0.9)
    sheet = turn(box(270, 70, 1060, 880), -4, DESK)
    canvas.fill(shift(sheet, 16, 22), BROWN)
    canvas.fill(sheet, CREAM)
    canvas.shade(sheet, SAND, (500, 0), (1400, 900), 0.6)
    _questions(canvas)
    board = turn([(826, 70), (1330, 70), (1330, 950), (674, 950)], -4, DESK)
    canvas.fill(board, PINE)
    canvas.shade(board, FOREST, (900, 200), (1350, 1000), 1.0)
    with canvas.inside(board):
        _circuit(canvas)
    _pencil(canvas)
    _eraser(canvas)
    return canvas.finish()


def _desk(points: Points) -> Points:
    """Turn points of the sheet as the sheet lies on the desk."""
    return turn(points, -4, DESK)


def _questions(canvas: Canvas) -> None:
    """Draw the lines of the paper and its boxes to tick."""
    canvas.fill(_desk(box(330, 130, 250, 26)), CARMINE)
    canvas.fill(_desk(box(330, 172, 160, 12)), UMBER)
    for block in range(4):
        top = 236 + block * 176
        canvas.fill(_desk(rounded(330, top, 46, 46, 8)), BLUE)
        canvas.fill(_desk(rounded(338, top + 8, 30, 30, 4)), CREAM)
        if block in (0, 2):
            tick = _desk([(338, top + 18), (352, top + 34), (384, top - 10)])
            canvas.stroke(tick, CARMINE, 9)
        for row, width in enumerate((420, 380, 430, 250)):
            canvas.fill(_desk(box(400, top + 4 + row * 34, width, 11)), (STEEL, SAND)[row > 0])


def _circuit(canvas: Canvas) -> None:
    """Draw the circuit: a chip, its traces with their pads, some small parts."""
    for row in range(12):
        top = 150 + row * 66
        bend = 880 - row * 9 + (row % 3) * 34
        drop = (30, -26, 0)[row % 3]
        trace = [(640, top), (bend, top), (bend + abs(drop), top + drop), (1330, top + drop)]
        canvas.stroke(_desk(trace), (AMBER, SAGE, STRAW)[row % 3], 7)
        for x, y in _desk([(bend, top), (1236 - (row % 4) * 40, top + drop)]):
            canvas.disc(x, y, 15, AMBER)
            canvas.disc(x, y, 7, COCOA)
    canvas.fill(_desk(rounded(960, 340, 270, 270, 14)), COCOA)
    for index in range(7):
        for x in (936, 1230):
            canvas.fill(_desk(box(x, 362 + index * 34, 24, 16)), STRAW)
        for y in (316, 610):
            canvas.fill(_desk(box(984 + index * 34, y, 16, 24)), STRAW)
    canvas.fill(_desk(rounded(978, 358, 234, 234, 8)), NIGHT)
    canvas.shade(_desk(rounded(978, 358, 234, 234, 8)), STEEL, (1120, 480), (920, 250), 0.8)
    canvas.outline(_desk(circle(1095, 475, 62)), AMBER, 8)
    canvas.fill(_desk(circle(1095, 475, 30)), CARMINE)
    for x, y, colour in (
        (900, 770, CARMINE),
        (1010, 836, CORAL),
        (1200, 760, CARMINE),
        (1100, 176, CORAL),
    ):
        canvas.fill(_desk(rounded(x, y, 84, 36, 14)), colour)
        canvas.fill(_desk(box(x + 22, y, 9, 36)), CREAM)
        canvas.fill(_desk(box(x + 48, y, 9, 36)), STRAW)


def _pencil(canvas: Canvas) -> None:
    """Draw a long pencil across the seam, its point on the last line."""
    tip: Point = (620.0, 800.0)

    def at(points: Points) -> Points:
        return turn([(tip[0] + x, tip[1] + y) for x, y in points], -42, tip)

    canvas.fill(shift(at(trace("0 0, 110 -38, 860 -38, 860 38, 110 38")), 18, 30), COCOA)
    canvas.fill(at([(0, 0), (120, -40), (120, 40)]), SAND)
    canvas.fill(at([(0, 0), (42, -14), (42, 14)]), INK)
    for top, colour in ((-40, CORAL), (-14, CARMINE), (14, WINE)):
        height = 28 if top == -14 else 26
        canvas.fill(at([(120, top), (740, top), (740, top + height), (120, top + height)]), colour)
    for top in (-27, 0, 27):
        scallop = [(120 + x, top + y) for x, y in bow(0, 0, 20, 13, 90, 270)]
        canvas.fill(at(scallop), (CORAL, CARMINE, WINE)[(-27, 0, 27).index(top)])
    canvas.fill(at(box(740, -42, 60, 84)), AMBER)
    for x in (752, 770, 788):
        canvas.fill(at(box(x, -42, 5, 84)), UMBER)
    canvas.fill(at(rounded(796, -40, 74, 80, 26)), ROSE)
    canvas.stroke(at([(190, -28), (690, -28)]), ROSE, 5)


def _eraser(canvas: Canvas) -> None:
    """Draw an eraser and a few shavings on the desk."""
    centre = (150, 760)
    canvas.fill(shift(turn(rounded(84, 690, 130, 200, 14), 18, centre), 10, 14), BROWN)
    canvas.fill(turn(rounded(84, 690, 130, 200, 14), 18, centre), WHITE)
    canvas.fill(turn(box(84, 760, 130, 130), 18, centre), BLUE)
    canvas.fill(turn(box(84, 790, 130, 20), 18, centre), CORAL)
    for x, y, angle in (
        (140, 250, 20),
        (200, 330, 140),
        (96, 380, 250),
        (1440, 820, 60),
        (1500, 730, 200),
    ):
        canvas.fill(crescent(x, y, 40, 24, angle, angle + 150), SAND)
        canvas.stroke(bow(x, y, 40, 40, angle, angle + 150), CARMINE, 6)


def lake_festival() -> Image.Image:
    """A shell-shaped stage on the lake at dusk, musicians in its light, lanterns above."""
    canvas = Canvas("lake-festival", HERO, NIGHT)
    canvas.bands(0, 560, [NIGHT, BLUE, "#6a3f62", CARMINE, CORAL, STRAW], 16)
    for _ in range(44):
        star = (canvas.random.uniform(0, 1600), canvas.random.uniform(0, 220))
        canvas.disc(*star, canvas.random.uniform(1, 2.6), CREAM)
    far = trace("-20 450, 140 350, 300 440, 470 300, 640 430, 800 380, 960 440, 1130 320")
    far = [*far, (1290, 430), (1450, 340), (1640, 450)]
    mountain(canvas, far, 560, "#3d2a4c", NIGHT)
    canvas.bands(555, 1000, [CORAL, CARMINE, "#5c2b4f", BLUE, NIGHT], 14)
    _stage(canvas)
    glints(canvas, 800, 730, 900, 520, AMBER, 14)
    glints(canvas, 360, 640, 800, 90, STRAW, 7)
    glints(canvas, 1270, 640, 800, 90, STRAW, 7)
    _lanterns(canvas)
    _crowd(canvas)
    return canvas.finish()


def _stage(canvas: Canvas) -> None:
    """Draw the floating stage, its ribbed shell and five musicians."""
    canvas.glow((800, 560), 520, AMBER, 0.7)
    shells = ((330, WINE), (296, CARMINE), (258, BRICK), (218, CORAL), (178, AMBER), (138, STRAW))
    for radius, colour in shells:
        canvas.fill(
            [(800 - radius, 690), *bow(800, 660, radius, radius, 180, 360), (800 + radius, 690)],
            colour,
        )
    canvas.glow(
        (800, 660), 150, WHITE, 0.9, [(600, 690), *bow(800, 660, 200, 200, 180, 360), (1000, 690)]
    )
    canvas.fill([(430, 684), (1170, 684), (1200, 724), (400, 724)], BROWN)
    canvas.fill(box(430, 680, 740, 10), OCHRE)
    canvas.fill(rounded(400, 720, 800, 18, 8), COCOA)
    for x, height in ((610, 122), (700, 132), (800, 140), (900, 128), (990, 120)):
        _musician(canvas, x, height)
    canvas.fill(smooth(trace("646 684, 634 640, 652 614, 670 640, 660 684"), steps=5), BROWN)
    canvas.stroke([(652, 640), (656, 550)], BROWN, 6)
    canvas.stroke([(800, 684), (806, 590)], INK, 4)
    canvas.disc(806, 586, 8, INK)
    canvas.stroke([(872, 640), (934, 612)], OCHRE, 8)
    canvas.fill(oval(884, 636, 24, 18), CARMINE)
    canvas.disc(1010, 654, 30, WINE)
    canvas.disc(1010, 654, 22, CREAM)
    canvas.fill(box(1032, 612, 62, 6), OCHRE)
    canvas.stroke([(1062, 684), (1062, 614)], INK, 4)


def _musician(canvas: Canvas, x: float, height: float) -> None:
    """Draw a musician as a dark silhouette on the lit stage."""
    unit = height / 10
    body = trace("-1.5 0, -1.3 -4, -1.9 -6.6, -0.9 -7.9, 0.9 -7.9, 1.9 -6.6, 1.3 -4, 1.5 0")
    canvas.fill(
        [(x + a * unit, 684 + b * unit) for a, b in [*body, (0.3, 0), (0, -3), (-0.3, 0)]], INK
    )
    canvas.disc(x, 684 - 9 * unit, unit * 0.95, INK)


def _lanterns(canvas: Canvas) -> None:
    """Hang two garlands of paper lanterns across the sky."""
    colours = (CARMINE, AMBER, CORAL, STRAW, BRICK)
    canvas.stroke([(800, -10), (800, 60)], COCOA, 4, caps=False)
    for start, middle, end, count, size in (
        ((-20, 30), (400, 300), (800, 60), 5, 54),
        ((800, 60), (1210, 290), (1620, 20), 6, 54),
    ):
        line = smooth(
            [start, along(start, middle, 0.55), middle, along(middle, end, 0.45), end], closed=False
        )
        canvas.stroke(line, COCOA, 4, caps=False)
        for index in range(count):
            x, y = line[int((index + 0.6) / (count + 0.2) * (len(line) - 1))]
            _lantern(canvas, x, y + 14, size * (0.8 + 0.3 * (index % 2)), colours[index % 5])


def _lantern(canvas: Canvas, x: float, y: float, size: float, colour: str) -> None:
    """Draw one paper lantern with its ribs and its glow."""
    centre = (x, y + size)
    canvas.glow(centre, size * 2.3, AMBER, 0.62)
    body = oval(*centre, size, size * 0.92)
    canvas.fill(body, colour)
    canvas.glow((x, y + size * 1.1), size * 0.95, CREAM, 0.85, body)
    for across in (0.36, 0.72):
        canvas.stroke(bow(*centre, size * across, size * 0.92, 0, 360), UMBER, 2, caps=False)
    canvas.fill(rounded(x - size * 0.34, y - 2, size * 0.68, size * 0.16, 3), COCOA)
    canvas.fill(rounded(x - size * 0.34, y + size * 1.86, size * 0.68, size * 0.14, 3), COCOA)
    canvas.stroke([(x, y + size * 2), (x, y + size * 2.4)], CARMINE, 4)


def _crowd(canvas: Canvas) -> None:
    """Draw the audience on the bank, from behind."""
    canvas.fill(
        down_to(smooth(trace("-40 940, 400 920, 800 934, 1200 918, 1640 944"), False), 1010), INK
    )
    for index in range(21):
        x = 10 + index * 79 + canvas.random.uniform(-20, 20)
        level = 880 + canvas.random.uniform(-26, 30)
        canvas.disc(x, level, 27, INK)
        canvas.fill([(x - 46, 1010), *bow(x, level + 66, 46, 40, 180, 360), (x + 46, 1010)], INK)
        if index % 6 == 2:
            canvas.stroke([(x + 34, level + 50), (x + 60, level - 50)], INK, 14)
