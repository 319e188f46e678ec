"""Pictures of elsewhere and of every day: a suitcase on a map, a tram below the old town."""

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
    WINE,
)
from .scenery import cloud, mountain, snowcaps, sun, tree
from .shapes import arch, bow, box, circle, down_to, oval, rounded, smooth, trace, turn

HERO = (1600, 1000)


def exchange_year() -> Image.Image:
    """A suitcase on a folded map, a train crossing a viaduct in the window of its front."""
    canvas = Canvas("exchange-year", HERO, SKY)
    _map(canvas)
    canvas.fill(rounded(632, 316, 800, 590, 44), BROWN)
    _suitcase(canvas)
    with canvas.inside(rounded(676, 356, 688, 440, 26)):
        _journey(canvas)
    canvas.outline(rounded(676, 356, 688, 440, 26), STRAW, 8)
    _passport(canvas)
    return canvas.finish()


def _map(canvas: Canvas) -> None:
    """Draw the map: coasts, a river, folds and a dotted route from pin to pin."""
    coast = trace("-40 200, 180 130, 330 210, 520 150, 700 250, 860 160, 1100 210, 1240 120")
    land = [*coast, (1660, 180), (1660, 1040), (520, 1040), (430, 860), (220, 900), (-40, 760)]
    canvas.fill(smooth([(x, y + 12) for x, y in land], steps=8), STEEL)
    canvas.fill(smooth(land, steps=8), SAND)
    canvas.fill(smooth(trace("40 330, 220 260, 420 330, 480 480, 300 620, 80 560"), steps=8), SAGE)
    canvas.fill(smooth(trace("1280 260, 1500 220, 1640 320, 1640 620, 1440 560"), steps=8), SAGE)
    canvas.fill(smooth(trace("360 10, 520 -30, 620 40, 520 90, 400 80"), steps=8), SAND)
    river = trace("330 214, 380 330, 330 470, 440 600, 400 740, 430 866")
    canvas.stroke(smooth(river, closed=False), STEEL, 12)
    for fold in range(5):
        panel = box(fold * 320, 0, 320, 1000)
        edge = (fold * 320 + 320, 0) if fold % 2 else (fold * 320, 0)
        other = (fold * 320, 0) if fold % 2 else (fold * 320 + 320, 0)
        canvas.shade(panel, UMBER, edge, (other[0] + (other[0] - edge[0]) * 0.6, 0), 0.5)
    canvas.stroke([(0, 500), (1600, 500)], PAPER, 3)
    route = smooth(trace("150 690, 230 520, 150 390, 300 300, 470 330, 640 240, 880 250"), False)
    for spot in route[7:-3:3]:
        canvas.disc(*spot, 8, CARMINE)
    for x, y, colour in ((150, 690, CARMINE), (880, 250, BLUE)):
        canvas.fill(oval(x + 8, y + 2, 26, 9), BROWN)
        canvas.fill([(x - 34, y - 62), (x + 34, y - 62), (x, y)], colour)
        canvas.disc(x, y - 72, 38, colour)
        canvas.disc(x, y - 72, 15, CREAM)


def _suitcase(canvas: Canvas) -> None:
    """Draw the suitcase: handle, straps, corners, clasps."""
    canvas.outline(rounded(920, 222, 200, 120, 40), COCOA, 26)
    case = rounded(620, 296, 800, 590, 44)
    canvas.fill(case, CARMINE)
    canvas.shade(case, WINE, (900, 400), (1500, 980), 1.0)
    for x in (632, 1376):
        with canvas.inside(case):
            canvas.fill(box(x, 296, 32, 590), UMBER)
            canvas.fill(box(x + 14, 296, 3, 590), STRAW)
        canvas.fill(rounded(x - 8, 800, 48, 40, 6), AMBER)
        canvas.fill(box(x + 6, 810, 20, 20), UMBER)
    for x in (760, 1230):
        canvas.fill(rounded(x, 306, 54, 36, 6), AMBER)
        canvas.disc(x + 27, 324, 8, COCOA)
    canvas.outline(case, WINE, 5)
    for x, colour in ((760, SKY), (850, OCHRE), (940, SAGE)):
        canvas.disc(x, 842, 28, CREAM)
        canvas.disc(x, 842, 21, colour)


