"""Pictures of student life: a street of rooms, a canteen tray, a suitcase, a tram, an exam."""

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
    MOSS,
    NIGHT,
    OCHRE,
    PAPER,
    PINE,
    ROSE,
    SAGE,
    SAND,
    SKY,
    STEEL,
    STRAW,
    UMBER,
    WHITE,
    WINE,
)
from .scenery import figure
from .shapes import Points, arch, bow, box, circle, oval, rounded, smooth, turn

HERO = (1600, 1000)


def student_rent() -> Image.Image:
    """A street of lit windows at night, one key hanging over it, one student waiting below."""
    canvas = Canvas("student-rent", HERO, NIGHT)
    canvas.bands(0, 800, [NIGHT, BLUE, STEEL], 12)
    for _ in range(70):
        x, y = canvas.random.uniform(0, 1600), canvas.random.uniform(0, 420)
        canvas.disc(x, y, canvas.random.uniform(1, 2.6), CREAM)
    canvas.disc(800, 300, 230, STRAW)
    canvas.shade(circle(800, 300, 230), CORAL, (720, 160), (960, 640), 0.9)
    colours = (CARMINE, UMBER, BLUE, BRICK, OCHRE, WINE, STEEL, BROWN)
    places = ((-30, 350, 240), (200, 430, 210), (402, 520, 190), (584, 600, 200), (776, 585, 190))
    places += ((958, 500, 200), (1150, 410, 220), (1362, 330, 270))
    for index, (x, top, width) in enumerate(places):
        _house(canvas, (x, top, width), colours[index], gabled=index % 2 == 0)
    pavement = box(0, 890, 1600, 110)
    canvas.fill(pavement, COCOA)
    canvas.fill(box(0, 890, 1600, 12), UMBER)
    canvas.glow((736, 900), 240, AMBER, 0.5, pavement)
    _key(canvas, 800, 90)
    figure(canvas, (700, 958), 176, CARMINE, INK, ROSE, BROWN)
    canvas.fill(rounded(738, 896, 66, 62, 8), OCHRE)
    canvas.outline(rounded(758, 872, 26, 30, 8), COCOA, 5)
    canvas.fill(box(738, 920, 66, 6), BROWN)
    return canvas.finish()


def _house(canvas: Canvas, place: tuple[float, float, float], colour: str, gabled: bool) -> None:
    """Draw one tall house: roof, chimney, rows of windows of which most are lit."""
    x, top, width = place
    front = box(x, top, width, 900 - top)
    canvas.fill(box(x + width * 0.7, top - 118, 26, 100), COCOA)
    if gabled:
        roof = [(x - 8, top + 2), (x + width / 2, top - 96), (x + width + 8, top + 2)]
    else:
        roof = [
            (x - 6, top + 2),
            (x + 22, top - 66),
            (x + width - 22, top - 66),
            (x + width + 6, top + 2),
        ]
    canvas.fill(roof, INK)
    canvas.fill(front, colour)
    canvas.shade(front, INK, (x + width * 0.2, top), (x + width * 1.5, top + 300), 0.9)
    columns = 3
    step = (width - 28) / columns
    level = top + 34
    while level < 770:
        for column in range(columns):
            _window(canvas, x + 14 + column * step + 7, level, step - 14)
        level += 92
    canvas.fill(arch(x + width / 2 - 26, 806, 52, 88), COCOA)
    canvas.fill(arch(x + width / 2 - 18, 814, 36, 40), OCHRE)


