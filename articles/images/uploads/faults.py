"""Reasons to reject an image; the form field has a message for each."""


class PictureFault(Exception):
    """Base class; ``code`` names the message of the form field."""

    code = ""


class DamagedPicture(PictureFault):
    """The file cannot be decoded completely."""

    code = "damaged"


class TooManyPixels(PictureFault):
    """The decoded image would take too much memory.

    ``pixels`` is their number, ``None`` if Pillow refused before counting.
    """

    def __init__(self, pixels=None):
        super().__init__(pixels)
        self.pixels = pixels
        self.code = "too_many_pixels" if pixels else "far_too_many_pixels"


class TooLongAnimation(PictureFault):
    """All frames together have too many pixels."""

    code = "too_long_animation"


class TooManyShades(PictureFault):
    """It has 16 or 32 bits per pixel, which the served formats do not support."""

    code = "too_many_shades"