def _journey(canvas: Canvas) -> None:
    """Draw the landscape inside the suitcase: mountains, a viaduct, a train, trees."""
    for index, colour in enumerate((BLUE, STEEL, SKY, MIST, STRAW)):
        canvas.fill(box(660, 350 + index * 52, 720, 300), colour)
    sun(canvas, 1160, 520, 70, AMBER, STRAW)
    range_line = trace("640 640, 760 500, 860 610, 980 450, 1120 620, 1240 540, 1400 660")
    mountain(canvas, range_line, 760, STEEL, BLUE)
    snowcaps(canvas, range_line, 56)
    hills = down_to(smooth(trace("640 690, 820 650, 1040 720, 1220 670, 1400 700"), False), 830)
    canvas.fill(hills, MOSS)
    canvas.shade(hills, PINE, (0, 660), (0, 830), 0.9)
    for x in range(640, 1400, 112):
        canvas.fill(box(x, 646, 30, 180), PAPER)
        canvas.shade(box(x, 646, 30, 180), UMBER, (x + 6, 0), (x + 40, 0), 1.0)
        spandrel = [
            (x + 15, 646),
            (x + 127, 646),
            (x + 127, 706),
            *bow(x + 71, 706, 41, 46, 0, -180),
            (x + 15, 706),
        ]
        canvas.fill(spandrel, PAPER)
    canvas.fill(box(640, 630, 760, 20), SAND)
    canvas.fill(box(640, 648, 760, 5), UMBER)
    for index in range(3):
        x = 690 + index * 186
        canvas.fill(rounded(x, 560, 180, 64, 10), CARMINE)
        canvas.fill(box(x, 604, 180, 8), CREAM)
        for seat in range(4):
            canvas.fill(rounded(x + 14 + seat * 40, 574, 30, 22, 4), STRAW)
        for wheel in (34, 146):
            canvas.disc(x + wheel, 624, 11, INK)
    canvas.fill(trace("1248 624, 1248 560, 1290 560, 1336 600, 1336 624"), CARMINE)
    canvas.fill([(1270, 572), (1288, 572), (1312, 594), (1270, 594)], STRAW)
    canvas.disc(1284, 624, 11, INK)
    for x, foot, height in ((720, 812, 96), (940, 820, 120), (1180, 815, 104), (1320, 800, 84)):
        tree(canvas, x, foot, height, SAGE, PINE)


def _passport(canvas: Canvas) -> None:
    """Draw a passport and two tickets in the foreground."""
    centre = (360, 820)
    ticket = turn(box(330, 690, 250, 110), 14, centre)
    canvas.fill(turn(box(336, 698, 250, 110), 14, centre), UMBER)
    canvas.fill(ticket, CREAM)
    canvas.fill(turn(box(500, 690, 80, 110), 14, centre), CORAL)
    for row in range(3):
        canvas.fill(turn(box(400, 712 + row * 26, 80 - row * 16, 10), 14, centre), STEEL)
    canvas.fill(turn(rounded(252, 716, 220, 290, 16), -9, centre), COCOA)
    cover = turn(rounded(240, 704, 220, 290, 16), -9, centre)
    canvas.fill(cover, NIGHT)
    canvas.shade(cover, BLUE, (400, 760), (260, 1000), 0.8)
    canvas.outline(turn(circle(350, 820, 54), -9, centre), AMBER, 6)
    canvas.outline(turn(oval(350, 820, 24, 54), -9, centre), AMBER, 4)
    canvas.stroke(turn([(296, 820), (404, 820)], -9, centre), AMBER, 4)
    for row, width in ((912, 130), (936, 90)):
        canvas.fill(turn(box(350 - width / 2, row, width, 9), -9, centre), AMBER)


def tram_french() -> Image.Image:
    """A tram below a hill of roofs and a cathedral, two passengers talking at its windows."""
    canvas = Canvas("tram-french", HERO, PAPER)
    canvas.bands(0, 560, [STEEL, SKY, MIST, STRAW, ROSE], 14)
    cloud(canvas, 120, 120, 320, CREAM)
    far = trace("-20 470, 110 360, 230 450, 390 330, 560 470, 720 400, 900 500")
    mountain(canvas, far, 560, STEEL, BLUE)
    snowcaps(canvas, far, 44)
    canvas.bands(520, 620, [SKY, STEEL, BLUE], 5)
    _town(canvas)
    canvas.fill(box(0, 860, 1600, 140), BROWN)
    canvas.shade(box(0, 860, 1600, 140), COCOA, (0, 860), (0, 1000), 1.0)
    for level in (902, 958):
        canvas.fill(box(0, level, 1600, 8), SAND)
    for x in (70, 1530):
        canvas.fill(box(x - 7, 330, 14, 540), INK)
    canvas.stroke(smooth([(-20, 372), (800, 392), (1620, 372)], False), INK, 4)
    _tram(canvas)
    return canvas.finish()


