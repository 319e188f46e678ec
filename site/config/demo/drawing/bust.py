"""The head and shoulders that the portraits share: a flat face lit from the left.

Everything about a face is measured from a point between the eyes, before the head is tilted; the
portraits add the hair, the clothes and what tells one person from another.
"""

from dataclasses import dataclass

from .canvas import Canvas
from .palette import COCOA, WHITE
from .shapes import Points, bow, mirror, oval, smooth, trace, turn

CENTRE = (400.0, 352.0)


@dataclass(frozen=True)
class Sitter:
    """The colours and the bearing of one person."""

    skin: str
    shadow: str
    lips: str
    hair: str
    tilt: float = 0.0
    gaze: float = 0.0
    jaw: float = 1.0
    iris: str = COCOA


class Bust:
    """A portrait in progress."""

    def __init__(self, canvas: Canvas, sitter: Sitter) -> None:
        """Keep the sheet and the person to draw on it."""
        self.canvas = canvas
        self.sitter = sitter

    def at(self, points: Points) -> Points:
        """Return points of the head where they fall on the sheet."""
        x, y = CENTRE
        placed = [(x + a, y + b) for a, b in points]
        return turn(placed, self.sitter.tilt, (x, y + 170))

    def fill(self, points: Points, colour: str) -> Points:
        """Fill a part of the head and return its outline on the sheet."""
        area = self.at(points)
        self.canvas.fill(area, colour)
        return area

    def stroke(self, points: Points, colour: str, width: float) -> None:
        """Draw a line on the head."""
        self.canvas.stroke(self.at(points), colour, width)

    def neck(self, width: float = 60) -> None:
        """Draw the neck, and the shadow of the chin on it."""
        foot = 640
        neck = [(400 - width, 400), (400 + width, 400), (404 + width, 560), (440 + width, foot)]
        neck = [*neck, (360 - width, foot), (396 - width, 560)]
        self.canvas.fill(neck, self.sitter.skin)
        shade = smooth(
            [(400 - width, 440), (400, 470), (400 + width, 430), (402 + width, 560), (380, 540)]
        )
        with self.canvas.inside(neck):
            self.canvas.fill(shade, self.sitter.shadow)
            self.canvas.shade(neck, self.sitter.shadow, (380, 0), (500, 0), 1.0)

    def face(self) -> None:
        """Draw ears, face, and the shaded side of the face."""
        sitter = self.sitter
        for side, colour in ((-1, sitter.skin), (1, sitter.shadow)):
            self.fill(oval(side * 112 + sitter.gaze * -0.3, 18, 20, 32), colour)
            self.stroke(bow(side * 112 + sitter.gaze * -0.3, 18, 9, 17, 110, 250), sitter.shadow, 3)
        jaw = sitter.jaw
        half = [
            (0, 158),
            (44 * jaw, 150),
            (84 * jaw, 108),
            (107, 40),
            (112, -40),
            (98, -110),
            (52, -150),
        ]
        outline = smooth([*half, (0, -158), *reversed(mirror(half[1:], 0))], steps=8)
        area = self.fill(outline, sitter.skin)
        right = self.at([(26, 0), (150, 0)])
        self.canvas.shade(area, sitter.shadow, right[0], right[1], 1.0)
        for side in (-1, 1):
            cheek = self.at([(side * 62 + sitter.gaze, 58)])[0]
            self.canvas.glow(cheek, 44, sitter.lips, 0.36, area)

    def eyes(self, lash: float = 4.5) -> None:
        """Draw the eyes: a white, an iris with its light, the upper lid."""
        gaze = self.sitter.gaze
        for side in (-1, 1):
            x = side * 47 + gaze
            almond = smooth(
                [(x - 23, 3), (x - 6, -10), (x + 10, -9), (x + 23, 3), (x + 6, 11), (x - 10, 11)],
                steps=5,
            )
            self.fill(almond, WHITE)
            self.fill(oval(x + gaze * 0.25, 0, 10.5, 11.5), self.sitter.iris)
            self.fill(oval(x + gaze * 0.25, 0, 5.5, 6), COCOA)
            self.fill(oval(x + gaze * 0.25 - 3.5, -4, 3, 3), WHITE)
            lid = smooth(
                [(x - 25, 4), (x - 8, -11), (x + 9, -11), (x + 25, 3)], closed=False, steps=5
            )
            self.stroke(lid, COCOA, lash)

    def brows(self, colour: str, lift: float = 0, weight: float = 9) -> None:
        """Draw the eyebrows, thicker towards the nose."""
        gaze = self.sitter.gaze
        for side in (-1, 1):
            top = [(side * 21, -40), (side * 50, -48 - lift), (side * 80, -36 - lift * 0.5)]
            foot = [(side * 52, -46 - lift + weight), (side * 23, -40 + weight)]
            self.fill(smooth([(x + gaze, y) for x, y in [*top, *foot]], steps=5), colour)

    def nose(self) -> None:
        """Draw the nose as the shadow on its right side."""
        gaze = self.sitter.gaze
        plane = trace("6 -28, 14 10, 26 50, 18 64, -2 66, 8 52, 4 10")
        self.fill([(x + gaze * 1.3, y) for x, y in plane], self.sitter.shadow)
        under = smooth([(-20, 58), (-8, 67), (6, 66), (22, 60)], closed=False, steps=4)
        self.stroke([(x + gaze * 1.3, y) for x, y in under], self.sitter.shadow, 4.5)

    def mouth(self, smile: float = 8, width: float = 36) -> None:
        """Draw the mouth: two lips and the line between them, its corners lifted by a smile."""
        gaze = self.sitter.gaze * 1.1
        upper = [(-width, 98 - smile), (-12, 90), (0, 93), (12, 90), (width, 98 - smile), (0, 101)]
        lower = [
            (-width + 6, 100 - smile * 0.8),
            (0, 102),
            (width - 6, 100 - smile * 0.8),
            (16, 115),
            (-16, 115),
        ]
        line = [(-width - 2, 98 - smile), (-14, 101), (14, 101), (width + 2, 98 - smile)]
        self.fill(smooth([(x + gaze, y) for x, y in lower], steps=5), self.sitter.lips)
        self.fill(smooth([(x + gaze, y) for x, y in upper], steps=5), self.sitter.lips)
        self.stroke(smooth([(x + gaze, y) for x, y in line], closed=False, steps=5), COCOA, 3.5)

    def features(self, brow: str, lift: float = 0, weight: float = 9, smile: float = 8) -> None:
        """Draw eyes, eyebrows, nose and mouth."""
        self.nose()
        self.eyes()
        self.brows(brow, lift, weight)
        self.mouth(smile)

    def hair(self, points: Points, shadow: str, strength: float = 0.9) -> Points:
        """Draw a soft mass of hair, stippled darker on the right."""
        area = self.fill(smooth(points, steps=8), self.sitter.hair)
        self.canvas.shade(area, shadow, (380, 0), (600, 0), strength)
        return area

    def shoulders(self, colour: str, shadow: str, width: float = 292, slope: float = 0) -> Points:
        """Draw the upper body in one garment."""
        line = [
            (400 - width, 820),
            (400 - width + 14, 720),
            (400 - width * 0.74, 640 + slope),
            (300, 590),
        ]
        torso = [*line, (400, 606), *reversed(mirror(line, 400))]
        area = smooth(torso, closed=False, steps=8)
        self.canvas.fill(area, colour)
        self.canvas.shade(area, shadow, (330, 560), (760, 830), 1.0)
        return area
