"""The metadata of pages in the active language."""

from dataclasses import replace

from django.utils.translation import gettext as _
from wagtail.models import Site

from diptych.articles.languages.config.language_config import (
    active_language,
    translated_language_name,
)
from diptych.articles.lists.pagination import reaches_page
from diptych.articles.syndication.sitemaps import entrance_url
from diptych.themes.dates import iso_datetime
from diptych.themes.head.descriptions import description_of
from diptych.themes.head.metadata import LARGE_PREVIEWS, Head, full_title
from diptych.themes.head.pictures import shared_picture


def head_of_page(page, request, settings, listed=None, lead=None):
    """The :class:`Head` of ``page``.

    ``settings`` are those of the journal. ``listed`` is the paginator's page for a paginated list.
    ``lead`` is the first article of a list.
    """
    site, language = Site.find_for_request(request), active_language()
    number = listed.number if listed else 1
    is_preview = getattr(request, "is_preview", False)
    is_shown = site is not None and page.is_visible_in(language) and not is_preview
    return replace(
        texts_and_picture_of(page, request, settings, number, lead),
        robots=LARGE_PREVIEWS if is_shown else "noindex",
        **(_addresses(page, request, language, number) if is_shown else {}),
        **(_of_article(page, request) if hasattr(page, "byline") else {}),
    )


def head_side_by_side(page, request, settings, other):
    """The :class:`Head` of ``page`` side by side with its text in the language ``other``.

    The canonical URL is that of the page alone.
    """
    of_page = head_of_page(page, request, settings)
    title = _("%(title)s (%(language)s and %(other)s)") % {
        "title": of_page.share_title,
        "language": translated_language_name(active_language()),
        "other": translated_language_name(other),
    }
    return replace(
        of_page,
        title=full_title(title, of_page.journal_name),
        share_title=title,
        alternates=[],
        default_alternate=None,
    )


def head_to_republish(page, request, settings):
    """The :class:`Head` of the text of ``page`` to copy, which search engines leave out.

    The canonical URL is that of the page.
    """
    of_page = head_of_page(page, request, settings)
    title = _("Republish “%(title)s”") % {"title": of_page.share_title}
    return replace(
        of_page,
        title=full_title(title, of_page.journal_name),
        share_title=title,
        robots="noindex",
        alternates=[],
        default_alternate=None,
    )


def texts_and_picture_of(page, request, settings, number=1, lead=None):
    """The part of the :class:`Head` of ``page`` that does not depend on where it is live.

    ``number`` is that of the page of a paginated list. For the others see :func:`head_of_page`.
    """
    site = Site.find_for_request(request)
    journal_name = settings.name_of(site) if settings else ""
    tagline = (settings.tagline if settings else "") or ""
    is_front = site is not None and site.root_page_id == page.pk
    title = _front_title(page, journal_name, tagline) if is_front else _title(page, number)
    return Head(
        title=title if is_front else full_title(title, journal_name),
        share_title=title,
        description=description_of(page, journal_name, tagline),
        journal_name=journal_name,
        language=active_language(),
        picture=shared_picture(page, request, lead),
    )


def _title(page, number):
    title = page.meta_title or page.headline
    if number > 1:
        # Translators: title of the window on the second page of a list and the following ones.
        return _("%(title)s, page %(number)s") % {"title": title, "number": number}
    return title


def _front_title(page, journal_name, tagline):
    """The title of the front page: the name of the journal and a tagline, not "Home"."""
    parts = [journal_name or page.headline, page.meta_title or tagline]
    return " – ".join(part for part in dict.fromkeys(parts) if part)


def _addresses(page, request, language, number):
    """The canonical URL, the URLs of all languages, and the default alternate.

    For an alias they are those of its original, if its list has a page of this ``number``.
    """
    original = page.canonical_page_in(language)
    if number == 1 or original is page or reaches_page(original.listed_in(language), number):
        page = original
    query = f"?page={number}" if number > 1 else ""
    reached = [
        code
        for code in page.visible_languages
        if number == 1 or code == language or reaches_page(page.listed_in(code), number)
    ]
    urls = {code: f"{page.full_url_in(code, request)}{query}" for code in reached}
    return {
        "canonical": urls[language],
        "alternates": [{"lang_code": code, "location": url} for code, url in urls.items()],
        "default_alternate": _entrance_of(page, request) or urls[page.default_language_of(reached)],
    }


def _entrance_of(page, request):
    """The URL of the root if ``page`` is the front page, and each reader is led to a language."""
    site = Site.find_for_request(request)
    return entrance_url(request) if site is not None and page.pk == site.root_page_id else None


def _of_article(page, request):
    """The properties of Open Graph for articles."""
    people = [
        entry.author for entry in page.byline if entry.author.is_visible_in(active_language())
    ]
    topics = [topic.headline for topic in page.topics_shown]
    return {
        "kind": "article",
        "published": iso_datetime(page.published_at),
        "modified": iso_datetime(page.last_update),
        "section": topics[0] if topics else "",
        "tags": topics,
        "authors": [person.full_url_in(active_language(), request) for person in people],
    }
