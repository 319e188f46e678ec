"""The picture that other sites show beside a link to a page."""

from django.templatetags.static import static
from wagtail.images.models import Filter

from articles.images.pictures import HERO, PORTRAIT
from articles.languages.sites import absolute
from themes.head.contents import SharedPicture
from themes.images import SHARED
from themes.pictures import sources_of
from themes.renditions import order_sizes

#: Shown where a page has no picture: the file, its width and its height.
STAND_IN = ("diptych/share.png", 1200, 630)


def shared_picture(page, request, lead=None):
    """The :class:`SharedPicture` of ``page``; ``lead`` is the article that opens a list."""
    figure, portrait = getattr(page, "hero", None), getattr(page, "portrait", None)
    if figure is not None and figure.image.is_svg():
        found = None  # Nobody else shows drawings of lines.
    elif figure is not None:
        found = _wide(figure) or _fallback(figure, HERO)
    elif portrait is not None:
        figure, found = portrait, _fallback(portrait, PORTRAIT)
    else:
        figure = lead.hero if lead else None
        found = _made(figure) if figure else None
    if found is None:
        return stand_in(request)
    return SharedPicture(absolute(found.url, request), found.width, found.height, alt=figure.alt)


def stand_in(request):
    """The picture of the theme, where there is no other."""
    path, width, height = STAND_IN
    return SharedPicture(absolute(static(path), request), width, height, "image/png")


def _wide(figure):
    """The size made for sharing; where it has not been made yet, it is ordered."""
    found = _made(figure)
    if found is None:
        order_sizes(figure.image, HERO)
    return found


def _made(figure):
    wanted = Filter(SHARED)
    return figure.image.find_existing_renditions(wanted).get(wanted)


def _fallback(figure, part):
    sources = sources_of(figure, part)
    return sources["fallback"] if sources else None
