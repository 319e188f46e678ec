"""The pictures of the demo: drawn, stored and cut to every size their place needs."""

import io

from django.core.files.base import ContentFile
from wagtail.images import get_image_model
from wagtail.images.rect import Rect

from articles.pictures import CARD, HERO, INLINE, PORTRAIT, specs_for
from config.demo import drawing
from config.demo.contents import portrait

QUALITY = 92
#: The part of a picture that stays when it is cropped, around its focal point.
FOCUS = 0.4


def parts_of_images(contents):
    """Which parts each picture plays on the pages of the journal."""
    heroes = {article.table.get("hero") for article in contents.articles.values()}
    portraits = {portrait(author) for author in contents.authors}
    parts = {}
    for key in contents.images:
        if key in portraits:
            parts[key] = (PORTRAIT,)
        else:
            parts[key] = (HERO, CARD) if key in heroes else (INLINE,)
    return parts


def store_picture(key, table, parts, user=None, draw=drawing.draw):
    """Draw and store one picture in all its sizes."""
    drawn = draw(key)
    image = get_image_model()(
        title=table.get("title"),
        uploaded_by_user=user,
        credit=table.get("credit"),
        licence=table.get("licence"),
        **{f"alt_{language}": words for language, words in table.pair("alt").items()},
        **{f"caption_{language}": words for language, words in table.pair("caption").items()},
    )
    image.file = ContentFile(_encoded(drawn), name=f"{key}.jpg")
    image.set_focal_point(_focus(table, drawn.size))
    image._set_image_file_metadata()
    image.save()
    image.get_renditions(*specs_for(*parts))
    return image


def forget_files(images):
    """Delete the files of pictures that the database does not know after all."""
    for image in images:
        storage = image.file.storage
        for rendition in image.renditions.all():
            rendition.file.storage.delete(rendition.file.name)
        storage.delete(image.file.name)


def _encoded(drawn):
    file = io.BytesIO()
    drawn.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _focus(table, size):
    shares = table.get("focal", list)
    if len(shares) != 2 or not all(0 <= share <= 1 for share in shares):
        table.fail("focal is a share of the width and one of the height")
    (x, y), (width, height) = shares, size
    return Rect.from_point(round(x * width), round(y * height), width * FOCUS, height * FOCUS)
