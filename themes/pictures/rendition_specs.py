"""The rendition specs of all images that are rendered on pages, apart from the logo."""

from typing import NamedTuple

from diptych.articles.images.pictures import CARD, HERO, INLINE, PORTRAIT, SEARCH_RESULT, SMALL_CARD

#: The formats of a picture, the best one first. They are made in the opposite order.
FORMATS = ("avif", "webp", "jpeg")


class PictureSpec(NamedTuple):
    """The renditions of an image in one part of a page.

    ``operation`` and one of ``sizes``, in ascending order, make up a Wagtail filter spec.
    """

    operation: str
    sizes: tuple

    def spec(self, size, image_format):
        return f"{self.operation}-{size}|format-{image_format}"

    def specs_in(self, image_format):
        return [self.spec(size, image_format) for size in self.sizes]

    def all_specs(self):
        """Of all formats, those first that are made first."""
        return [spec for each in reversed(FORMATS) for spec in self.specs_in(each)]

    def needless_specs(self, width, height):
        """The specs of sizes beyond the first one that an image of that size cannot fill."""
        widest = [min(width, _cropped_width(size, width, height)) for size in self.sizes]
        enough = next((i for i, w in enumerate(widest) if w <= _width(self.sizes[i])), None)
        beyond = self.sizes[enough + 1 :] if enough is not None else ()
        return {self.spec(size, each) for size in beyond for each in FORMATS}


def _width(size):
    return int(str(size).partition("x")[0])


def _cropped_width(size, width, height):
    """How wide an image is when it is cropped to the proportions of ``size``."""
    wide, _x, high = str(size).partition("x")
    return height * int(wide) / int(high) if high else width


#: Widths of images in their own proportions, cards of 3 to 2, squares, portraits of 4 to 5.
#: 800 are for telephones, which are 360 to 440 wide, with two pixels in each of these.
PARTS = {
    HERO: PictureSpec("width", (480, 640, 800, 960, 1200, 1600)),
    INLINE: PictureSpec("width", (320, 480, 640, 800, 960, 1200)),
    CARD: PictureSpec("fill", ("160x107", "320x213", "480x320", "640x427", "800x533", "960x640")),
    SMALL_CARD: PictureSpec("fill", ("160x160", "320x320")),
    PORTRAIT: PictureSpec("fill", ("160x200", "320x400", "480x600")),
}

#: Made of every image when it is uploaded, in the formats that are made quickly.
ON_UPLOAD = [PARTS[INLINE].spec(size, each) for each in ("jpeg", "webp") for size in (480, 960)]

#: The rendition of a hero image for link previews on other sites.
SHARE_SPEC = "fill-1200x630|format-jpeg"

#: The renditions of a hero image for search engines: 16 to 9, 4 to 3, and square.
SEARCH_RESULT_SPECS = tuple(f"fill-1200x{high}|format-jpeg" for high in (675, 900, 1200))

#: The logo's part of a page, and its one rendition: twice the height it is shown in.
LOGO = "logo"
LOGO_SPEC = "max-1200x224|format-webp|webpquality-90"

#: The icon's part, and its sizes: a tab, the home screen of a telephone, and those of a manifest.
ICON = "icon"
ICON_FORMAT = "png"
ICON_SIZES = (48, 180, 192, 512)


def icon_spec(size):
    return f"fill-{size}x{size}|format-{ICON_FORMAT}"


def specs_of_parts():
    """All rendition specs by part."""
    specs = {part: picture.all_specs() for part, picture in PARTS.items()}
    return {
        **specs,
        HERO: [SHARE_SPEC, *specs[HERO]],
        SEARCH_RESULT: list(SEARCH_RESULT_SPECS),
        LOGO: [LOGO_SPEC],
        ICON: [icon_spec(size) for size in ICON_SIZES],
    }
