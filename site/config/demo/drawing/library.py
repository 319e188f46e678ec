"""Pictures of the library at night: the reading room, a desk, a clock, a staircase."""

from math import cos, radians, sin

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
from .shapes import Points, arch, bow, box, circle, mirror, oval, rounded, smooth, trace

HERO = (1600, 1000)
INLINE = (1400, 933)
SPINES = (CARMINE, OCHRE, STEEL, BRICK, SAGE, WINE, SAND, BLUE, UMBER, PINE, CORAL)


def reading_room() -> Image.Image:
    """The reading room at night: tall windows on the moon, green lamps over long tables."""
    canvas = Canvas("library-at-night", HERO, COCOA)
    canvas.shade(box(0, 0, 1600, 1000), WINE, (800, -200), (800, 800), 0.6)
    for index, x in enumerate((470, 694, 918)):
        _window(canvas, x, index == 1)
    for side in (-1, 1):
        _bookcase(canvas, side)
    _tables(canvas)
    return canvas.finish()


def _window(canvas: Canvas, x: float, moon: bool) -> None:
    """Draw one tall window; the middle one holds the moon."""
    canvas.fill(arch(x - 16, 74, 244, 470), UMBER)
    pane = arch(x, 90, 212, 440)
    canvas.fill(pane, BLUE)
    canvas.shade(pane, NIGHT, (0, 520), (0, 40), 1.0)
    for _ in range(16):
        star = (x + canvas.random.uniform(24, 188), canvas.random.uniform(190, 470))
        canvas.disc(*star, canvas.random.uniform(1.2, 2.8), CREAM)
    if moon:
        canvas.glow((x + 106, 260), 160, SAND, 0.6, pane)
        inner = bow(x + 132, 248, 46, 46, 66, 258)
        canvas.fill([*bow(x + 106, 260, 58, 58, 36, 292), *reversed(inner)], CREAM)
    hills = [
        (x, 530),
        (x, 470),
        (x + 60, 430),
        (x + 120, 474),
        (x + 170, 440),
        (x + 212, 466),
        (x + 212, 530),
    ]
    canvas.fill(hills, FOREST)
    for bar in (box(x + 102, 90, 8, 440), box(x, 246, 212, 8), box(x, 388, 212, 8)):
        canvas.fill(bar, UMBER)
    canvas.fill(box(x - 24, 530, 260, 18), OCHRE)


def _bookcase(canvas: Canvas, side: int) -> None:
    """Draw a wall of books that runs away towards the windows, on the left or the right."""
    near, far = 800 + side * 820, 800 + side * 370

    def at(share: float, height: float) -> tuple[float, float]:
        top, foot = -60 + 130 * share, 960 - 350 * share
        return near + (far - near) * share, top + (foot - top) * height

    canvas.fill([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], BROWN)
    for shelf in range(6):
        high, low = shelf / 6 + 0.03, (shelf + 1) / 6 - 0.012
        canvas.fill([at(0, high), at(1, high), at(1, low), at(0, low)], INK)
        share = 0.0
        while share < 0.97:
            width = canvas.random.uniform(0.025, 0.05) * (1.15 - 0.4 * share)
            if canvas.random.random() < 0.93:
                crown = high + (low - high) * canvas.random.uniform(0.06, 0.32)
                last = min(1.0, share + width * 0.86)
                spine = [at(share, crown), at(last, crown), at(last, low), at(share, low)]
                canvas.fill(spine, canvas.random.choice(SPINES))
            share += width
        canvas.fill([at(0, low), at(1, low), at(1, low + 0.022), at(0, low + 0.022)], UMBER)
    for post in (0.0, 0.36, 0.7, 0.985):
        canvas.fill([at(post, 0), at(post + 0.02, 0), at(post + 0.02, 1), at(post, 1)], UMBER)
    wall = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)]
    canvas.shade(wall, COCOA, at(0.6, 0.5), (near, 480), 0.95)


def _tables(canvas: Canvas) -> None:
    """Draw two long tables with their lamps, and the readers who are still there."""
    floor = [(430, 612), (1170, 612), (1640, 1010), (-40, 1010)]
    canvas.fill(floor, WINE)
    canvas.shade(floor, COCOA, (800, 600), (800, 1000), 0.9)
    canvas.fill([(770, 612), (830, 612), (960, 1010), (640, 1010)], CARMINE)
    canvas.shade([(770, 612), (830, 612), (960, 1010), (640, 1010)], WINE, (0, 1000), (0, 560), 0.9)
    for side in (-1, 1):
        top = [(70, 640), (262, 640), (660, 1010), (218, 1010)]
        board = [(800 + side * x, y) for x, y in top]
        canvas.fill(board, UMBER)
        canvas.shade(board, BROWN, (0, 980), (0, 600), 0.8)
        _reader(canvas, 800 + side * 338, 690, 0.72, (SAGE, OCHRE)[side > 0], INK)
        for x, y, size in ((166, 664, 0.5), (238, 750, 0.78), (318, 886, 1.15)):
            _lamp(canvas, (800 + side * x, y), size, board)
    _reader(canvas, 262, 850, 1.25, STEEL, COCOA)
    _book(canvas, 392, 934, 0.9)
    _book(canvas, 1236, 930, 0.9)