def _window(canvas: Canvas, x: float, y: float, width: float) -> None:
    """Draw a window: lit or dark, now and then with a curtain, a plant or somebody in it."""
    lit = canvas.random.random() < 0.74
    canvas.fill(box(x - 4, y - 4, width + 8, 66), COCOA)
    canvas.fill(box(x, y, width, 58), canvas.random.choice((STRAW, AMBER, AMBER)) if lit else NIGHT)
    detail = canvas.random.randrange(5) if lit else 9
    if detail == 0:
        canvas.disc(x + width / 2, y + 26, 9, BROWN)
        canvas.fill(arch(x + width / 2 - 15, y + 34, 30, 24), BROWN)
    elif detail == 1:
        canvas.fill([(x, y), (x + width * 0.45, y), (x, y + 58)], CORAL)
        canvas.fill([(x + width, y), (x + width * 0.55, y), (x + width, y + 58)], CORAL)
    elif detail == 2:
        canvas.fill(box(x + width * 0.3, y + 44, width * 0.3, 14), BRICK)
        canvas.disc(x + width * 0.45, y + 36, 11, MOSS)
    canvas.fill(box(x + width / 2 - 2, y, 4, 58), COCOA)
    canvas.fill(box(x - 7, y + 60, width + 14, 6), SAND)


def _key(canvas: Canvas, x: float, y: float) -> None:
    """Draw the one key, hung on a thread."""
    canvas.stroke([(x, -10), (x, y + 8)], COCOA, 4)
    for dx, colour in ((7, WINE), (0, CARMINE)):
        canvas.stroke([(x + dx, y + 150), (x + dx, y + 400)], colour, 28)
        canvas.outline(circle(x + dx, y + 82, 66), colour, 34)
        canvas.fill(box(x + dx, y + 296, 84, 30), colour)
        canvas.fill(box(x + dx, y + 356, 66, 30), colour)
        canvas.fill(box(x + dx + 54, y + 296, 30, 48), colour)
        canvas.fill(box(x + dx - 30, y + 164, 60, 20), colour)
    canvas.stroke(bow(x, y + 82, 66, 66, 150, 280), CORAL, 8)
    canvas.stroke([(x - 7, y + 196), (x - 7, y + 392)], CORAL, 6)


def canteen_letter() -> Image.Image:
    """A canteen tray from above: a gratin on its plate, three peas, an apple and a letter."""
    canvas = Canvas("canteen-letter", HERO, SAND)
    for row in range(9):
        for column in range(14):
            if (row + column) % 2:
                canvas.fill(box(column * 120 - 40, row * 120 - 40, 120, 120), PAPER)
    canvas.shade(box(0, 0, 1600, 1000), OCHRE, (300, 0), (1900, 1300), 0.5)
    canvas.fill(rounded(176, 136, 1280, 780, 60), UMBER)
    tray = rounded(160, 112, 1280, 780, 60)
    canvas.fill(tray, CARMINE)
    inner = rounded(200, 150, 1200, 704, 40)
    canvas.fill(inner, BRICK)
    canvas.shade(inner, WINE, (500, 150), (1600, 1000), 0.9)
    _plate(canvas, 700, 510)
    _cutlery(canvas)
    _glass(canvas, 1130, 300)
    _apple(canvas, 1300, 330)
    _letter(canvas)
    return canvas.finish()


def _plate(canvas: Canvas, x: float, y: float) -> None:
    """Draw the plate with a square of gratin, three peas and a sprig."""
    canvas.disc(x + 12, y + 16, 288, WINE)
    canvas.disc(x, y, 286, CREAM)
    canvas.shade(circle(x, y, 286), SAND, (x - 60, y - 100), (x + 300, y + 296), 1.0)
    canvas.disc(x, y, 200, WHITE)
    canvas.outline(circle(x, y, 262), STEEL, 6)
    canvas.outline(circle(x, y, 202), SAND, 3)
    slab = turn(rounded(x - 140, y - 100, 210, 176, 16), -12, (x, y))
    canvas.fill([(a + 8, b + 18) for a, b in slab], BROWN)
    canvas.fill(slab, AMBER)
    canvas.shade(slab, BRICK, (x - 140, y - 120), (x + 120, y + 120), 0.8)
    for row in range(3):
        for column in range(4):
            spot = (x - 112 + column * 50, y - 70 + row * 56)
            coin = turn(oval(*spot, 26, 20), -12, (x, y))
            canvas.fill(coin, STRAW if (row + column) % 2 else OCHRE)
            canvas.outline(coin, UMBER, 3)
    for index in range(3):
        a, b = x + 84 + index * 38, y + 76 - index * 30
        canvas.disc(a + 3, b + 4, 18, SAND)
        canvas.disc(a, b, 17, MOSS)
        canvas.disc(a - 5, b - 6, 5, "#c5d2ae")
    canvas.stroke(
        smooth([(x + 70, y - 130), (x + 100, y - 100), (x + 110, y - 50)], closed=False), PINE, 5
    )
    for a, b in ((76, -122), (108, -110), (92, -84), (124, -72), (104, -44)):
        canvas.disc(x + a, y + b, 15, PINE)


