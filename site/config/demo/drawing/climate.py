"""Pictures of the science and climate pages: a ship in the ice, a dam."""

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
    FOREST,
    INK,
    MIST,
    MOSS,
    NIGHT,
    OCHRE,
    PAPER,
    PINE,
    ROSE,
    SKY,
    STEEL,
    STRAW,
    UMBER,
    WHITE,
    WINE,
    mix,
)
from .scenery import bird, cloud, fir, glints, mountain, snowcaps, sun
from .shapes import (
    along,
    bow,
    box,
    down_to,
    mirror,
    smooth,
    trace,
)

HERO = (1600, 1000)


def arctic_routes() -> Image.Image:
    """An icebreaker, bow on, opening a dark channel between ice floes under a low sun."""
    canvas = Canvas("arctic-routes", HERO, MIST)
    canvas.bands(0, 600, [STEEL, SKY, MIST, STRAW, ROSE], 15)
    sun(canvas, 1220, 520, 120, CORAL, AMBER)
    cloud(canvas, 150, 250, 340, MIST)
    cloud(canvas, 1180, 300, 300, CREAM)
    far = down_to(trace("0 560, 120 528, 260 556, 420 520, 560 570, 1600 580"), 600)
    canvas.fill(far, CREAM)
    canvas.shade(far, STEEL, (0, 520), (0, 610), 0.8)
    canvas.bands(590, 1000, [STEEL, BLUE, NIGHT], 9)
    glints(canvas, 1220, 600, 720, 190, CORAL, 8)
    _floes(canvas)
    _icebreaker(canvas)
    for x, y, span in ((330, 180, 64), (430, 230, 44), (1180, 150, 54), (250, 262, 38)):
        bird(canvas, x, y, span, INK)
    return canvas.finish()


def _floes(canvas: Canvas) -> None:
    """Scatter floes in perspective on both sides of the channel, larger towards the viewer."""
    for level, size, gap in (
        (612, 46, 96),
        (650, 82, 170),
        (712, 132, 262),
        (800, 200, 380),
        (920, 300, 560),
    ):
        for side in (-1, 1):
            distance = gap * canvas.random.uniform(0.95, 1.1) + size * 0.4
            while distance < 900:
                width = size * canvas.random.uniform(0.8, 1.35)
                _floe(canvas, 800 + side * (distance + width * 0.4), level, width)
                distance += width * 2.2 + size * 0.18


def _floe(canvas: Canvas, x: float, level: float, width: float) -> None:
    """Draw one angular floe: a white top on a stippled blue edge."""
    corners = (
        (-1, 0.02),
        (-0.62, -0.26),
        (0.1, -0.33),
        (0.74, -0.2),
        (1, 0.06),
        (0.55, 0.27),
        (-0.4, 0.3),
    )
    top = [
        (
            x + a * width * canvas.random.uniform(0.86, 1.06),
            level + b * width * canvas.random.uniform(0.8, 1.1),
        )
        for a, b in corners
    ]
    thick = width * 0.1
    edge = [*top[:1], *[(a, b + thick) for a, b in (top[0], *reversed(top[4:]))], top[4]]
    canvas.fill(edge, SKY)
    canvas.fill(top, WHITE)
    canvas.shade(top, SKY, (x - width * 0.4, 0), (x + width * 1.3, 0), 0.9)


def _icebreaker(canvas: Canvas) -> None:
    """Draw the ship head on: superstructure, flared hull and the wave at its stem."""
    bridge = [(610, 250), (990, 250), (960, 420), (640, 420)]
    for area, colour in (
        (box(786, 60, 28, 160), INK),
        (box(720, 120, 160, 10), INK),
        (box(680, 180, 240, 80), OCHRE),
        (bridge, CREAM),
        (box(560, 236, 480, 26), CARMINE),
    ):
        canvas.fill(area, colour)
    canvas.shade(bridge, STEEL, (820, 0), (1010, 0), 0.9)
    canvas.shade(box(680, 180, 240, 56), BROWN, (800, 0), (940, 0), 0.9)
    for index in range(8):
        canvas.fill(box(632 + index * 43, 280, 34, 40), NIGHT)
    canvas.disc(800, 60, 13, AMBER)
    half = trace("800 400, 540 372, 520 392, 566 560, 640 690, 736 800, 800 846")
    hull = [*half, *reversed(mirror(half[:-1], 800))]
    canvas.fill(hull, CARMINE)
    canvas.shade([*half], CORAL, (700, 0), (520, 0), 0.55)
    canvas.shade([*mirror(half, 800)], WINE, (800, 0), (1040, 0), 1.0)
    band = trace("527 420, 534 446, 800 478, 1066 446, 1073 420, 800 452")
    canvas.fill(band, CREAM)
    canvas.fill([(794, 470), (806, 470), (803, 850), (797, 850)], WINE)
    for side in (-1, 1):
        canvas.disc(800 + side * 130, 545, 15, INK)
        canvas.stroke([(800 + side * 130, 545), (800 + side * 120, 592)], INK, 8)
        canvas.stroke(bow(800 + side * 120, 580, 22, 20, 20, 160), INK, 8)
        _bow_wave(canvas, side)


def _bow_wave(canvas: Canvas, side: int) -> None:
    """Draw the foam and the broken ice thrown to one side of the stem."""
    foam = trace("0 852, 60 800, 150 730, 230 690, 258 712, 190 780, 110 850, 0 905")
    canvas.fill(smooth([(800 + side * x, y) for x, y in foam], steps=6), WHITE)
    lower = trace("0 880, 90 838, 190 770, 290 740, 220 820, 120 890, 0 930")
    canvas.fill(smooth([(800 + side * x, y) for x, y in lower], steps=6), SKY)
    for x, y, size in ((300, 690, 26), (330, 760, 34), (240, 850, 40)):
        shard = [(-1, 0.3), (-0.2, -0.9), (0.9, -0.3), (0.6, 0.7)]
        canvas.fill([(800 + side * (x + a * size), y + b * size) for a, b in shard], CREAM)


