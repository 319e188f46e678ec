"""Why a picture cannot be kept. The form field says it in the editor's language."""


class PictureFault(Exception):
    """What is wrong with a picture; ``code`` names the message that says so."""

    code = ""


class DamagedPicture(PictureFault):
    """The file cannot be read to its end."""

    code = "damaged"


class TooManyPixels(PictureFault):
    """The picture would take too much memory, however small its file is.

    ``pixels`` is their number, ``None`` where they are so many that nobody counted.
    """

    def __init__(self, pixels=None):
        super().__init__(pixels)
        self.pixels = pixels
        self.code = "too_many_pixels" if pixels else "far_too_many_pixels"


class TooLongAnimation(PictureFault):
    """All frames together have too many pixels."""

    code = "too_long_animation"


class TooManyShades(PictureFault):
    """Its shades of grey are too fine for the formats that readers get."""

    code = "too_many_shades"
