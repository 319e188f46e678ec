"""The inks of the journal's pictures.

Every picture is printed, so to speak, from the same few pots of ink on the same warm paper; that is
what makes pictures of very different subjects look as if one hand had drawn them.
"""

from PIL import ImageColor

PAPER = "#f4ead7"
CREAM = "#fbf5e6"
SAND = "#e7d4b0"
STRAW = "#f0cf86"
AMBER = "#eeb449"
OCHRE = "#d2912a"
ROSE = "#eab49c"
CORAL = "#df6f4c"
BRICK = "#c4492f"
CARMINE = "#b01730"
WINE = "#7a1226"
UMBER = "#8a5330"
BROWN = "#4b281a"
COCOA = "#2d1813"
INK = "#1b1a24"
NIGHT = "#13213d"
BLUE = "#1d3d6b"
STEEL = "#4a7596"
SKY = "#a5c4cd"
MIST = "#d6e2dd"
SAGE = "#9db093"
MOSS = "#66825a"
PINE = "#2f5548"
FOREST = "#1c3831"
WHITE = "#fffdf6"


def mix(first: str, second: str, share: float) -> str:
    """Return the colour that lies `share` (0 to 1) of the way from the first to the second."""
    pairs = zip(ImageColor.getrgb(first), ImageColor.getrgb(second), strict=True)
    red, green, blue = (round(a + (b - a) * share) for a, b in pairs)
    return f"#{red:02x}{green:02x}{blue:02x}"


def ramp(colours: list[str], count: int) -> list[str]:
    """Return `count` colours spread evenly along a chain of colours, for bands of sky or water."""
    spread = []
    for index in range(count):
        place = index / max(1, count - 1) * (len(colours) - 1)
        start = min(int(place), len(colours) - 2)
        spread.append(mix(colours[start], colours[start + 1], place - start))
    return spread
