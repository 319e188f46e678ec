"""Portraits of İlkay, Camille and Nadia."""

from PIL import Image

from .bust import Bust, Sitter
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
    WINE,
)
from .shapes import (
    bow,
    box,
    circle,
    crescent,
    mirror,
    oval,
    rounded,
    smooth,
    strip,
    trace,
    turn,
)

SIZE = (800, 800)


def ilkay() -> Image.Image:
    """Short wavy black hair, round glasses, a dark blue jacket over a cream roll neck."""
    canvas = Canvas("portrait-ilkay", SIZE, CARMINE)
    _globe(canvas)
    sitter = Sitter("#dfa981", "#b9764f", "#b4553f", INK, tilt=-3, gaze=5, jaw=0.98, iris=UMBER)
    bust = Bust(canvas, sitter)
    bust.hair(trace("-132 20, -146 -70, -100 -170, 0 -200, 100 -172, 146 -70, 132 24, 0 40"), COCOA)
    bust.neck()
    bust.shoulders(NIGHT, INK)
    collar = rounded(322, 506, 156, 112, 34)
    canvas.fill([(316, 606), (484, 606), (452, 820), (348, 820)], CREAM)
    canvas.fill(collar, CREAM)
    canvas.shade(collar, SAND, (380, 0), (500, 0), 1.0)
    canvas.stroke(smooth([(332, 560), (400, 572), (468, 556)], closed=False), SAND, 4)
    lapel = trace("316 584, 262 640, 300 676, 276 698, 392 812")
    canvas.fill(lapel, STEEL)
    canvas.fill(mirror(lapel, 400), BLUE)
    bust.face()
    bust.features(INK, lift=2, weight=10, smile=7)
    _waves(bust)
    for side in (-1, 1):
        lens = circle(side * 48 + 5, 2, 38)
        bust.stroke([*lens, *lens[:2]], WINE, 6)
    bust.stroke(bow(5, -2, 13, 10, 190, 350), WINE, 6)
    return canvas.finish()


def _globe(canvas: Canvas) -> None:
    """Draw the globe behind a writer on international relations."""
    canvas.shade(box(0, 0, 800, 800), WINE, (300, 0), (900, 900), 0.9)
    globe = circle(400, 380, 330)
    canvas.fill(globe, BRICK)
    canvas.shade(globe, CORAL, (500, 600), (100, 60), 0.8)
    for across in (110, 230):
        canvas.stroke(bow(400, 380, across, 330, 0, 360), ROSE, 2.5, caps=False)
    for down in (-220, -110, 0, 110, 220):
        half = (330**2 - down**2) ** 0.5
        canvas.stroke([(400 - half, 380 + down), (400 + half, 380 + down)], ROSE, 2.5, caps=False)


def _waves(bust: Bust) -> None:
    """Draw short hair swept from a side parting, with the light on its waves."""
    fringe = trace(
        "-124 16, -136 -40, -128 -104, -106 -150, -70 -186, -20 -200, 36 -206, 90 -184, 124 -146,"
        "140 -96, 136 -36, 124 18, 110 -20, 106 -68, 84 -98, 36 -88, -8 -96, -44 -118, -78 -94,"
        "-104 -64, -108 -20"
    )
    bust.hair(fringe, COCOA)
    for wave in (
        trace("-44 -124, -20 -150, 30 -158, 84 -132, 112 -84"),
        trace("-50 -140, -10 -178, 48 -182, 100 -150"),
        trace("-62 -132, -94 -110, -116 -60"),
    ):
        bust.stroke(smooth(wave, closed=False), "#4a3b40", 4)


def camille() -> Image.Image:
    """An auburn bob with a fringe, freckles, an ochre jacket over a white blouse."""
    canvas = Canvas("portrait-camille", SIZE, SAGE)
    canvas.shade(box(0, 0, 800, 800), PINE, (400, 200), (400, 1000), 0.9)
    for index in range(7):
        height = 190 + index * 74
        bar = box(20 + index * 112, 800 - height, 86, height)
        canvas.fill(bar, "#b6c5a9" if index % 2 else MIST)
        canvas.shade(bar, SAGE, (0, 500), (0, 820), 0.9)
    canvas.disc(168, 150, 70, STRAW)
    sitter = Sitter(
        "#f3cdb0", "#d9987a", "#c4493f", "#9c3d1f", tilt=4, gaze=-5, jaw=0.92, iris=PINE
    )
    bust = Bust(canvas, sitter)
    back = trace(
        "-150 150, -168 40, -150 -96, -80 -184, 0 -202, 84 -184, 152 -96, 170 40, 152 152, 90 190,"
        "0 150, -90 190"
    )
    bust.hair(back, WINE)
    bust.neck(54)
    _blouse(canvas, bust)
    bust.face()
    freckles = trace("-72 36, -56 46, -40 36, -62 58, -30 50, 30 38, 46 48, 60 38, 18 48, 52 60")
    for x, y in freckles:
        bust.fill(circle(x - 5, y, 2.8), "#c07a55")
    bust.features("#7d3018", lift=4, weight=7, smile=10)
    fringe = trace("-122 -30, -136 -90, -92 -170, 0 -196, 92 -170, 138 -88, 122 -30, 90 -52")
    bust.hair([*fringe, (50, -60), (0, -58), (-50, -62), (-90, -50)], WINE)
    lock = trace("100 -80, 138 -60, 166 50, 152 140, 104 164, 112 60")
    bust.hair(mirror(lock, 0), WINE)
    bust.hair(lock, WINE)
    for x in (-62, -22, 24, 64):
        strand = smooth([(x * 0.5, -180), (x, -130), (x * 1.15, -72)], closed=False)
        bust.stroke(strand, "#c25a30", 4)
    return canvas.finish()