def dams() -> Image.Image:
    """An alpine dam seen from the valley, its curved wall holding back a lake between peaks."""
    canvas = Canvas("dams", HERO, PAPER)
    canvas.bands(0, 480, [SKY, MIST, PAPER, STRAW], 12)
    sun(canvas, 1130, 190, 92, AMBER, STRAW)
    cloud(canvas, 180, 170, 330, CREAM)
    far = trace("-20 330, 130 190, 290 330, 500 120, 680 320, 840 170, 1040 350, 1220 180")
    far = [*far, (1420, 340), (1540, 230), (1640, 330)]
    mountain(canvas, far, 420, STEEL, BLUE)
    snowcaps(canvas, far, 84)
    canvas.bands(404, 540, [SKY, STEEL, BLUE], 7)
    glints(canvas, 1130, 412, 500, 110, STRAW, 6)
    canvas.fill(down_to([(-20, 300), (160, 350), (330, 452), (420, 520)], 660), PINE)
    canvas.fill(down_to([(1180, 520), (1290, 440), (1430, 340), (1620, 280)], 660), PINE)
    _wall(canvas)
    _valley(canvas)
    _powerhouse(canvas)
    return canvas.finish()


def _wall(canvas: Canvas) -> None:
    """Draw the arch dam as upright slabs of concrete that darken to the right, and its crest."""
    slabs = 22

    def crest(share: float) -> float:
        return 462 + 74 * (1 - (2 * share - 1) ** 2)

    for index in range(slabs):
        first, last = index / slabs, (index + 1) / slabs
        left, right = 250 + 1100 * first, 250 + 1100 * last
        low_left, low_right = 560 + 480 * first, 560 + 480 * last
        slab = [(left, crest(first)), (right, crest(last)), (low_right, 960), (low_left, 960)]
        light = 1 - abs(first - 0.3) * 1.25
        canvas.fill(slab, mix(UMBER, CREAM, max(0.15, min(1.0, light))))
    line = [(250 + 1100 * step / 40, crest(step / 40)) for step in range(41)]
    face = [*line, (1040, 960), (560, 960)]
    canvas.shade(face, BROWN, (0, 600), (0, 1000), 0.9)
    canvas.shade(face, BROWN, (900, 0), (1300, 0), 0.5)
    for share in (0.22, 0.45, 0.68):
        course = [
            along(point, (560 + 480 * index / 40, 960), share) for index, point in enumerate(line)
        ]
        canvas.stroke(course, UMBER, 3, caps=False)
    canvas.stroke(line, CREAM, 17)
    canvas.stroke([(x, y + 12) for x, y in line], BROWN, 6)
    for x, y in line[1::2]:
        canvas.stroke([(x, y - 8), (x, y - 24)], COCOA, 3, caps=False)
    canvas.stroke([(x, y - 24) for x, y in line], COCOA, 3, caps=False)
    for x, foot in ((760, 902), (840, 902)):
        jet = [(x - 12, 760), (x + 12, 760), (x + 46, foot + 60), (x - 46, foot + 60)]
        canvas.fill(box(x - 20, 744, 40, 24), COCOA)
        canvas.fill(jet, WHITE)
        canvas.shade(jet, SKY, (x - 10, 0), (x + 46, 0), 0.9)


def _valley(canvas: Canvas) -> None:
    """Draw the two wooded flanks of the gorge and the river at its foot."""
    canvas.bands(955, 1000, [SKY, STEEL], 3)
    left = smooth(trace("-40 400, 170 440, 330 560, 470 740, 590 1010"), closed=False)
    right = smooth(trace("1640 380, 1440 440, 1290 560, 1150 740, 1010 1010"), closed=False)
    for line, edge, colour in ((left, -40, MOSS), (right, 1640, PINE)):
        slope = [*line, (edge, 1010)]
        canvas.fill(slope, colour)
        canvas.shade(slope, FOREST, (800, 520), (800, 1050), 0.9)
    places = [(x, 470 + 0.52 * x + canvas.random.uniform(60, 330)) for x in range(20, 420, 42)]
    places += [(1600 - x, y + canvas.random.uniform(-30, 30)) for x, y in places]
    for x, y in sorted(places, key=lambda place: place[1]):
        fir(canvas, x, y, canvas.random.uniform(84, 128), (FOREST, PINE, FOREST)[int(x) % 3])


def _powerhouse(canvas: Canvas) -> None:
    """Draw the pylons that carry the current down the valley."""
    tops = ((1478, 560, 330), (1180, 800, 190))
    for x, top, height in tops:
        foot, arm = top + height, height * 0.2
        for side in (-1, 1):
            canvas.stroke([(x, top), (x + side * height * 0.14, foot)], CREAM, 5)
            for share in (0.12, 0.28):
                level = top + height * share
                canvas.stroke([(x, level), (x + side * arm, level)], CREAM, 5)
        for share in (0.4, 0.6, 0.8):
            half = height * 0.14 * share
            level = top + height * share
            canvas.stroke([(x - half, level), (x + half * 1.25, level + height * 0.2)], CREAM, 3)
    for share in (0.12, 0.28):
        for side in (-1, 1):
            start = (1478 + side * 66, 560 + 330 * share)
            end = (1180 + side * 38, 800 + 190 * share)
            middle = along(start, end, 0.5)
            sag = smooth([start, (middle[0], middle[1] + 34), end], closed=False)
            canvas.stroke(sag, CREAM, 2, caps=False)