def _cutlery(canvas: Canvas) -> None:
    """Lay a fork to the left of the plate and a knife to the right."""
    napkin = rounded(236, 300, 130, 430, 6)
    canvas.fill(napkin, CREAM)
    canvas.fill(box(252, 300, 8, 430), STEEL)
    canvas.fill(box(342, 300, 8, 430), STEEL)
    canvas.fill(rounded(290, 470, 22, 240, 11), NIGHT)
    canvas.fill(bow(301, 424, 38, 66, 0, 180), NIGHT)
    for index in range(4):
        canvas.fill(rounded(263 + index * 22, 322, 10, 120, 5), NIGHT)
    canvas.fill(rounded(1032, 520, 24, 220, 12), NIGHT)
    blade = [(1032, 530), (1032, 312), *bow(1032, 400, 34, 100, 270, 360), (1062, 530)]
    canvas.fill(blade, CREAM)
    canvas.shade(blade, STEEL, (1030, 300), (1064, 560), 1.0)


def _glass(canvas: Canvas, x: float, y: float) -> None:
    """Draw a glass of water from above."""
    canvas.disc(x + 8, y + 12, 78, WINE)
    canvas.disc(x, y, 78, SKY)
    canvas.disc(x, y, 62, STEEL)
    canvas.shade(circle(x, y, 62), BLUE, (x - 30, y - 40), (x + 60, y + 70), 1.0)
    canvas.stroke(bow(x, y, 46, 46, 190, 270), WHITE, 8)


def _apple(canvas: Canvas, x: float, y: float) -> None:
    """Draw an apple lying on the tray, with its stalk and a leaf."""
    canvas.disc(x + 10, y + 14, 70, WINE)
    corners = (
        (-74, -8),
        (-58, -60),
        (-20, -72),
        (0, -58),
        (20, -72),
        (58, -60),
        (74, -8),
        (44, 64),
        (0, 72),
    )
    body: Points = smooth([(x + a, y + b) for a, b in (*corners, (-44, 64))])
    canvas.fill(body, SAGE)
    canvas.shade(body, CORAL, (x - 30, y), (x + 70, y + 50), 1.0)
    canvas.fill(oval(x, y - 50, 22, 8), PINE)
    canvas.stroke(smooth([(x, y - 50), (x + 4, y - 80), (x + 18, y - 104)], closed=False), COCOA, 8)
    canvas.fill(
        smooth([(x + 10, y - 78), (x + 50, y - 104), (x + 78, y - 88), (x + 44, y - 70)]), PINE
    )


def _letter(canvas: Canvas) -> None:
    """Draw the letter tucked beside the plate: an envelope with a seal of wax."""
    centre = (1234, 620)
    for offset, colour in ((10, WINE), (0, PAPER)):
        canvas.fill(turn(box(1096 + offset, 520 + offset, 280, 200), 9, centre), colour)
    flap = turn([(1096, 520), (1376, 520), (1236, 640)], 9, centre)
    folds = turn([(1096, 720), (1206, 616), (1266, 616), (1376, 720)], 9, centre)
    canvas.stroke(folds, SAND, 5)
    canvas.fill(flap, CREAM)
    canvas.shade(flap, OCHRE, (1236, 540), (1236, 700), 0.7)
    canvas.stroke([flap[0], flap[2], flap[1]], UMBER, 4)
    canvas.disc(*flap[2], 34, WINE)
    canvas.disc(*flap[2], 25, CARMINE)
    canvas.fill(turn(box(flap[2][0] - 10, flap[2][1] - 10, 20, 20), 45, flap[2]), CORAL)
