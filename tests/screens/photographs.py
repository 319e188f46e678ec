"""Replace the illustrations of a demo journal by pictures that look like photographs of amateurs.

They are painted here: dark ones and pale ones, blurred and grainy, upright, wide and square.
"""

import random
from io import BytesIO

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter  # noqa: E402
from wagtail.images import get_image_model  # noqa: E402

SIZES = ((1800, 1200), (1200, 1600), (1600, 900), (1400, 1400), (1800, 1350))
#: Sky, ground and things of a scene.
SCENES = (
    ("#b9c7d3", "#6d7468", "#39413c"),
    ("#e8dccb", "#a98d6b", "#594636"),
    ("#40485a", "#23262e", "#c79a4e"),
    ("#cfd6d0", "#8a9a78", "#4f5f4a"),
    ("#dfe3e8", "#b7b0a8", "#7b4a3f"),
)


def photograph(number):
    """The ``number``-th picture: a scene out of focus, with grain, in poor light."""
    chance = random.Random(number)
    size = SIZES[number % len(SIZES)]
    sky, ground, thing = SCENES[number % len(SCENES)]
    picture = _blended(size, sky, ground)
    _paint_things(picture, chance, thing)
    picture = picture.filter(ImageFilter.GaussianBlur(chance.choice((2, 4, 9))))
    grain = Image.effect_noise(size, chance.choice((18, 34))).convert("RGB")
    picture = ImageChops.overlay(picture, grain)
    return ImageEnhance.Brightness(picture).enhance(chance.choice((0.6, 0.95, 1.3)))


def _blended(size, sky, ground):
    shade = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, ground), Image.new("RGB", size, sky), shade)


def _paint_things(picture, chance, colour):
    """Blocks and heads of several shades, as of houses and people before the camera."""
    draw, (wide, high) = ImageDraw.Draw(picture), picture.size
    for _thing in range(chance.randint(9, 22)):
        left, top = chance.randrange(-200, wide), chance.randrange(high // 3, high)
        width, height = chance.randrange(80, wide // 3), chance.randrange(80, high // 2)
        shade = Image.blend(
            Image.new("RGB", (1, 1), colour),
            Image.new("RGB", (1, 1), chance.choice(("#000000", "#ffffff", "#a0522d"))),
            chance.random() * 0.5,
        ).getpixel((0, 0))
        box = (left, top, left + width, top + height)
        (draw.ellipse if chance.random() < 0.4 else draw.rectangle)(box, fill=shade)


def replace_images():
    """Give every image of the journal another file; its renditions are made of that one."""
    for number, image in enumerate(get_image_model().objects.order_by("pk")):
        if image.is_svg():
            continue
        content = BytesIO()
        photograph(number).save(content, "JPEG", quality=80)
        image.renditions.all().delete()
        image.file = SimpleUploadedFile(f"photograph-{number}.jpg", content.getvalue())
        image.focal_point_x = image.focal_point_y = None
        image.focal_point_width = image.focal_point_height = None
        image.save()


if __name__ == "__main__":
    replace_images()
