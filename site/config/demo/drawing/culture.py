"""Pictures of the culture pages: a wall of posters, a film club."""

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
from .scenery import bird, figure, glints, sun
from .shapes import bow, box, circle, crescent, down_to, oval, rounded, sector, strip, swell, turn

HERO = (1600, 1000)


def swiss_posters() -> Image.Image:
    """Eight geometric posters in two rows on a wall, the lines of the grid showing through."""
    canvas = Canvas("swiss-posters", HERO, SAND)
    canvas.shade(box(0, 0, 1600, 900), OCHRE, (500, 0), (2100, 1200), 0.55)
    painters = (_arcs, _peak, _slats, _quarter, _steps, _needle, _rails, _eclipse)
    for index, painter in enumerate(painters):
        x, y = 118 + (index % 4) * 348, 50 + (index // 4) * 408
        canvas.fill(box(x + 8, y + 8, 320, 384), UMBER)
        with canvas.inside(box(x, y, 320, 384)):
            painter(canvas, x, y)
    for column in range(4):
        for edge in (0, 320):
            x = 118 + column * 348 + edge
            canvas.stroke([(x, 0), (x, 880)], CARMINE, 1.6, caps=False)
    for row in range(2):
        for edge in (0, 384):
            y = 50 + row * 408 + edge
            canvas.stroke([(0, y), (1600, y)], CARMINE, 1.6, caps=False)
    canvas.fill(box(0, 880, 1600, 120), COCOA)
    canvas.fill(box(0, 880, 1600, 10), BROWN)
    canvas.fill([(1010, 962), (1056, 962), (1330, 1000), (1260, 1000)], INK)
    figure(canvas, (1030, 966), 330, CARMINE, NIGHT, ROSE, COCOA)
    canvas.fill(rounded(988, 690, 84, 26, 13), STRAW)
    canvas.fill([(1044, 706), (1068, 706), (1076, 790), (1050, 790)], STRAW)
    canvas.fill(box(1072, 846, 74, 56), OCHRE)
    canvas.outline(rounded(1092, 824, 32, 30, 8), BROWN, 5)
    return canvas.finish()


def _arcs(canvas: Canvas, x: float, y: float) -> None:
    """Paint quarter rings that open from a corner."""
    canvas.fill(box(x, y, 320, 384), PAPER)
    for index, colour in enumerate((CARMINE, INK, OCHRE, INK, CARMINE)):
        outer = 330 - index * 62
        canvas.fill(crescent(x, y + 384, outer, outer - 34, -90, 0), colour)
    canvas.disc(x + 262, y + 60, 32, CARMINE)


def _peak(canvas: Canvas, x: float, y: float) -> None:
    """Paint a mountain of two triangles under a sun."""
    canvas.fill(box(x, y, 320, 384), STEEL)
    sun(canvas, x + 236, y + 92, 50, AMBER, STRAW)
    canvas.fill([(x - 10, y + 384), (x + 136, y + 76), (x + 170, y + 384)], CREAM)
    canvas.fill([(x + 136, y + 76), (x + 300, y + 384), (x + 170, y + 384)], NIGHT)
    canvas.fill([(x + 150, y + 384), (x + 252, y + 232), (x + 340, y + 384)], CARMINE)


def _slats(canvas: Canvas, x: float, y: float) -> None:
    """Paint slanting bars of growing weight."""
    canvas.fill(box(x, y, 320, 384), CARMINE)
    for index in range(7):
        start = (x - 60 + index * 64, y + 420)
        canvas.fill(strip(start, (start[0] + 150, y - 40), 8 + index * 5), CREAM)
    canvas.fill(box(x, y + 314, 320, 70), CARMINE)
    canvas.fill(box(x + 24, y + 338, 120, 18), CREAM)


def _quarter(canvas: Canvas, x: float, y: float) -> None:
    """Paint four quarter discs in a square of four."""
    canvas.fill(box(x, y, 320, 384), SAGE)
    for index, (start, colour) in enumerate(((0, PINE), (90, CREAM), (270, OCHRE), (180, PINE))):
        left, top = x + (index % 2) * 160, y + 32 + (index // 2) * 160
        corner = {0: (0, 0), 90: (160, 0), 270: (0, 160), 180: (160, 160)}[start]
        canvas.fill(sector(left + corner[0], top + corner[1], 152, start, start + 90), colour)
    canvas.disc(x + 160, y + 192, 26, CARMINE)


def _steps(canvas: Canvas, x: float, y: float) -> None:
    """Paint squares that grow along a stair."""
    canvas.fill(box(x, y, 320, 384), NIGHT)
    for index, colour in enumerate((SKY, STEEL, AMBER, CORAL, CARMINE)):
        height = 46 + index * 66
        canvas.fill(box(x + 24 + index * 55, y + 356 - height, 52, height), colour)
    canvas.disc(x + 72, y + 82, 40, CREAM)


def _needle(canvas: Canvas, x: float, y: float) -> None:
    """Paint a disc cut by a thin slanting line."""
    canvas.fill(box(x, y, 320, 384), OCHRE)
    canvas.disc(x + 160, y + 176, 118, COCOA)
    for radius in (92, 72, 52):
        canvas.outline(circle(x + 160, y + 176, radius), UMBER, 3)
    canvas.disc(x + 160, y + 176, 34, CARMINE)
    canvas.disc(x + 160, y + 176, 7, CREAM)
    canvas.fill(strip((x + 296, y + 30), (x + 196, y + 246), 10), CREAM)
    canvas.fill(box(x + 24, y + 330, 180, 14), COCOA)


def _rails(canvas: Canvas, x: float, y: float) -> None:
    """Paint rails that run together towards a red signal."""
    canvas.fill(box(x, y, 320, 384), PAPER)
    canvas.fill(box(x, y + 150, 320, 234), BLUE)
    for index in range(7):
        level = y + 162 + index * index * 5.6
        half = 16 + index * 22
        canvas.fill(box(x + 160 - half, level, 2 * half, 3 + index * 2.4), SKY)
    for side in (-1, 1):
        canvas.fill(
            [(x + 160 + side * a, y + b) for a, b in ((6, 150), (10, 150), (142, 384), (112, 384))],
            CREAM,
        )
    canvas.disc(x + 160, y + 90, 46, CARMINE)


def _eclipse(canvas: Canvas, x: float, y: float) -> None:
    """Paint two overlapping discs, the overlap overprinted."""
    canvas.fill(box(x, y, 320, 384), CREAM)
    canvas.disc(x + 124, y + 150, 96, CORAL)
    canvas.tint(circle(x + 200, y + 226, 96), SKY)
    for index in range(3):
        canvas.fill(box(x + 24, y + 24 + index * 14, 100 - index * 26, 7), INK)


def subtitles() -> Image.Image:
    """A film projector throws a seascape on a screen; two bars of subtitles lie across its foot."""
    canvas = Canvas("subtitles", HERO, COCOA)
    canvas.shade(box(0, 0, 1600, 1000), INK, (900, 300), (0, 900), 1.0)
    screen = rounded(640, 96, 880, 560, 10)
    canvas.glow((1080, 380), 760, BRICK, 0.6)
    beam = [(452, 506), (640, 96), (640, 656), (452, 556)]
    canvas.fill(beam, BROWN)
    canvas.shade(beam, STRAW, (760, 0), (380, 0), 0.95)
    canvas.fill(rounded(622, 78, 916, 596, 16), INK)
    with canvas.inside(screen):
        _film(canvas)
    for y, width in ((540, 560), (596, 400)):
        canvas.fill(rounded(1080 - width / 2, y, width, 40, 8), INK)
        left = 1080 - width / 2 + 20
        for share in (0.22, 0.1, 0.3, 0.2):
            canvas.fill(rounded(left, y + 13, share * (width - 84), 14, 7), STRAW)
            left += share * (width - 84) + 20
    _projector(canvas)
    _audience(canvas)
    return canvas.finish()


def _film(canvas: Canvas) -> None:
    """Draw the scene on the screen: a sea at evening, a sail, somebody on a jetty."""
    for index, colour in enumerate((STEEL, SKY, MIST, STRAW, ROSE, CORAL)):
        canvas.fill(box(640, 96 + index * 54, 880, 300), colour)
    sun(canvas, 1180, 390, 92, CARMINE, CORAL)
    for index, colour in enumerate((SKY, STEEL, STEEL, BLUE, BLUE, NIGHT)):
        canvas.fill(down_to(swell((640, 1520), 410 + index * 44, 5, 7, index), 660), colour)
    glints(canvas, 1180, 418, 530, 130, CORAL, 7)
    canvas.fill([(916, 416), (916, 270), (846, 408)], WHITE)
    canvas.fill([(924, 408), (924, 290), (972, 408)], CREAM)
    canvas.fill([(836, 418), (986, 418), (964, 444), (860, 444)], BROWN)
    canvas.fill([(1300, 520), (1540, 500), (1540, 660), (1300, 560)], COCOA)
    figure(canvas, (1420, 522), 168, OCHRE, INK, ROSE, BROWN)
    for x, y, span in ((760, 190, 50), (840, 226, 36), (1370, 200, 44)):
        bird(canvas, x, y, span, INK)


def _projector(canvas: Canvas) -> None:
    """Draw the projector: two reels, the body, the lens and its tripod."""
    for end in (120, 250, 380):
        canvas.stroke([(250, 690), (end, 1010)], INK, 20)
    for x, y, radius in ((150, 250, 142), (350, 320, 108)):
        canvas.disc(x, y, radius, CARMINE)
        canvas.shade(circle(x, y, radius), WINE, (x - 30, y), (x + radius * 1.1, y + radius), 1.0)
        canvas.outline(circle(x, y, radius - 5), CORAL, 6)
        for spoke in range(5):
            hole = turn(circle(x + radius * 0.56, y, radius * 0.23), spoke * 72 - 90, (x, y))
            canvas.fill(hole, COCOA)
        canvas.disc(x, y, radius * 0.14, AMBER)
    body = rounded(104, 426, 316, 280, 26)
    canvas.fill(body, OCHRE)
    canvas.shade(body, BROWN, (300, 460), (60, 760), 1.0)
    canvas.fill(rounded(136, 464, 120, 110, 12), BROWN)
    for index in range(4):
        canvas.fill(rounded(150, 480 + index * 22, 92, 9, 4), STRAW)
    canvas.disc(336, 610, 42, COCOA)
    canvas.disc(336, 610, 28, CARMINE)
    canvas.fill(box(420, 486, 34, 92), UMBER)
    canvas.fill(rounded(446, 472, 54, 120, 10), INK)
    canvas.fill(oval(500, 532, 14, 52), STRAW)
    canvas.fill(box(160, 706, 200, 20), INK)


def _audience(canvas: Canvas) -> None:
    """Draw the last rows of the audience from behind."""
    for row, (level, colour, size, start) in enumerate(((832, WINE, 46, 560), (930, INK, 60, 470))):
        for index in range(8):
            x = start + index * (138 + row * 28) + canvas.random.uniform(-14, 14)
            height = canvas.random.uniform(-12, 12)
            canvas.disc(x, level + height, size, colour)
            shoulders = [*bow(x, level + size * 2.0 + height, size * 1.5, size * 1.1, 180, 360)]
            canvas.fill([*shoulders, (x + size * 1.5, 1010), (x - size * 1.5, 1010)], colour)
            if index % 3 == row:
                canvas.disc(x + size * 0.5, level - size * 0.86 + height, size * 0.36, colour)
