"""Roles of images on a page, and the renditions each role needs.

A theme registers the rendition specs of each role with :func:`register_parts`. Page types name
roles only, and all renditions of a page are fetched in one query.
"""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, prefetch_related_objects
from django_tasks import task_backends
from wagtail.images import get_image_model

from articles.languages.sites import absolute

#: The parts: a card in a list, the head of an article, within the text…
CARD, HERO, INLINE, PORTRAIT = "card", "hero", "inline", "portrait"

_specs_of_parts = {}


def register_parts(specs_of_parts):
    """Register rendition specs, such as ``"width-400|format-webp"``, for each part."""
    _specs_of_parts.update(specs_of_parts)


def specs_for(*parts):
    """The rendition specs of ``parts``, without repetition; empty where no theme has any."""
    return list(dict.fromkeys(spec for part in parts for spec in _specs_of_parts.get(part, ())))


def attach_renditions(images, *parts, leads=()):
    """Fetch the renditions that ``parts`` need for all ``images``, in one query.

    Those of ``leads``, which are among ``images``, play the part of a main picture as well.
    """
    images = [image for image in images if image is not None]
    specs = specs_for(*parts)
    if not images or not specs:
        return
    wanted = Q(filter_spec__in=specs)
    if leads := [image for image in leads if image is not None]:
        wanted |= Q(image__in=leads, filter_spec__in=specs_for(HERO))
    renditions = get_image_model().get_rendition_model().objects.filter(wanted)
    prefetch_related_objects(
        images, Prefetch("renditions", queryset=renditions, to_attr="prefetched_renditions")
    )


def largest_jpeg(image):
    """The widest JPEG among the renditions from :func:`attach_renditions`, or ``None``.

    For programs that do not support newer formats.
    """
    fetched = getattr(image, "prefetched_renditions", ())
    jpegs = [each for each in fetched if each.filter_spec.endswith("format-jpeg")]
    return max(jpegs, key=lambda each: (each.width, each.height), default=None)


def hero_jpeg(article, request):
    """The JPEG of the main image of ``article`` for feeds and metadata, or ``None``."""
    rendition = largest_jpeg(article.hero_image)
    if rendition is None:
        return None
    return {
        "url": absolute(rendition.url, request),
        "width": rendition.width,
        "height": rendition.height,
        "alt": article.hero.alt,
    }


@dataclass(frozen=True)
class Figure:
    """An image as used in one place and one language.

    ``alt`` is empty for a decorative picture only; ``caption`` never repeats it.
    """

    image: object
    alt: str = ""
    caption: str = ""
    decorative: bool = False

    @property
    def credit(self):
        return getattr(self.image, "credit", "")

    @property
    def licence(self):
        return getattr(self.image, "licence", "")


def figure(image, alt="", caption="", decorative=None, language=None):
    """Make a :class:`Figure`: what the place says, else what the image says of itself.

    ``language`` is that of the place, the active one by default. An image model that has no
    texts per language gives its description. Returns ``None`` without an image.
    """
    if image is None:
        return None
    own = getattr(image, "texts_in", None)
    own_alt, own_caption = own(language) if own else (getattr(image, "description", ""), "")
    if decorative is None:
        decorative = bool(getattr(image, "is_decorative", False)) and not alt
    caption = caption or own_caption or ""
    alt = "" if decorative else (alt or own_alt or "")
    return Figure(image, alt, "" if caption == alt else caption, decorative)


#: Task backend of image work, if ``TASKS`` has it; else the default one is used.
TASK_BACKEND = "pictures"


def in_background(work):
    """The task ``work`` on the backend for image work, to be queued with ``enqueue``."""
    return work.using(backend=TASK_BACKEND) if TASK_BACKEND in task_backends.settings else work
