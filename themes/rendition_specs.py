"""The rendition specs of all images that are rendered on pages, apart from the logo."""

from typing import NamedTuple

from articles.images.pictures import CARD, HERO, INLINE, PORTRAIT

FORMATS = ("avif", "webp", "jpeg")


class PictureSpec(NamedTuple):
    """The renditions of an image in one part of a page.

    ``operation`` and one of ``sizes`` make up a Wagtail filter spec; ``layout`` is the value of the
    ``sizes`` attribute in HTML.
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


#: The rendition of a hero image for link previews on other sites.
SHARE_SPEC = "fill-1200x630|format-jpeg"


def specs_of_parts():
    """All rendition specs by part."""
    specs = {part: picture.all_specs() for part, picture in PARTS.items()}
    return {**specs, HERO: [*specs[HERO], SHARE_SPEC]}
