"""Stores the images of the demo and makes their renditions."""

import io

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model

from articles.images.pictures import CARD, HERO, INLINE, PORTRAIT, SMALL_CARD
from articles.images.renditions import record_renditions
from articles.languages.available import column
from config.demo.contents import portrait
from themes.renditions import needed_specs

#: The size of the focal area as a share of width and height.
FOCUS = 0.4


def parts_of_images(contents):
    """The parts of pages in which each image is used, by its key."""
    heroes = {article.table.get("hero") for article in contents.articles.values()}
    portraits = {portrait(author) for author in contents.authors}
    return {
        **dict.fromkeys(contents.images, (INLINE,)),
        **dict.fromkeys(heroes, (HERO, CARD, SMALL_CARD)),
        **dict.fromkeys(portraits, (PORTRAIT,)),
    }


def store_picture(key, contents, parts, files, user=None):
    """Store the image ``key`` and its JPEG renditions; appends the stored files to ``files``.

    Renditions in slower formats are made in the background when the pages are published.
    """
    table = contents.images[key]
    content = contents.picture(key).read_bytes()
    with Image.open(io.BytesIO(content)) as picture:
        size = picture.size
    image = get_image_model()(
        title=table.get("title"),
        file=ContentFile(content, name=f"{key}.webp"),
        file_size=len(content),
        uploaded_by_user=user,
        credit=table.get("credit"),
        licence=table.get("licence"),
        **{column("alt", language): words for language, words in table.pair("alt").items()},
        **{column("caption", language): words for language, words in table.pair("caption").items()},
        **_focus(table, size),
    )
    image.save()
    files.append(image.file)
    image.get_file_hash()
    specs = [spec for spec in needed_specs(image, *parts) if spec.endswith("jpeg")]
    files += [each.file for each in image.get_renditions(*specs).values()]
    record_renditions([image])
    return image


def _focus(table, size):
    """The values of the focal point fields, in pixels."""
    shares = table.get("focal", list)
    if len(shares) != 2 or not all(0 <= share <= 1 for share in shares):
        table.fail("focal is a share of the width and one of the height")
    width, height = size
    return {
        "focal_point_x": round(shares[0] * width),
        "focal_point_y": round(shares[1] * height),
        "focal_point_width": round(FOCUS * width),
        "focal_point_height": round(FOCUS * height),
    }