def _blouse(canvas: Canvas, bust: Bust) -> None:
    """Draw the jacket with its pin, and the open collar of the blouse."""
    bust.shoulders(OCHRE, BROWN, 276, 10)
    canvas.fill(trace("338 584, 400 700, 462 584, 492 620, 424 820, 376 820, 308 620"), CREAM)
    canvas.fill([(330, 590), (470, 590), (430, 740), (370, 740)], CREAM)
    opening = [(346, 560), (454, 560), (400, 668)]
    canvas.fill(opening, bust.sitter.skin)
    canvas.shade(opening, bust.sitter.shadow, (380, 0), (500, 0), 1.0)
    lapel = trace("318 588, 258 640, 286 690, 262 712, 382 824, 350 690")
    wing = [(344, 560), (400, 668), (362, 690), (318, 598)]
    canvas.fill(lapel, AMBER)
    canvas.fill(wing, CREAM)
    canvas.fill(mirror(lapel, 400), UMBER)
    canvas.fill(mirror(wing, 400), SAND)
    canvas.disc(290, 742, 19, CARMINE)
    canvas.disc(290, 742, 8, STRAW)


def nadia() -> Image.Image:
    """A full crown of black curls, hoop earrings, a denim jacket, a camera on its strap."""
    canvas = Canvas("portrait-nadia", SIZE, AMBER)
    canvas.shade(box(0, 0, 800, 800), CORAL, (500, 100), (200, 1000), 0.9)
    canvas.disc(400, 350, 340, STRAW)
    for index in range(6):
        blade = turn([(400, 10), (640, 110), (535, 350), (400, 118)], index * 60, (400, 350))
        canvas.fill(blade, OCHRE)
        canvas.shade(blade, AMBER, blade[0], blade[3], 1.0)
        canvas.stroke([blade[1], blade[3]], STRAW, 4)
    bust = Bust(canvas, Sitter("#a9683f", "#7c432a", "#8e2f33", INK, tilt=3, gaze=6, jaw=0.93))
    _curls(bust, back=True)
    bust.neck(54)
    _denim(canvas, bust)
    _camera(canvas)
    bust.face()
    bust.features(INK, lift=4, weight=9, smile=12)
    _curls(bust, back=False)
    for side in (-1, 1):
        bust.stroke(circle(side * 118, 76, 26) + circle(side * 118, 76, 26)[:2], STRAW, 6)
    return canvas.finish()


def _denim(canvas: Canvas, bust: Bust) -> None:
    """Draw the denim jacket over a plain cream shirt."""
    bust.shoulders(STEEL, NIGHT, 282, 6)
    canvas.fill(trace("334 572, 466 572, 486 640, 462 820, 338 820, 314 640"), CREAM)
    opening = [(340, 560), (460, 560), *bow(400, 590, 70, 56, 0, 180)]
    canvas.fill(opening, bust.sitter.skin)
    canvas.shade(opening, bust.sitter.shadow, (380, 0), (500, 0), 1.0)
    wing = [(328, 566), (268, 626), (292, 700), (346, 660)]
    canvas.fill(wing, BLUE)
    canvas.fill(mirror(wing, 400), NIGHT)
    canvas.stroke([(236, 690), (232, 820)], SKY, 3, caps=False)
    canvas.stroke([(564, 690), (568, 820)], SKY, 3, caps=False)


def _curls(bust: Bust, back: bool) -> None:
    """Draw curly hair: the mass behind the head, or the curls around the forehead."""
    chance = bust.canvas.random
    if back:
        for ring, count in ((176, 17), (120, 11)):
            for index in range(count):
                angle = 150 + index * 240 / (count - 1)
                x, y = bow(0, -34, ring, ring * 0.98, angle, angle + 1)[0]
                area = bust.fill(circle(x, y, chance.uniform(46, 58)), bust.sitter.hair)
                bust.canvas.shade(area, BROWN, (520, 480), (180, 120), 0.5)
        return
    for index in range(13):
        angle = 186 + index * 14
        x, y = bow(0, -22, 118, 122, angle, angle + 1)[0]
        area = bust.fill(circle(x, y, chance.uniform(28, 36)), bust.sitter.hair)
        bust.canvas.shade(area, BROWN, (560, 400), (200, 160), 0.6)
        bust.stroke(bow(x, y, 17, 17, angle + 60, angle + 230), "#4d3430", 3.5)


def _camera(canvas: Canvas) -> None:
    """Draw the strap around the neck and the camera that hangs from it."""
    for side in (-1, 1):
        canvas.fill(strip((400 + side * 70, 546), (400 + side * 98, 720), 22), CARMINE)
        canvas.fill(strip((400 + side * 70, 546), (400 + side * 98, 720), 5), STRAW)
    canvas.fill(rounded(346, 676, 108, 40, 10), INK)
    body = rounded(272, 700, 256, 140, 20)
    canvas.fill(body, INK)
    canvas.fill(box(272, 742, 256, 70), COCOA)
    canvas.fill(rounded(292, 690, 44, 16, 6), STEEL)
    canvas.disc(400, 774, 62, STEEL)
    canvas.disc(400, 774, 50, NIGHT)
    canvas.shade(circle(400, 774, 50), STEEL, (420, 800), (350, 720), 0.9)
    canvas.fill(crescent(400, 774, 38, 28, 200, 260), PAPER)
    canvas.fill(oval(488, 724, 12, 9), CARMINE)