def _reader(canvas: Canvas, x: float, y: float, size: float, coat: str, hair: str) -> None:
    """Draw a reader seen from behind."""
    body = trace("-74 130, -66 30, -30 0, 30 0, 66 30, 74 130")
    canvas.fill(smooth([(x + a * size, y + b * size) for a, b in body], steps=6), coat)
    canvas.fill(box(x - 13 * size, y - 18 * size, 26 * size, 30 * size), ROSE)
    for ear in (-1, 1):
        canvas.disc(x + ear * 37 * size, y - 36 * size, 8 * size, ROSE)
    head = oval(x, y - 42 * size, 37 * size, 41 * size)
    canvas.fill(head, hair)
    canvas.shade(head, BROWN, (x - 10 * size, 0), (x + 60 * size, 0), 0.8)


def _lamp(canvas: Canvas, place: tuple[float, float], size: float, board: Points) -> None:
    """Draw a banker's lamp and the pool of light under it."""
    x, y = place
    canvas.glow((x, y), 210 * size, AMBER, 1.0, board)
    canvas.glow((x, y - 70 * size), 170 * size, AMBER, 0.42)
    canvas.fill(oval(x, y, 46 * size, 13 * size), OCHRE)
    canvas.stroke([(x, y), (x, y - 100 * size)], OCHRE, 9 * size)
    canvas.fill(oval(x, y - 84 * size, 66 * size, 14 * size), CREAM)
    shade = [*bow(x, y - 84 * size, 74 * size, 60 * size, 180, 360)]
    canvas.fill(shade, PINE)
    canvas.shade(shade, FOREST, (x, 0), (x + 90 * size, 0), 1.0)
    canvas.stroke(bow(x, y - 86 * size, 54 * size, 42 * size, 200, 250), SAGE, 6 * size)


