"""The sizes of pictures, made in the background."""

import logging

from django_tasks import task
from wagtail.images import get_image_model

from articles.languages.available import available_languages
from articles.models import ArticlePage, AuthorPage
from articles.pictures import CARD, HERO, INLINE, PORTRAIT, specs_for

logger = logging.getLogger(__name__)


def pictures_of(page):
    """``[image id, part]`` for each use of an image in any language of ``page``."""
    pictures = []
    if isinstance(page, ArticlePage) and page.hero_image_id:
        pictures += [[page.hero_image_id, HERO], [page.hero_image_id, CARD]]
    if isinstance(page, AuthorPage) and page.photo_id:
        pictures.append([page.photo_id, PORTRAIT])
    if hasattr(page, "body"):
        for language in available_languages():
            body = page.text_in("body", language)
            if body:
                values = body.stream_block.picture_values(body)
                pictures += [[each["image"].pk, INLINE] for each in values if each["image"]]
    return [list(each) for each in dict.fromkeys(map(tuple, pictures))]


@task()
def make_renditions(pictures):
    """Make every size each image needs for its part; one that cannot be made is logged."""
    images = get_image_model().objects.in_bulk({pk for pk, _part in pictures})
    for pk, part in pictures:
        image = images.get(pk)
        if image is None:
            continue
        for spec in specs_for(part):
            try:
                image.get_rendition(spec)
            except Exception:
                logger.exception("Image %s cannot be made as %s.", pk, spec)
