"""The library's spiral staircase, seen from the top landing."""

from math import cos, radians, sin

from PIL import Image

from .canvas import Canvas
from .palette import (
    AMBER,
    BROWN,
    CARMINE,
    COCOA,
    CORAL,
    CREAM,
    INK,
    NIGHT,
    OCHRE,
    ROSE,
    STRAW,
    UMBER,
    WINE,
    ramp,
)
from .shapes import Point, circle, oval, rounded, turn

SIZE = (1400, 933)
CENTRE = (730.0, 480.0)
RADIUS = 900.0
SHRINK = 0.6
TREADS = 22
TURNS = 5


def spiral_stairs() -> Image.Image:
    """A spiral staircase from above, winding down to a lit floor, one reader on the way."""
    canvas = Canvas("library-stairs", SIZE, WINE)
    canvas.shade(circle(*CENTRE, 900), COCOA, (500, 300), (1500, 1100), 0.9)
    _flights(canvas)
    _rail(canvas)
    radius = _reach(TURNS * 360)
    floor = circle(*CENTRE, radius * 1.05)
    canvas.fill(floor, STRAW)
    canvas.glow(CENTRE, radius * 1.4, CREAM, 1.0, floor)
    _climber(canvas)
    return canvas.finish()


def _flights(canvas: Canvas) -> None:
    """Draw every tread of the stair, from the landing down, lit from the foot of the well."""
    colours = ramp([BROWN, UMBER, OCHRE, OCHRE, AMBER, STRAW], TREADS * TURNS)
    for index in range(-8, TREADS * (TURNS - 1)):
        start, end = index * 360 / TREADS, (index + 1) * 360 / TREADS
        edge = [_place(start + (end - start) * step / 4) for step in range(5)]
        inner = [_place(start + 360 + (end - start) * step / 4) for step in range(5)]
        tread = [*edge, *reversed(inner)]
        lit = 0.5 + 0.5 * cos(radians(start - 200))
        canvas.fill(tread, colours[max(0, min(index + round(lit * 30), len(colours) - 1))])
        middle, back = _middle(end), _middle(start)
        canvas.shade(tread, COCOA, middle, back, 0.95 - 0.35 * lit)
        canvas.stroke([_place(end), _place(end + 360)], CREAM, max(1.5, 5 - index / 20), caps=False)


def _rail(canvas: Canvas) -> None:
    """Draw the balusters and the red handrail along the inner edge of the stair."""
    for step in range(0, 360 * (TURNS - 1) + 1, 6):
        angle = step + 360
        canvas.stroke(
            [_place(angle, 1.0), _place(angle, 0.93)], INK, max(1.5, 6 * _size(angle)), caps=False
        )
    for share, colour, width in ((1.0, NIGHT, 15), (0.925, CARMINE, 34), (0.935, CORAL, 6)):
        for start in range(300, 360 * TURNS, 8):
            piece = [_place(start + step, share) for step in (0, 4, 8.5)]
            canvas.stroke(piece, colour, max(1.5, width * _size(start)))


def _climber(canvas: Canvas) -> None:
    """Draw the reader on the stairs, from above: shoulders, arms, an open book."""
    x, y = _middle(158)
    canvas.fill(turn(oval(x + 26, y + 34, 92, 46), 70, (x, y)), INK)

    def part(points: list[Point], colour: str) -> None:
        canvas.fill(turn(points, 66, (x, y)), colour)

    for side in (-1, 1):
        part(rounded(x + side * 62 - 15, y - 74, 30, 90, 15), CARMINE)
        part(circle(x + side * 50, y - 76, 15), ROSE)
    part(oval(x, y, 84, 42), CARMINE)
    part([(x - 58, y - 112), (x, y - 100), (x, y - 42), (x - 58, y - 54)], CREAM)
    part([(x + 58, y - 112), (x, y - 100), (x, y - 42), (x + 58, y - 54)], STRAW)
    part(oval(x, y - 4, 38, 42), COCOA)
    canvas.glow((x + 6, y - 8), 34, UMBER, 1.0)


def _reach(angle: float) -> float:
    """Return the radius of the spiral at an angle."""
    return RADIUS * SHRINK ** (angle / 360)


def _size(angle: float) -> float:
    """Return how large things look at an angle, compared with the landing."""
    return _reach(angle) / RADIUS


def _place(angle: float, share: float = 1.0) -> Point:
    """Return a point of the spiral, or one at a share of its radius."""
    radius = _reach(angle) * share
    return CENTRE[0] + radius * cos(radians(angle)), CENTRE[1] + radius * sin(radians(angle))


def _middle(angle: float) -> Point:
    """Return the middle of a tread."""
    (a, b), (c, d) = _place(angle), _place(angle + 360)
    return (a + c) / 2, (b + d) / 2