def _book(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Draw an open book lying on a table."""
    left = trace("0 0, -40 -14, -110 -4, -130 40, -50 34, 0 46")
    for half, colour in ((left, WHITE), (mirror(left, 0), CREAM)):
        canvas.fill([(x + a * size, y + b * size) for a, b in half], colour)
    canvas.stroke([(x, y), (x, y + 46 * size)], SAND, 3)


def night_clock() -> Image.Image:
    """A great clock in an arch over the shelves, its hands near midnight."""
    canvas = Canvas("library-clock", INLINE, WINE)
    canvas.shade(box(0, 0, 1400, 933), COCOA, (700, 300), (700, 1000), 0.9)
    niche = arch(290, 50, 820, 700)
    canvas.fill(arch(262, 24, 876, 740), OCHRE)
    canvas.fill(niche, NIGHT)
    canvas.glow((700, 420), 520, AMBER, 0.75, niche)
    canvas.disc(712, 432, 312, INK)
    canvas.disc(700, 420, 310, BROWN)
    canvas.disc(700, 420, 284, OCHRE)
    face = circle(700, 420, 268)
    canvas.fill(face, CREAM)
    canvas.shade(face, SAND, (620, 320), (900, 720), 1.0)
    for mark in range(60):
        angle = radians(mark * 6)
        inner, width = (206, 16) if mark % 5 == 0 else (236, 4)
        ends = [(700 + r * cos(angle), 420 + r * sin(angle)) for r in (inner, 250)]
        canvas.stroke(ends, CARMINE if mark % 15 == 0 else COCOA, width, caps=False)
    for angle, length, width in ((-92 - 8, 130, 20), (-90 - 30, 206, 12)):
        tip = (700 + length * cos(radians(angle)), 420 + length * sin(radians(angle)))
        tail = (700 - 44 * cos(radians(angle)), 420 - 44 * sin(radians(angle)))
        canvas.stroke([tail, tip], INK, width)
    canvas.disc(700, 420, 24, CARMINE)
    canvas.disc(700, 420, 9, STRAW)
    for x in (60, 1180):
        canvas.fill(box(x, 0, 160, 780), BROWN)
        canvas.shade(box(x, 0, 160, 780), COCOA, (x + 20, 0), (x + 200, 0), 1.0)
        canvas.fill(box(x - 16, 0, 192, 40), OCHRE)
    _shelf(canvas)
    return canvas.finish()


def _shelf(canvas: Canvas) -> None:
    """Draw the row of books under the clock."""
    canvas.fill(box(0, 730, 1400, 24), UMBER)
    canvas.fill(box(0, 754, 1400, 179), INK)
    x = 10.0
    while x < 1400:
        width, height = canvas.random.uniform(22, 52), canvas.random.uniform(112, 160)
        spine = box(x, 915 - height, width - 3, height)
        canvas.fill(spine, canvas.random.choice(SPINES))
        for level in (0.16, 0.8):
            canvas.fill(box(x, 915 - height * (1 - level), width - 3, 6), STRAW)
        canvas.shade(spine, INK, (x, 0), (x + width * 1.5, 0), 0.8)
        x += width
    canvas.fill(box(0, 915, 1400, 18), UMBER)


def night_desk() -> Image.Image:
    """A desk under a green lamp: an open book, a stack of others, a cup that still steams."""
    canvas = Canvas("library-desk", INLINE, NIGHT)
    canvas.shade(box(0, 0, 1400, 700), COCOA, (1300, 0), (100, 600), 0.7)
    pane = box(900, 60, 380, 470)
    canvas.fill(box(880, 40, 420, 510), UMBER)
    canvas.fill(pane, BLUE)
    canvas.shade(pane, NIGHT, (0, 540), (0, 0), 1.0)
    for _ in range(26):
        star = (canvas.random.uniform(910, 1270), canvas.random.uniform(70, 380))
        canvas.disc(*star, canvas.random.uniform(1.2, 3), CREAM)
    skyline = trace("900 530, 900 452, 960 410, 1030 462, 1110 400, 1190 456, 1280 424, 1280 530")
    canvas.fill(skyline, FOREST)
    canvas.fill(box(1084, 60, 12, 470), UMBER)
    canvas.fill(box(900, 280, 380, 12), UMBER)
    canvas.glow((520, 420), 620, AMBER, 0.62, box(0, 0, 1400, 660))
    desk = box(0, 660, 1400, 273)
    canvas.fill(desk, UMBER)
    canvas.shade(desk, COCOA, (0, 640), (0, 1000), 0.9)
    canvas.glow((560, 720), 520, AMBER, 1.0, desk)
    canvas.fill(box(0, 654, 1400, 12), OCHRE)
    _stack(canvas)
    _desk_lamp(canvas)
    _book(canvas, 660, 790, 2.1)
    for row in range(3):
        for side in (-1, 1):
            start = (660 + side * 46, 794 + row * 18 - row * 2)
            canvas.stroke([start, (660 + side * 214, 772 + row * 22)], SAND, 4)
    _cup(canvas, 1080, 780)
    return canvas.finish()


def _stack(canvas: Canvas) -> None:
    """Draw a stack of books at the left of the desk."""
    level = 760.0
    for x, width, height, colour in (
        (70, 300, 54, CARMINE),
        (92, 260, 40, STEEL),
        (60, 290, 60, OCHRE),
        (100, 240, 36, SAGE),
        (84, 250, 46, WINE),
    ):
        level -= height
        spine = rounded(x, level, width, height - 3, 7)
        canvas.fill(spine, colour)
        canvas.shade(spine, COCOA, (x + 200, 0), (x - 60, 0), 0.9)
        canvas.fill(box(x + 34, level, 12, height - 3), STRAW)
        canvas.fill(box(x + width - 48, level, 12, height - 3), STRAW)


def _desk_lamp(canvas: Canvas) -> None:
    """Draw the lamp, its arm and the cone of its light."""
    canvas.shade(
        [(430, 330), (650, 330), (980, 760), (240, 760)], STRAW, (540, 900), (540, 300), 0.5
    )
    canvas.fill(oval(500, 742, 112, 26), COCOA)
    canvas.fill(oval(500, 732, 112, 26), OCHRE)
    canvas.stroke([(500, 732), (500, 470), (540, 250)], OCHRE, 15)
    canvas.fill(oval(540, 330, 128, 24), CREAM)
    shade = [(404, 332), *bow(540, 312, 128, 122, 186, 354), (676, 332)]
    canvas.fill(shade, PINE)
    canvas.shade(shade, FOREST, (520, 0), (700, 0), 1.0)
    canvas.stroke(bow(540, 312, 98, 92, 200, 250), SAGE, 11)
    canvas.disc(540, 192, 13, OCHRE)


def _cup(canvas: Canvas, x: float, y: float) -> None:
    """Draw a cup on its saucer, with two curls of steam."""
    canvas.fill(oval(x, y + 8, 130, 26), WINE)
    canvas.fill(oval(x, y, 128, 24), CREAM)
    canvas.outline(oval(x + 84, y - 66, 36, 34), CREAM, 14)
    cup = [(x - 84, y - 124), (x + 84, y - 124), *bow(x, y - 84, 84, 84, 0, 180)]
    canvas.fill(cup, CARMINE)
    canvas.shade(cup, WINE, (x - 20, 0), (x + 110, 0), 1.0)
    canvas.fill(oval(x, y - 124, 84, 18), CREAM)
    canvas.fill(oval(x, y - 121, 72, 13), BROWN)
    for side in (-26, 22):
        curl = [
            (x + side, y - 150),
            (x + side + 20, y - 190),
            (x + side - 14, y - 236),
            (x + side + 12, y - 290),
        ]
        canvas.stroke(smooth(curl, closed=False), CREAM, 6)
