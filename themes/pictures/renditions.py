"""Background tasks that make the renditions of images."""

import logging

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django_tasks import task
from wagtail.blocks import StreamValue
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, ReferenceIndex

from diptych.articles.images.alt_texts.places import picture_places
from diptych.articles.images.pictures import (
    CARD,
    HERO,
    INLINE,
    PORTRAIT,
    SEARCH_RESULT,
    SMALL_CARD,
    enqueue_renditions,
    runs_at_once,
)
from diptych.articles.images.renditions import (
    parse_record,
    read_renditions,
    record_renditions,
    specs_for,
    without_record,
)
from diptych.articles.languages.config.background import after_commit
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.models import ArticlePage, AuthorPage, PrintIssuePage
from diptych.themes.pictures.rendition_specs import (
    FORMATS,
    ICON,
    ICON_FORMAT,
    LOGO,
    ON_UPLOAD,
    PARTS,
)

logger = logging.getLogger(__name__)

#: The parts that the main picture of an article is made for.
OF_HERO = (HERO, CARD, SMALL_CARD, SEARCH_RESULT)
#: The least time between two tasks for the same missing renditions, in seconds.
RETRY_AFTER = 600


def image_uses_of(page):
    """``(primary key of the image, part)`` for each use of an image in any language of ``page``."""
    pictures = []
    if isinstance(page, ArticlePage) and page.hero_image_id:
        pictures += [(page.hero_image_id, part) for part in OF_HERO]
    if isinstance(page, AuthorPage) and page.photo_id:
        pictures.append((page.photo_id, PORTRAIT))
    if isinstance(page, PrintIssuePage) and page.cover_id:
        pictures.append((page.cover_id, INLINE))
    if isinstance(page, MultilingualPageMixin) and hasattr(page, "body"):
        for language in available_languages():
            pictures += [(image.pk, INLINE) for image in _images_in(page.text_in("body", language))]
    return list(dict.fromkeys(pictures))


def _images_in(body):
    """The images in ``body``; none if it is no stream."""
    places = picture_places(body) if isinstance(body, StreamValue) else ()
    return [value["image"] for _id, _path, value in places if value["image"]]


def enqueue_renditions_of_page(page):
    """Enqueue the renditions of all images on ``page``."""
    pictures = image_uses_of(page)
    if pictures:
        enqueue_renditions(make_renditions, [[str(pk), part] for pk, part in pictures])


def enqueue_first_renditions(image):
    """Enqueue the renditions of a new ``image`` that are made quickly."""
    enqueue_renditions(make_first_renditions, str(image.pk))


def enqueue_renditions_of_image(image):
    """Enqueue new renditions of ``image`` for all live pages that use it."""
    enqueue_renditions(remake_renditions, str(image.pk))


def enqueue_renditions_of_settings(settings):
    """Enqueue the renditions of the logos and of the icon of a site."""
    if wanted := [[str(pk), part] for pk, part in parts_of_settings(settings)]:
        enqueue_renditions(make_renditions, wanted)


def parts_of_settings(settings):
    """The primary keys of the logos and of the icon of a site, with their parts."""
    parts = [(settings.logo_id, LOGO), (settings.logo_dark_id, LOGO), (settings.icon_id, ICON)]
    return list(dict.fromkeys((pk, part) for pk, part in parts if pk))


def enqueue_missing_renditions(image, part):
    """Enqueue the renditions of ``image`` for ``part``, at most once in ``RETRY_AFTER`` seconds.

    Called while a page is rendered: nothing is done where tasks would run at once.
    """
    if runs_at_once(make_renditions):
        return
    if cache.add(f"diptych-sizes-{image.pk}-{part}", True, RETRY_AFTER):
        # A reader waits, who is answered whether or not it can be queued.
        after_commit(enqueue_renditions, make_renditions, [[str(image.pk), part]])


@task()
def make_renditions(pictures):
    """Make the missing renditions of images and record them.

    ``pictures`` holds pairs of an image's primary key and a part. Existing renditions are fetched
    for all images at once. Missing ones are made one by one: Wagtail's ``get_renditions`` decodes
    the image in parallel threads, at up to 250 MB each.
    """
    model = get_image_model()
    parts_of = {}
    for pk, part in pictures:
        parts_of.setdefault(model._meta.pk.to_python(pk), []).append(part)
    images = {pk: image for pk, image in model.objects.in_bulk(parts_of).items() if image.file}
    _make_all({image: needed_specs(image, *parts_of[pk]) for pk, image in images.items()})


@task()
def make_first_renditions(image_pk):
    """Make those renditions of a new image that take little time."""
    images = get_image_model().objects.filter(pk=image_pk)
    registered = set(specs_for(INLINE))
    specs = [spec for spec in ON_UPLOAD if spec in registered]
    _make_all({image: _without_needless(image, specs, (INLINE,)) for image in images})


def needed_specs(image, *parts):
    """The rendition specs of ``parts`` that differ for an image of its size."""
    return _without_needless(image, specs_for(*parts), parts)


def _without_needless(image, specs, parts):
    pictures = [PARTS[part] for part in parts if part in PARTS]
    needless = [each.needless_specs(image.width, image.height) for each in pictures]
    return [spec for spec in specs if spec not in set().union(*needless)]


def _make_all(specs_of):
    """Make the missing ones of the specs of each image, ``{image: specs}``.

    They are recorded after each format, so that pages can use the first one soon.
    """
    images = [image for image in specs_of if not image.is_svg()]
    found = read_renditions(images)
    for image in images:
        missing = set(specs_of[image]) - parse_record(found[image.pk]).keys()
        for each in (ICON_FORMAT, *reversed(FORMATS)):
            specs = [spec for spec in specs_of[image] if spec in missing and each in spec]
            if specs:
                _make(image, specs)
                record_renditions([image])
    if unrecorded := without_record(images, found):
        record_renditions(unrecorded)


def _make(image, specs):
    """Make the renditions ``specs``; errors are logged and do not stop the others.

    Those of an image that has been deleted meanwhile are not needed; a file that was written for
    one is an orphan, which `upkeep` deletes.
    """
    for spec in specs:
        try:
            image.get_rendition(spec)
        except SourceImageIOError as error:
            logger.warning("The file of image %s is missing: %s", image.pk, error)
            return
        except Exception:
            if not get_image_model()._base_manager.filter(pk=image.pk).exists():
                return
            logger.exception("Image %s cannot be made as %s.", image.pk, spec)


@task()
def remake_renditions(image_pk):
    """Make the renditions of one image for the live pages that use it."""
    image = get_image_model().objects.filter(pk=image_pk).first()
    if image is None:
        return
    references = ReferenceIndex.get_references_to(image).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    pages = Page.objects.live().filter(pk__in=set(references.values_list("object_id", flat=True)))
    parts = {
        part for page in pages.specific() for pk, part in image_uses_of(page) if pk == image.pk
    }
    make_renditions.func([[image_pk, part] for part in sorted(parts)])
