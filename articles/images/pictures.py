"""Roles of images on a page, and images as they are used in one place and one language.

A theme registers the rendition specs of each role with
:func:`diptych.articles.images.renditions.register_parts`.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django_tasks.backends.immediate import ImmediateBackend

from diptych.articles.images.renditions import recorded_renditions, specs_for
from diptych.articles.languages.config.background import on_backend
from diptych.articles.languages.index.sites import absolute

#: The parts: a card in a list, the head of an article, within the text…
CARD, HERO, INLINE, PORTRAIT = "card", "hero", "inline", "portrait"
#: A small square next to a headline.
SMALL_CARD = "small-card"
#: The main picture as search engines show it, in three proportions.
SEARCH_RESULT = "search-result"


def largest_jpeg(image, *parts):
    """The widest JPEG of ``image`` in its own proportions, or ``None``.

    For programs that do not support newer formats. ``parts`` are further parts, besides the main
    picture, for which it may have been created.
    """
    recorded = recorded_renditions(image) if image else {}
    specs = [spec for spec in specs_for(HERO, *parts) if spec.endswith("format-jpeg")]
    jpegs = [recorded[spec] for spec in specs if spec in recorded]
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


def figure_for_api(shown, request=None):
    """A :class:`Figure` as data: the image in each size that pages show whole, and its texts."""
    recorded = recorded_renditions(shown.image)
    sizes = [recorded[spec] for spec in specs_for(HERO, INLINE) if spec in recorded]
    own = largest_jpeg(shown.image, INLINE)
    return {
        "image": shown.image.pk,
        "url": own and absolute_url(own, request),
        "sizes": [
            {"url": absolute_url(each, request), "width": each.width, "height": each.height}
            for each in sizes
        ],
        "alt": shown.alt,
        "decorative": shown.decorative,
        "caption": shown.caption,
        "credit": shown.credit,
        "licence": shown.licence,
    }


def absolute_url(rendition, request):
    return absolute(rendition.url, request) if request else rendition.url


def figure(image, alt="", caption="", decorative=None, language=None):
    """Make a :class:`Figure` from the texts of the place, or else those of the image.

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


_is_left_to_a_command = ContextVar("diptych_renditions_left", default=False)


@contextmanager
def renditions_left_to_a_command():
    """Within it no renditions are queued, for a command that stores many pictures and ends.

    ``manage.py diptych_renditions`` makes those that are missing.
    """
    token = _is_left_to_a_command.set(True)
    try:
        yield
    finally:
        _is_left_to_a_command.reset(token)


def in_background(work):
    """The task ``work`` on the backend for image work, to be queued with ``enqueue``."""
    return on_backend(work, TASK_BACKEND)


def enqueue_renditions(work, *arguments):
    """Queue ``work``, a task that makes renditions, unless they are left to a command."""
    if not _is_left_to_a_command.get():
        in_background(work).enqueue(*arguments)


def runs_at_once(work):
    """Whether ``work`` would run where it is enqueued: with Django's default backend of tasks."""
    backend = in_background(work).get_backend()
    return getattr(backend, "runs_at_once", type(backend) is ImmediateBackend)
