"""A sheet of paper to draw on.

The sheet is drawn at twice its final size and reduced at the end, which gives soft edges without
any library but Pillow. Shadows and lights are stippled, as a risograph or a lithographer's stone
would print them: dots of a single ink that grow denser, rather than a continuous gradient.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil, floor
from random import Random

from PIL import Image, ImageChops, ImageDraw

from .palette import ramp
from .shapes import Point, Points, box, circle

SCALE = 2
REACH = 8
DOTS = [min(255, value * 5) for value in range(256)]
LIGHT = [max(0, round(255 - value * 1.42)) for value in range(256)]


class Canvas:
    """A sheet with its own source of chance, measured in final pixels."""

    def __init__(self, key: str, size: tuple[int, int], ground: str) -> None:
        """Lay out a sheet of one colour; the key alone decides everything left to chance."""
        self.random = Random(f"picture:{key}")
        self.width, self.height = size
        self.image = Image.new("RGB", (self.width * SCALE, self.height * SCALE), ground)
        self.pen = ImageDraw.Draw(self.image)
        self.noise = Image.frombytes("L", size, self.random.randbytes(self.width * self.height))

    def fill(self, area: Points, colour: str) -> None:
        """Fill an outline with one ink."""
        self.pen.polygon(_scaled(area), fill=colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """Fill a disc."""
        self.fill(circle(x, y, radius), colour)

    def stroke(self, line: Points, colour: str, width: float, caps: bool = True) -> None:
        """Draw a line with round joints and, unless told otherwise, round ends."""
        thick = max(1, round(width * SCALE))
        self.pen.line(_scaled(line), fill=colour, width=thick, joint="curve")
        if caps and width > 3:
            for x, y in (line[0], line[-1]):
                self.pen.ellipse(_around(x, y, width / 2), fill=colour)

    def outline(self, area: Points, colour: str, width: float) -> None:
        """Draw the contour of an outline."""
        self.stroke([*area, *area[:2]], colour, width, caps=False)

    def dashes(self, start: Point, end: Point, colour: str, width: float, pitch: float) -> None:
        """Draw a straight line of dashes, as long as the gaps between them."""
        across, down = end[0] - start[0], end[1] - start[1]
        count = max(1, int((across**2 + down**2) ** 0.5 / pitch))
        for index in range(count):
            first, last = index / count, (index + 0.5) / count
            self.stroke(
                [
                    (start[0] + across * first, start[1] + down * first),
                    (start[0] + across * last, start[1] + down * last),
                ],
                colour,
                width,
                caps=False,
            )

    def bands(self, top: float, foot: float, colours: list[str], count: int) -> None:
        """Lay horizontal bands of ink over the whole width, from one colour to the next."""
        step = (foot - top) / count
        for index, colour in enumerate(ramp(colours, count)):
            self.fill(box(0, top + index * step, self.width, step + 1), colour)

    def shade(
        self, area: Points, colour: str, start: Point, end: Point, strength: float = 1.0
    ) -> None:
        """Stipple an ink over an area, from nothing at the start to its strength at the end."""
        frame = self._frame(area)
        if frame:
            self._print(area, frame, colour, _slope(frame, start, end), strength)

    def glow(
        self,
        centre: Point,
        radius: float,
        colour: str,
        strength: float = 1.0,
        area: Points | None = None,
    ) -> None:
        """Stipple a light around a point, fading outwards, within an area if one is given."""
        x, y = centre
        disc = circle(x, y, radius)
        frame = self._frame(disc)
        if frame is None:
            return
        left, top = floor(x - radius), floor(y - radius)
        side = max(2, ceil(radius * 2))
        light = Image.radial_gradient("L").point(LIGHT).resize((side, side))
        part = light.crop((frame[0] - left, frame[1] - top, frame[2] - left, frame[3] - top))
        self._print(area or disc, frame, colour, part, strength)

    def tint(self, area: Points, colour: str) -> None:
        """Overprint an ink on what is already there, as a transparent second pass would."""
        frame = self._frame(area)
        if frame is None:
            return
        place = tuple(value * SCALE for value in frame)
        below = self.image.crop(place)
        printed = ImageChops.multiply(below, Image.new("RGB", below.size, colour))
        self.image.paste(printed, place[:2], _mask(area, frame))

    @contextmanager
    def inside(self, area: Points) -> Iterator[None]:
        """Keep only what is drawn within an area; the rest of the sheet stays as it was."""
        frame = self._frame(area)
        before = self.image.copy()
        yield
        if frame:
            place = tuple(value * SCALE for value in frame)
            before.paste(self.image.crop(place), place[:2], _mask(area, frame))
        self.image, self.pen = before, ImageDraw.Draw(before)

    def finish(self, grain: float = 0.045) -> Image.Image:
        """Return the sheet at its final size, with the grain of the paper."""
        sheet = self.image.reduce(SCALE)
        table = [round(128 + (value - 128) * grain) for value in range(256)]
        tooth = self.noise.transpose(Image.Transpose.ROTATE_180).point(table)
        return ImageChops.add(sheet, Image.merge("RGB", [tooth] * 3), 1, -128)

    def _frame(self, area: Points) -> tuple[int, int, int, int] | None:
        """Return the part of the sheet an area covers, in whole pixels, or None outside it."""
        across, down = [x for x, _ in area], [y for _, y in area]
        left, top = max(0, floor(min(across))), max(0, floor(min(down)))
        right, foot = min(self.width, ceil(max(across))), min(self.height, ceil(max(down)))
        return (left, top, right, foot) if left < right and top < foot else None

    def _print(
        self,
        area: Points,
        frame: tuple[int, int, int, int],
        colour: str,
        density: Image.Image,
        strength: float,
    ) -> None:
        """Print an ink in dots as dense as a grey image says."""
        if strength != 1:
            density = density.point([min(255, round(value * strength)) for value in range(256)])
        dots = ImageChops.add(density, self.noise.crop(frame), 1, -255).point(DOTS)
        dots = dots.resize((dots.width * SCALE, dots.height * SCALE), Image.Resampling.NEAREST)
        mask = ImageChops.multiply(_mask(area, frame), dots)
        self.image.paste(colour, (frame[0] * SCALE, frame[1] * SCALE), mask)


def _scaled(points: Points) -> Points:
    """Return points in the pixels of the enlarged sheet."""
    return [(x * SCALE, y * SCALE) for x, y in points]


def _around(x: float, y: float, radius: float) -> list[float]:
    """Return the enlarged bounding box of a disc."""
    edges = (x - radius, y - radius, x + radius, y + radius)
    return [edge * SCALE for edge in edges]


def _mask(area: Points, frame: tuple[int, int, int, int]) -> Image.Image:
    """Return an area as a mask the size of its frame on the enlarged sheet."""
    left, top, right, foot = frame
    mask = Image.new("L", ((right - left) * SCALE, (foot - top) * SCALE), 0)
    points = [((x - left) * SCALE, (y - top) * SCALE) for x, y in area]
    ImageDraw.Draw(mask).polygon(points, fill=255)
    return mask


def _slope(frame: tuple[int, int, int, int], start: Point, end: Point) -> Image.Image:
    """Return a grey ramp over a frame: black up to the start, white from the end on."""
    strip = Image.new("L", (3, 256 * (2 * REACH + 1)), 0)
    strip.paste(Image.linear_gradient("L").crop((0, 0, 3, 256)), (0, 256 * REACH))
    strip.paste(255, (0, 256 * (REACH + 1), 3, strip.height))
    across, down = end[0] - start[0], end[1] - start[1]
    length = max(1.0, across**2 + down**2)
    per_x, per_y = 256 * across / length, 256 * down / length
    offset = (frame[0] - start[0]) * per_x + (frame[1] - start[1]) * per_y
    size = (frame[2] - frame[0], frame[3] - frame[1])
    affine = (0, 0, 1.5, per_x, per_y, 256 * REACH + offset)
    return strip.transform(
        size, Image.Transform.AFFINE, affine, Image.Resampling.NEAREST, fillcolor=255
    )
