"""Portraits of Thomas, Léa and Mateo."""

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
    FOREST,
    INK,
    MIST,
    NIGHT,
    OCHRE,
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
from .scenery import cloud, mountain, snowcaps, sun
from .shapes import bow, box, circle, down_to, mirror, oval, rounded, smooth, strip, swell, trace

SIZE = (800, 800)
BINDINGS = (STEEL, "#2a4d7d", "#35598a", SKY, "#2a4d7d", STEEL)


def thomas() -> Image.Image:
    """A sandy beard, a side parting, dark square glasses, a tweed jacket and a carmine tie."""
    canvas = Canvas("portrait-thomas", SIZE, BLUE)
    _books(canvas)
    sitter = Sitter(
        "#f2c8a6", "#d5936c", "#b9543f", "#b8722f", tilt=-2, gaze=-5, jaw=1.1, iris=STEEL
    )
    bust = Bust(canvas, sitter)
    bust.neck(66)
    _tweed(canvas, bust)
    bust.face()
    beard = trace(
        "-114 6, -110 70, -94 132, -50 178, 0 190, 52 178, 96 130, 110 70, 114 6, 98 40, 78 72,"
        "40 78, -5 72, -50 78, -86 72, -100 40"
    )
    bust.hair(beard, BROWN, 0.85)
    bust.features("#8a4f1e", lift=0, weight=11, smile=6)
    moustache = trace("-58 96, -34 76, -5 80, 24 76, 48 96, 20 92, -5 88, -30 92")
    bust.fill(smooth(moustache, steps=5), "#a8642a")
    top = trace(
        "-120 6, -128 -70, -116 -140, -60 -196, 40 -210, 112 -170, 132 -80, 120 6, 108 -50,"
        "96 -96, 40 -112, -30 -122, -74 -132, -98 -90, -108 -40"
    )
    bust.hair(top, BROWN)
    for lock in ([(-70, -136), (0, -168), (84, -138)], [(-66, -150), (10, -190), (96, -160)]):
        bust.stroke(smooth(lock, closed=False), "#d99a4e", 5)
    for side in (-1, 1):
        lens = rounded(side * 49 - 5 - 39, -28, 78, 60, 16)
        bust.stroke([*lens, *lens[:2]], COCOA, 7)
    bust.stroke([(-15, -6), (5, -6)], COCOA, 7)
    return canvas.finish()


def _tweed(canvas: Canvas, bust: Bust) -> None:
    """Draw the checked jacket, the shirt and the striped tie."""
    torso = bust.shoulders(UMBER, COCOA, 304, -4)
    with canvas.inside(torso):
        for index in range(-8, 34):
            canvas.stroke([(index * 30, 560), (index * 30 + 240, 820)], "#9a6540", 2, caps=False)
            canvas.stroke([(index * 30, 560), (index * 30 - 240, 820)], "#74421f", 2, caps=False)
    canvas.fill(trace("326 576, 474 576, 486 640, 420 820, 380 820, 314 640"), SKY)
    canvas.fill([(382, 622), (418, 622), (410, 656), (390, 656)], WINE)
    canvas.fill([(390, 654), (410, 654), (432, 820), (368, 820)], CARMINE)
    for level in (690, 740, 790):
        half = 16 + (level - 650) * 0.08
        canvas.fill(strip((400 - half, level + 12), (400 + half, level - 14), 9), STRAW)
    wing = [(330, 566), (400, 626), (366, 672), (306, 612)]
    lapel = trace("312 590, 250 650, 288 690, 262 716, 376 824, 352 700")
    canvas.fill(wing, WHITE)
    canvas.fill(lapel, BROWN)
    canvas.fill(mirror(wing, 400), MIST)
    canvas.fill(mirror(lapel, 400), COCOA)


def _books(canvas: Canvas) -> None:
    """Draw the shelves of old volumes behind an economic historian."""
    canvas.shade(box(0, 0, 800, 800), NIGHT, (300, 0), (800, 900), 1.0)
    for level in (250, 520, 790):
        x = -10.0
        while x < 800:
            width, height = canvas.random.uniform(26, 52), canvas.random.uniform(150, 214)
            spine = box(x, level - height, width - 3, height)
            canvas.fill(spine, canvas.random.choice(BINDINGS))
            canvas.shade(spine, NIGHT, (x, 0), (x + width * 1.3, 0), 0.9)
            canvas.fill(box(x, level - height * 0.82, width - 3, 5), STRAW)
            canvas.fill(box(x, level - height * 0.76, width - 3, 5), STRAW)
            x += width
        canvas.fill(box(0, level, 800, 14), NIGHT)


