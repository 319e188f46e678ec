"""The image of link previews on other sites."""

from django.templatetags.static import static

from diptych.articles.images.pictures import HERO, INLINE, PORTRAIT
from diptych.articles.images.renditions import recorded_renditions
from diptych.articles.languages.index.sites import absolute
from diptych.themes.head.metadata import SharedPicture
from diptych.themes.pictures.figures import sources_of
from diptych.themes.pictures.rendition_specs import SHARE_SPEC
from diptych.themes.pictures.renditions import enqueue_missing_renditions

#: The default image: the path of a static file, its width and its height.
DEFAULT_PICTURE = ("diptych/share.png", 1200, 630)


def shared_picture(page, request, lead=None):
    """The :class:`SharedPicture` of ``page``; ``lead`` is the first article of a list."""
    figure, portrait = getattr(page, "hero", None), getattr(page, "portrait", None)
    cover = getattr(page, "cover_figure", None)
    if figure is not None and figure.image.is_svg():
        found = None  # Other sites do not support SVG.
    elif figure is not None:
        found = _share_rendition(figure) or _fallback(figure, HERO)
    elif portrait is not None:
        figure, found = portrait, _fallback(portrait, PORTRAIT)
    elif cover is not None:
        figure, found = cover, None if cover.image.is_svg() else _fallback(cover, INLINE)
    else:
        figure = lead.hero if lead else None
        found = _existing_share_rendition(figure) if figure else None
    if found is None:
        return default_picture(request)
    return SharedPicture(absolute(found.url, request), found.width, found.height, alt=figure.alt)


def default_picture(request):
    """The default image."""
    path, width, height = DEFAULT_PICTURE
    return SharedPicture(absolute(static(path), request), width, height, "image/png")


def _share_rendition(figure):
    """The rendition for link previews; if it is missing, it is enqueued and ``None`` returned."""
    found = _existing_share_rendition(figure)
    if found is None:
        enqueue_missing_renditions(figure.image, HERO)
    return found


def _existing_share_rendition(figure):
    return recorded_renditions(figure.image).get(SHARE_SPEC)


def _fallback(figure, part):
    sources = sources_of(figure, part)
    return sources["fallback"] if sources else None
