"""What the head of a page tells browsers, search engines and other sites."""

from django.utils.translation import to_locale

from articles.languages.available import active_language
from articles.pictures import HERO
from themes.pictures import sources_of

#: Open Graph wants a territory where a language alone says enough.
OPEN_GRAPH_LOCALES = {"fr": "fr_FR", "en": "en_GB"}


def head_of(page, request, journal_name):
    """The contents of the head of ``page`` in the language spoken now, as a dictionary.

    ``canonical`` and ``alternates`` are absolute; page 2 and up of a list has an address of its
    own and no alternates, as the other language may have fewer pages. ``picture`` has ``url``,
    ``width``, ``height`` and ``alt``, or is ``None``.
    """
    language = active_language()
    number = _page_number(request)
    canonical = page.full_url_in(language, request)
    live = page.live_languages
    return {
        "title": page.meta_title or page.headline,
        "description": page.meta_description or _first_words(page),
        "journal_name": journal_name,
        "canonical": f"{canonical}?page={number}" if canonical and number > 1 else canonical,
        "alternates": page.alternates(request) if number == 1 else [],
        "default_alternate": page.default_alternate(request) if number == 1 else None,
        "kind": "article" if hasattr(page, "publication_date") else "website",
        "locale": open_graph_locale(language),
        "other_locales": [open_graph_locale(code) for code in live if code != language],
        "picture": _picture(page, request),
    }


def open_graph_locale(code):
    return OPEN_GRAPH_LOCALES.get(code) or to_locale(code)


def _page_number(request):
    number = request.GET.get("page", "")
    return int(number) if number.isdecimal() and len(number) < 6 else 1


def _first_words(page):
    for name in ("lead", "description", "introduction"):
        if getattr(page, name, ""):
            return getattr(page, name)
    return ""


def _picture(page, request):
    hero = getattr(page, "hero", None)
    sources = sources_of(hero, HERO) if hero else None
    if sources is None:
        return None
    rendition = sources["fallback"]
    return {
        "url": request.build_absolute_uri(rendition.url),
        "width": rendition.width,
        "height": rendition.height,
        "alt": hero.alt,
    }