def _town(canvas: Canvas) -> None:
    """Draw the hill with its stacked houses, and the cathedral on top."""
    hill = smooth(trace("420 640, 640 540, 880 420, 1150 330, 1400 330, 1640 420"), False)
    canvas.fill([*hill, (1640, 880), (-20, 880), (-20, 600), (200, 620)], MOSS)
    for x, width, top in ((1180, 74, 130), (1254, 196, 226)):
        canvas.fill(box(x, top, width, 200), SAND)
        canvas.shade(box(x, top, width, 200), UMBER, (x, 0), (x + width * 1.3, 0), 0.8)
    canvas.fill([(1172, 132), (1217, 30), (1262, 132)], BRICK)
    canvas.fill([(1254, 228), (1352, 128), (1450, 228)], SAND)
    canvas.stroke([(1244, 234), (1352, 122), (1460, 234)], BRICK, 18)
    canvas.fill(arch(1202, 168, 30, 70), NIGHT)
    canvas.disc(1352, 244, 30, NIGHT)
    canvas.outline(circle(1352, 244, 30), CREAM, 5)
    for x in (1282, 1340, 1398):
        canvas.fill(arch(x, 296, 24, 70), NIGHT)
    walls = (CREAM, ROSE, STRAW, SAND, CORAL, PAPER)
    for row in range(5):
        for column in range(15):
            x = 1660 - column * 84 - row * 34 + canvas.random.uniform(-10, 10)
            base = 420 + row * 96 + max(0.0, (1180 - x) * 0.32 - row * 20)
            if x > 560 - row * 190 and base < 900:
                _house(canvas, x, base, walls[(row * 2 + column) % 6])


def _house(canvas: Canvas, x: float, top: float, colour: str) -> None:
    """Draw one house of the hill."""
    width, height = canvas.random.uniform(62, 84), canvas.random.uniform(96, 130)
    wall = box(x, top, width, height)
    canvas.fill(wall, colour)
    canvas.shade(wall, UMBER, (x + width * 0.3, 0), (x + width * 1.2, 0), 0.8)
    roof = canvas.random.choice((BRICK, CARMINE, WINE))
    canvas.fill([(x - 6, top + 2), (x + width / 2, top - 36), (x + width + 6, top + 2)], roof)
    for column in (0.2, 0.58):
        for row in range(2):
            canvas.fill(box(x + width * column, top + 16 + row * 34, 13, 19), (STEEL, NIGHT)[row])


def _tram(canvas: Canvas) -> None:
    """Draw the tram, its passengers and what they say."""
    canvas.stroke([(740, 500), (800, 446), (740, 392)], INK, 8)
    canvas.stroke([(690, 390), (790, 388)], INK, 8)
    canvas.fill(rounded(640, 496, 250, 40, 12), STEEL)
    body = rounded(150, 524, 1300, 372, 62)
    canvas.fill(body, CREAM)
    lower = [
        (150, 740),
        (1450, 740),
        *bow(1388, 834, 62, 62, 0, 90),
        *bow(212, 834, 62, 62, 90, 180),
    ]
    canvas.fill(lower, CARMINE)
    canvas.shade(lower, WINE, (0, 740), (0, 940), 0.9)
    canvas.fill(box(150, 724, 1300, 16), AMBER)
    for x in (206, 420, 786, 1000, 1214):
        pane = rounded(x, 566, 188, 146, 18)
        canvas.fill(pane, NIGHT)
        canvas.shade(pane, STEEL, (x, 712), (x + 160, 560), 0.9)
    canvas.fill(rounded(634, 562, 126, 318, 12), STEEL)
    canvas.fill(rounded(644, 574, 50, 292, 6), NIGHT)
    canvas.fill(rounded(700, 574, 50, 292, 6), NIGHT)
    for x in (290, 400, 1090, 1200, 1320):
        canvas.disc(x, 896, 34, INK)
        canvas.disc(x, 896, 14, STEEL)
    canvas.disc(1418, 800, 18, STRAW)
    canvas.disc(186, 800, 18, CORAL)
    _passenger(canvas, 500, OCHRE, BROWN)
    _passenger(canvas, 880, SAGE, COCOA)
    _speech(canvas)


def _passenger(canvas: Canvas, x: float, coat: str, hair: str) -> None:
    """Draw a passenger behind a window."""
    canvas.fill([(x - 52, 712), *bow(x, 712, 52, 46, 180, 360), (x + 52, 712)], coat)
    canvas.fill(box(x - 11, 650, 22, 26), ROSE)
    canvas.fill(oval(x, 632, 29, 33), ROSE)
    canvas.fill([*bow(x, 626, 33, 34, 170, 370), (x + 16, 616)], hair)
    for side in (-1, 1):
        canvas.disc(x + side * 11, 634, 3.2, COCOA)
    canvas.stroke(bow(x, 640, 9, 9, 30, 150), WINE, 3)


def _speech(canvas: Canvas) -> None:
    """Draw two speech bubbles above the roof, with bars and dots for words."""
    for x, colour, tail in ((300, BLUE, 470), (826, CARMINE, 880)):
        foot = 452
        canvas.fill([(tail - 10, 400), (tail + 34, 400), (tail + 6, 520)], colour)
        canvas.fill(rounded(x, 250, 330, foot - 270, 34), colour)
    for index, width in enumerate((230, 150)):
        canvas.fill(rounded(350, 316 + index * 46, width, 22, 11), CREAM)
    for index in range(3):
        canvas.disc(917 + index * 74, 351, 20, CREAM)
