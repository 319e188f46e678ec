"""The metadata of views other than pages: search and error pages."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Site

from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    default_language,
)
from diptych.articles.languages.index.sites import absolute
from diptych.themes.head.descriptions import shortened
from diptych.themes.head.metadata import LARGE_PREVIEWS, Head, full_title
from diptych.themes.head.pictures import default_picture
from diptych.themes.parts.language_switch import address_in


def head_of_view(title, request, settings, description="", view_name=None):
    """The :class:`Head` of a view, with ``noindex``.

    ``view_name`` is given for a view with a URL in every language: these become alternates, and
    robots may follow links.
    """
    # Makes a ``str`` of a ``SafeString``: the title is combined with unsafe texts below.
    title = title + ""
    journal_name = settings.name_of(Site.find_for_request(request)) if settings else ""
    tagline = (settings.tagline if settings else "") or ""
    return Head(
        title=full_title(title, journal_name),
        share_title=title,
        description=shortened(description or tagline or title),
        journal_name=journal_name,
        language=active_language(),
        picture=default_picture(request),
        robots="noindex, follow" if view_name else "noindex",
        **(_addresses(request, view_name) if view_name else {}),
    )


def head_of_search(query, request, settings):
    """The :class:`Head` of the search for ``query``, or of the empty search form.

    Only the empty form may be indexed; result pages are unlimited in number.
    """
    title = pgettext("the name of a page", "Search")
    if query:
        title = _("Search results for “%(query)s”") % {"query": query}
        return head_of_view(title, request, settings, view_name="diptych_search")
    about = _("Search the articles by words, topic, author and year.")
    head = head_of_view(title, request, settings, about, view_name="diptych_search")
    if request.GET:
        return head
    own = next(each for each in head.alternates if each["lang_code"] == head.language)
    return replace(head, robots="", canonical=own["location"])


def head_of_list(title, request, settings, description, urls, number=1):
    """The :class:`Head` of a list of articles that is no page, and may be indexed.

    ``urls`` are its addresses by language, ``number`` is that of the page of it.
    """
    urls = {code: absolute(url, request) for code, url in urls.items() if url}
    own = urls[active_language()]
    if number > 1:
        title = _("%(title)s, page %(number)s") % {"title": title, "number": number}
        own = f"{own}?page={number}"
        urls = {active_language(): own}
    return replace(
        head_of_view(title, request, settings, description),
        robots=LARGE_PREVIEWS,
        canonical=own,
        alternates=[{"lang_code": code, "location": url} for code, url in urls.items()],
        default_alternate=urls.get(default_language()) or next(iter(urls.values())),
    )


def _addresses(request, view_name):
    """The URLs of all languages, for the first page of results only.

    The number of result pages in other languages is not known.
    """
    if "page" in request.GET:
        return {}
    paths = {code: address_in(request, code, None, view_name) for code in available_languages()}
    urls = {code: absolute(path, request) for code, path in paths.items() if path}
    return {
        "alternates": [{"lang_code": code, "location": url} for code, url in urls.items()],
        "default_alternate": urls.get(default_language()),
    }
