"""Outlines as plain lists of points.

A shape is a closed list of points and nothing more, so that the same outline can be filled, shaded,
overprinted or used as a window on another drawing. Angles are in degrees, clockwise from three
o'clock, as Pillow counts them.
"""

from math import atan2, ceil, cos, degrees, hypot, pi, radians, sin
from random import Random

Point = tuple[float, float]
Points = list[Point]


def trace(places: str) -> Points:
    """Return the points written as "x y, x y, …", the way a long outline is easiest to read."""
    pairs = (place.split() for place in places.split(","))
    return [(float(x), float(y)) for x, y in pairs]


def box(x: float, y: float, width: float, height: float) -> Points:
    """Return an upright rectangle from its top left corner."""
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def bow(x: float, y: float, across: float, down: float, start: float, end: float) -> Points:
    """Return the points of an arc of an ellipse, from one angle to another."""
    count = max(6, ceil(abs(end - start) / 360 * min(180, 24 + max(across, down) / 2)))
    angles = [radians(start + (end - start) * index / count) for index in range(count + 1)]
    return [(x + across * cos(angle), y + down * sin(angle)) for angle in angles]


def oval(x: float, y: float, across: float, down: float) -> Points:
    """Return an ellipse around a centre."""
    return bow(x, y, across, down, 0, 360)[:-1]


def circle(x: float, y: float, radius: float) -> Points:
    """Return a circle around a centre."""
    return oval(x, y, radius, radius)


def sector(x: float, y: float, radius: float, start: float, end: float) -> Points:
    """Return a slice of a disc."""
    return [(x, y), *bow(x, y, radius, radius, start, end)]


def crescent(x: float, y: float, outer: float, inner: float, start: float, end: float) -> Points:
    """Return a part of a ring between two radii."""
    return bow(x, y, outer, outer, start, end) + bow(x, y, inner, inner, end, start)


def rounded(x: float, y: float, width: float, height: float, radius: float) -> Points:
    """Return a rectangle with rounded corners."""
    radius = min(radius, width / 2, height / 2)
    left, right, top, foot = x + radius, x + width - radius, y + radius, y + height - radius
    return [
        *bow(left, top, radius, radius, 180, 270),
        *bow(right, top, radius, radius, 270, 360),
        *bow(right, foot, radius, radius, 0, 90),
        *bow(left, foot, radius, radius, 90, 180),
    ]


def arch(x: float, y: float, width: float, height: float) -> Points:
    """Return an opening with a round head, from the top left corner of its bounding box."""
    half = width / 2
    return [
        (x, y + height),
        *bow(x + half, y + half, half, half, 180, 360),
        (x + width, y + height),
    ]


def smooth(points: Points, closed: bool = True, steps: int = 10) -> Points:
    """Return a soft curve (Catmull-Rom) that passes through every point given."""
    count = len(points)
    pieces = count if closed else count - 1

    def at(index: int) -> Point:
        return points[index % count] if closed else points[max(0, min(count - 1, index))]

    curve = []
    for piece in range(pieces):
        before, start, end, after = (at(piece + offset) for offset in (-1, 0, 1, 2))
        for step in range(steps):
            curve.append(_between(before, start, end, after, step / steps))
    return curve if closed else [*curve, points[-1]]


def _between(before: Point, start: Point, end: Point, after: Point, share: float) -> Point:
    """Return one point of a Catmull-Rom piece."""

    def axis(a: float, b: float, c: float, d: float) -> float:
        linear, square = c - a, 2 * a - 5 * b + 4 * c - d
        cube = 3 * b - a - 3 * c + d
        return b + 0.5 * share * (linear + share * (square + share * cube))

    return (
        axis(before[0], start[0], end[0], after[0]),
        axis(before[1], start[1], end[1], after[1]),
    )


def ridge(
    random: Random, span: tuple[float, float], base: float, rise: float, steps: int
) -> Points:
    """Return the broken line of a mountain ridge, from left to right."""
    left, right = span
    line = []
    for index in range(steps + 1):
        peak = rise if index % 2 else rise * 0.35
        height = peak * random.uniform(0.6, 1.0)
        drift = random.uniform(-0.25, 0.25) if 0 < index < steps else 0
        line.append((left + (right - left) * (index + drift) / steps, base - height))
    return line


def swell(
    span: tuple[float, float], level: float, height: float, waves: float, phase: float = 0
) -> Points:
    """Return a soft wavy line from left to right."""
    left, right = span
    count = max(8, int(waves * 16))
    return [
        (
            left + (right - left) * index / count,
            level + height * sin(phase + 2 * pi * waves * index / count),
        )
        for index in range(count + 1)
    ]


def down_to(line: Points, level: float) -> Points:
    """Close a line from left to right into a surface that reaches down (or up) to a level."""
    return [*line, (line[-1][0], level), (line[0][0], level)]


def turn(points: Points, angle: float, centre: Point) -> Points:
    """Return the points turned around a centre."""
    cosine, sine = cos(radians(angle)), sin(radians(angle))
    middle, level = centre
    return [
        (
            middle + (x - middle) * cosine - (y - level) * sine,
            level + (x - middle) * sine + (y - level) * cosine,
        )
        for x, y in points
    ]


def shift(points: Points, across: float, down: float) -> Points:
    """Return the points moved."""
    return [(x + across, y + down) for x, y in points]


def mirror(points: Points, axis: float) -> Points:
    """Return the points reflected on an upright axis."""
    return [(2 * axis - x, y) for x, y in points]


def along(start: Point, end: Point, share: float) -> Point:
    """Return the point that lies `share` of the way from one point to another."""
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def strip(start: Point, end: Point, width: float) -> Points:
    """Return a straight bar of a given width between two points."""
    angle = degrees(atan2(end[1] - start[1], end[0] - start[0]))
    length = hypot(end[0] - start[0], end[1] - start[1])
    return turn(box(start[0], start[1] - width / 2, length, width), angle, start)