def lea() -> Image.Image:
    """Blond hair in a bun held by a pencil, a striped jersey, a green scarf, red lips."""
    canvas = Canvas("portrait-lea", SIZE, ROSE)
    canvas.shade(box(0, 0, 800, 800), CORAL, (400, 100), (400, 1000), 0.9)
    for index, (radius, colour) in enumerate(((430, CORAL), (340, BRICK), (250, CARMINE))):
        door = [(400 - radius, 800), *bow(400, 440, radius, radius, 180, 360), (400 + radius, 800)]
        canvas.fill(door, colour)
        canvas.shade(door, WINE, (400, 440), (400, 900), 0.3 + index * 0.25)
    sitter = Sitter("#f7d6bb", "#e0a486", "#c0202f", "#e3b04f", tilt=5, gaze=5, jaw=0.9, iris=BLUE)
    bust = Bust(canvas, sitter)
    bust.stroke([(-138, -284), (136, -178)], COCOA, 13)
    bust.stroke([(-122, -278), (132, -180)], AMBER, 13)
    bun = trace("-66 -190, -84 -236, -50 -284, 4 -296, 56 -280, 82 -232, 62 -186, 0 -170")
    bust.hair(bun, UMBER)
    for curl in ([(-56, -210), (-30, -262), (30, -268)], [(-30, -200), (0, -238), (50, -232)]):
        bust.stroke(smooth(curl, closed=False), STRAW, 5)
    bust.stroke([(118, -185), (138, -177)], CARMINE, 15)
    bust.hair(trace("-112 10, -132 -60, -96 -166, 0 -196, 98 -166, 134 -60, 112 10, 0 60"), UMBER)
    bust.neck(52)
    _jersey(canvas, bust)
    bust.face()
    bust.features("#a9742a", lift=4, weight=7, smile=11)
    parting = trace("-116 0, -131 -64, -96 -160, 0 -192, 98 -160, 133 -64, 116 0")
    bust.hair(
        [*parting, (104, -50), (70, -110), (20, -140), (-30, -122), (-82, -84), (-108, -30)], UMBER
    )
    for side in (-1, 1):
        bust.fill(circle(side * 113, 54, 8), STRAW)
        bust.fill(circle(side * 113, 78, 15), STRAW)
    bust.stroke(smooth([(20, -146), (66, -128), (102, -80)], closed=False), STRAW, 5)
    bust.stroke(smooth([(8, -150), (-50, -130), (-98, -78)], closed=False), STRAW, 5)
    return canvas.finish()


def _jersey(canvas: Canvas, bust: Bust) -> None:
    """Draw the striped jersey and the scarf knotted over it."""
    torso = bust.shoulders(CREAM, SAND, 272, 12)
    with canvas.inside(torso):
        for index in range(7):
            stripe = swell((90, 710), 646 + index * 30, -13, 0.5, 0)
            canvas.fill([*stripe, *reversed([(x, y + 13) for x, y in stripe])], BLUE)
        canvas.shade(torso, NIGHT, (420, 560), (900, 860), 0.7)
    scarf = trace("322 548, 400 574, 478 546, 504 596, 470 638, 400 650, 330 638, 296 596")
    canvas.fill(smooth(scarf), PINE)
    canvas.shade(smooth(scarf), FOREST, (380, 0), (510, 0), 1.0)
    canvas.fill(smooth(trace("350 620, 392 628, 372 700, 380 770, 330 772, 332 700")), PINE)
    canvas.fill(smooth(trace("382 622, 420 630, 446 690, 470 748, 424 764, 398 700")), FOREST)
    canvas.fill(oval(386, 626, 30, 24), SAGE)


