"""The sizes of pictures, made in the background and never while a reader waits."""

import logging

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django_tasks import task
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, ReferenceIndex

from articles.images.background import in_background
from articles.images.pictures import CARD, HERO, INLINE, PORTRAIT, attach_renditions, specs_for
from articles.languages.available import available_languages
from articles.languages.pages import LanguagePageMixin
from articles.models import ArticlePage, AuthorPage

logger = logging.getLogger(__name__)

#: How long, in seconds, a missing size is not ordered again.
ORDER_AGAIN = 600


def pictures_of(page):
    """``(image id, part)`` for each use of an image in any language of ``page``."""
    pictures = []
    if isinstance(page, ArticlePage) and page.hero_image_id:
        pictures += [(page.hero_image_id, HERO), (page.hero_image_id, CARD)]
    if isinstance(page, AuthorPage) and page.photo_id:
        pictures.append((page.photo_id, PORTRAIT))
    if isinstance(page, LanguagePageMixin) and hasattr(page, "body"):
        for language in available_languages():
            pictures += [(image.pk, INLINE) for image in _images_in(page.text_in("body", language))]
    return list(dict.fromkeys(pictures))


def _images_in(body):
    """The images of a body that is made of this project's blocks; none of any other body."""
    values = getattr(getattr(body, "stream_block", None), "picture_values", None)
    return [each["image"] for each in values(body) if each["image"]] if values else []


def enqueue_page(page):
    """Have the pictures of ``page`` made."""
    pictures = pictures_of(page)
    if pictures:
        in_background(make_renditions).enqueue([[str(pk), part] for pk, part in pictures])


def enqueue_image(image):
    """Have the sizes of ``image`` made again, for all published pages that show it."""
    in_background(remake_renditions).enqueue(str(image.pk))


def order_sizes(image, part):
    """Have the sizes of an image made that a page has missed, once in a while at most."""
    if cache.add(f"diptych-sizes-{image.pk}-{part}", True, ORDER_AGAIN):
        in_background(make_renditions).enqueue([[str(image.pk), part]])


@task()
def make_renditions(pictures):
    """Make what is missing of the sizes that each image needs for its parts.

    ``pictures`` holds pairs of an image's id and a part. What exists is looked up for all of
    them at once. The missing sizes are made one by one: Wagtail's making of many at a time
    unpacks the picture as often, at a quarter of a gigabyte for the largest.
    """
    model = get_image_model()
    parts_of = {}
    for pk, part in pictures:
        parts_of.setdefault(model._meta.pk.to_python(pk), []).append(part)
    images = model.objects.in_bulk(parts_of)
    attach_renditions(images.values(), *(part for _pk, part in pictures))
    for pk, image in images.items():
        if not image.is_svg():
            _make(image, specs_for(*parts_of[pk]))


def _make(image, specs):
    """Make each size; one that cannot be made is logged and keeps no other from being made."""
    for spec in specs:
        try:
            image.get_rendition(spec)
        except SourceImageIOError as error:
            logger.warning("The file of image %s is missing: %s", image.pk, error)
            return
        except Exception:
            logger.exception("Image %s cannot be made as %s.", image.pk, spec)


@task()
def remake_renditions(image_pk):
    """Make the sizes of one image for the published pages that show it."""
    image = get_image_model().objects.filter(pk=image_pk).first()
    if image is None:
        return
    references = ReferenceIndex.get_references_to(image).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    pages = Page.objects.live().filter(pk__in=set(references.values_list("object_id", flat=True)))
    parts = {part for page in pages.specific() for pk, part in pictures_of(page) if pk == image.pk}
    make_renditions.func([[image_pk, part] for part in sorted(parts)])
