"""What several pictures share: mountains, trees, people seen from afar, light on water."""

from .canvas import Canvas
from .palette import BROWN, CREAM, INK, ROSE
from .shapes import Points, box, circle, down_to, oval, rounded, shift, smooth, trace


def figure(
    canvas: Canvas,
    place: tuple[float, float],
    height: float,
    coat: str,
    trousers: str = INK,
    skin: str = ROSE,
    hair: str = BROWN,
) -> None:
    """Draw a person standing, seen from behind and from afar, with the feet at a place."""
    x, foot = place
    unit = height / 10
    for side in (-0.62, 0.62):
        canvas.fill(
            box(x + (side - 0.42) * unit, foot - 4.6 * unit, 0.84 * unit, 4.6 * unit), trousers
        )
    torso = trace("-1.0 -8.1, 1.0 -8.1, 1.55 -7.2, 1.75 -3.6, -1.75 -3.6, -1.55 -7.2")
    canvas.fill([(x + a * unit, foot + b * unit) for a, b in torso], coat)
    canvas.fill(box(x - 0.3 * unit, foot - 8.5 * unit, 0.6 * unit, 0.7 * unit), skin)
    for ear in (-0.84, 0.84):
        canvas.disc(x + ear * unit, foot - 9.0 * unit, 0.2 * unit, skin)
    canvas.fill(oval(x, foot - 9.2 * unit, 0.84 * unit, 0.95 * unit), hair)
    canvas.stroke(
        [(x, foot - 4.6 * unit), (x, foot - 3.6 * unit)], trousers, 0.14 * unit, caps=False
    )


def mountain(
    canvas: Canvas, line: Points, level: float, colour: str, shadow: str, strength: float = 0.8
) -> None:
    """Fill a ridge down to a level and stipple its foot darker."""
    surface = down_to(line, level)
    top = min(y for _, y in line)
    canvas.fill(surface, colour)
    canvas.shade(surface, shadow, (0, top), (0, level), strength)


def snowcaps(canvas: Canvas, line: Points, depth: float, colour: str = CREAM) -> None:
    """Put snow with a ragged hem on the peaks of a ridge."""
    for before, peak, after in zip(line, line[1:], line[2:], strict=False):
        if peak[1] < before[1] and peak[1] < after[1]:
            left = _step(peak, before, depth)
            right = _step(peak, after, depth * 0.9)
            hem = [
                (peak[0] + (right[0] - peak[0]) * 0.45, peak[1] + depth * 0.72),
                (peak[0] + (right[0] - peak[0]) * 0.1, peak[1] + depth * 1.15),
                (peak[0] + (left[0] - peak[0]) * 0.35, peak[1] + depth * 0.6),
                (peak[0] + (left[0] - peak[0]) * 0.6, peak[1] + depth * 1.0),
            ]
            canvas.fill([peak, right, *hem, left], colour)


def _step(
    peak: tuple[float, float], foot: tuple[float, float], depth: float
) -> tuple[float, float]:
    """Return the point of a slope that lies a given depth below the peak."""
    share = min(1.0, depth / max(1.0, foot[1] - peak[1]))
    return peak[0] + (foot[0] - peak[0]) * share, peak[1] + (foot[1] - peak[1]) * share


def glints(
    canvas: Canvas, x: float, top: float, foot: float, width: float, colour: str, count: int = 9
) -> None:
    """Lay the reflection of a light on water: bars that widen and scatter towards the viewer."""
    for index in range(count):
        share = index / max(1, count - 1)
        level = top + (foot - top) * share**1.15
        length = width * (0.45 + 0.75 * share) * canvas.random.uniform(0.45, 1.0)
        offset = canvas.random.uniform(-0.18, 0.18) * width * (0.4 + share)
        thick = 3 + 7 * share
        bar = rounded(x + offset - length / 2, level, length, thick, thick / 2)
        canvas.fill(bar, colour)


def fir(
    canvas: Canvas, x: float, foot: float, height: float, colour: str, trunk: str = BROWN
) -> None:
    """Draw a fir tree of three tiers."""
    canvas.fill(box(x - height * 0.03, foot - height * 0.15, height * 0.06, height * 0.15), trunk)
    for width, low, top in ((0.25, 0.1, 0.56), (0.2, 0.36, 0.8), (0.14, 0.6, 1.0)):
        left, right = x - width * height, x + width * height
        canvas.fill(
            [(left, foot - low * height), (x, foot - top * height), (right, foot - low * height)],
            colour,
        )


def tree(canvas: Canvas, x: float, foot: float, height: float, colour: str, shadow: str) -> None:
    """Draw a leafy tree with a round crown, shaded on its right."""
    canvas.stroke([(x, foot), (x, foot - height * 0.5)], BROWN, height * 0.06, caps=False)
    crown = oval(x, foot - height * 0.66, height * 0.3, height * 0.36)
    canvas.fill(crown, colour)
    canvas.shade(crown, shadow, (x - height * 0.1, 0), (x + height * 0.36, 0), 0.9)


def bird(canvas: Canvas, x: float, y: float, span: float, colour: str) -> None:
    """Draw a gull on the wing."""
    half = span / 2
    wing = smooth([(-half, 0), (-half * 0.5, -half * 0.35), (0, 0)], closed=False)
    other = smooth([(0, 0), (half * 0.5, -half * 0.35), (half, 0)], closed=False)
    for line in (wing, other):
        canvas.stroke(shift(line, x, y), colour, max(1.6, span / 14))


def cloud(canvas: Canvas, x: float, y: float, width: float, colour: str) -> None:
    """Draw a long flat cloud of rounded bars."""
    thick = width * 0.075
    for offset, length, level in ((0.12, 0.5, -2), (0.0, 0.8, -1), (0.22, 0.72, 0)):
        bar = rounded(x + offset * width, y + level * thick, length * width, thick + 1, thick / 2)
        canvas.fill(bar, colour)


def sun(canvas: Canvas, x: float, y: float, radius: float, colour: str, light: str) -> None:
    """Draw a sun whose upper half is stippled lighter."""
    canvas.disc(x, y, radius, colour)
    canvas.shade(circle(x, y, radius), light, (x, y + radius * 0.4), (x, y - radius * 1.5), 0.9)