def mateo() -> Image.Image:
    """A carmine woollen cap, a short dark beard, a green outdoor jacket, mountains behind."""
    canvas = Canvas("portrait-mateo", SIZE, SKY)
    canvas.bands(0, 560, [STEEL, SKY, MIST, STRAW], 12)
    sun(canvas, 630, 180, 66, AMBER, STRAW)
    cloud(canvas, 60, 150, 220, CREAM)
    line = trace("-20 470, 120 300, 230 430, 400 220, 560 440, 690 320, 820 480")
    mountain(canvas, line, 620, STEEL, BLUE)
    snowcaps(canvas, line, 70)
    hills = down_to(smooth(trace("-20 560, 200 520, 420 570, 640 510, 820 560"), False), 810)
    canvas.fill(hills, SAGE)
    canvas.shade(hills, PINE, (0, 510), (0, 780), 1.0)
    sitter = Sitter("#cf9367", "#a0643f", "#a04a3c", COCOA, tilt=-4, gaze=6, jaw=1.08, iris=BROWN)
    bust = Bust(canvas, sitter)
    hood = trace("250 600, 268 512, 330 476, 470 476, 532 512, 550 600, 400 640")
    canvas.fill(smooth(hood), FOREST)
    bust.neck(64)
    _jacket(canvas, bust)
    bust.hair(trace("-124 -60, -130 10, -112 60, 0 40, 112 60, 130 10, 124 -60"), INK)
    bust.face()
    beard = trace("-112 14, -108 70, -90 122, -46 160, 0 168, 48 160, 92 120, 108 70, 112 14")
    beard = [*beard, (96, 58), (70, 84), (36, 84), (6, 80), (-30, 84), (-66, 84), (-92, 58)]
    bust.hair(beard, INK, 0.8)
    bust.features(COCOA, lift=2, weight=12, smile=11)
    for side in (-1, 1):
        bust.fill(
            smooth(
                [(6 + side * 46, 94), (6 + side * 20, 78), (6, 80), (6, 87), (6 + side * 24, 89)],
                steps=5,
            ),
            COCOA,
        )
    _cap(bust)
    return canvas.finish()


def _jacket(canvas: Canvas, bust: Bust) -> None:
    """Draw the outdoor jacket: yoke, collar, zip, and the straps of a rucksack."""
    torso = bust.shoulders(PINE, FOREST, 300, -2)
    with canvas.inside(torso):
        yoke = trace("80 560, 720 560, 720 690, 400 716, 80 690")
        canvas.fill(yoke, OCHRE)
        canvas.shade(yoke, UMBER, (380, 0), (760, 0), 1.0)
        for side in (-1, 1):
            canvas.fill(strip((400 + side * 168, 580), (400 + side * 206, 830), 44), BROWN)
            canvas.fill(strip((400 + side * 168, 580), (400 + side * 206, 830), 6), STRAW)
            canvas.fill(box(400 + side * 190 - 30, 726, 60, 20), INK)
    collar = trace("318 560, 346 596, 400 616, 454 596, 482 560, 508 612, 400 690, 292 612")
    canvas.fill(collar, FOREST)
    for side, colour in ((0, PINE), (1, FOREST)):
        flap = [(316, 548), (290, 606), (392, 700), (396, 634)]
        canvas.fill(mirror(flap, 400) if side else flap, colour)
    canvas.stroke([(400, 640), (400, 820)], INK, 12)
    canvas.dashes((400, 640), (400, 820), AMBER, 6, 10)
    canvas.fill(rounded(391, 662, 18, 40, 8), AMBER)


def _cap(bust: Bust) -> None:
    """Draw the woollen cap with its ribbed hem and its bobble."""
    crown = trace("-124 -66, -132 -130, -84 -206, 0 -228, 84 -206, 132 -130, 124 -66, 0 -86")
    area = bust.fill(smooth(crown), CARMINE)
    bust.canvas.shade(area, WINE, (360, 0), (540, 0), 1.0)
    for x in (-84, -42, 0, 42, 84):
        bust.stroke(
            smooth([(x * 0.5, -222), (x * 0.95, -170), (x * 1.12, -96)], closed=False), WINE, 3
        )
    hem = smooth(trace("-130 -64, -128 -112, 0 -134, 128 -112, 130 -64, 0 -84"))
    area = bust.fill(hem, CREAM)
    bust.canvas.shade(area, STEEL, (380, 0), (560, 0), 0.9)
    for index in range(-6, 7):
        x = index * 19
        lift = 20 * (1 - (index / 6.5) ** 2)
        bust.stroke([(x, -112 - lift * 0.9), (x, -68 - lift * 0.8)], SAND, 3)
    pompon = bust.fill(circle(0, -244, 36), CREAM)
    bust.canvas.shade(pompon, SKY, (390, 100), (440, 150), 1.0)
