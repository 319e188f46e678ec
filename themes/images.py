"""Every size a picture is shown in: the one place where rendition specs are written."""

from typing import NamedTuple

from articles.images.pictures import CARD, HERO, INLINE, PORTRAIT

FORMATS = ("avif", "webp", "jpeg")


class PictureSpec(NamedTuple):
    """How one part of a page shows its picture.

    ``operation`` is the start of a Wagtail filter spec and is completed with a size from
    ``sizes``; ``layout`` is what the browser needs to choose, the ``sizes`` attribute.
    """

    operation: str
    sizes: tuple
    layout: str

    def spec(self, size, image_format):
        return f"{self.operation}-{size}|format-{image_format}"

    def all_specs(self):
        return [self.spec(size, each) for size in self.sizes for each in FORMATS]


PARTS = {
    HERO: PictureSpec("width", (480, 960, 1600), "(min-width: 80rem) 72rem, 100vw"),
    INLINE: PictureSpec("width", (480, 960), "(min-width: 48rem) 42rem, 100vw"),
    CARD: PictureSpec("fill", ("320x200", "640x400"), "(min-width: 60rem) 24rem, 100vw"),
    PORTRAIT: PictureSpec("fill", ("160x160", "320x320"), "10rem"),
}


#: How a main picture is shown by other sites, beside a link.
SHARED = "fill-1200x630|format-jpeg"


def specs_of_parts():
    """All rendition specs of each part, for fetching and for making them ahead of readers."""
    specs = {part: picture.all_specs() for part, picture in PARTS.items()}
    return {**specs, HERO: [*specs[HERO], SHARED]}
