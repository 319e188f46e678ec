"""The head of what is no page of the journal: search, and answers where there is nothing."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Site

from articles.languages.available import active_language, available_languages, default_language
from articles.languages.sites import absolute
from themes.head.contents import Head, full_title
from themes.head.descriptions import shortened
from themes.head.pictures import stand_in
from themes.switch import address_in


def head_of_view(title, request, settings, description="", view_name=None):
    """A :class:`Head` that keeps the answer out of search engines.

    ``view_name`` is that of a view with an address in every language, which then name each
    other; links on it are followed.
    """
    # A template marks its own words as safe to print; what becomes of them here is not.
    title = title + ""
    journal_name = settings.name_of(Site.find_for_request(request)) if settings else ""
    tagline = (settings.tagline if settings else "") or ""
    return Head(
        title=full_title(title, journal_name),
        share_title=title,
        description=shortened(description or tagline or title),
        journal_name=journal_name,
        language=active_language(),
        picture=stand_in(request),
        robots="noindex, follow" if view_name else "noindex",
        **(_addresses(request, view_name) if view_name else {}),
    )


def head_of_search(query, request, settings):
    """The :class:`Head` of the search for ``query``, or of its empty form.

    The form is a page like others, which may be found. What it finds is kept out: there are as
    many such pages as there are words.
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


def _addresses(request, view_name):
    """The versions of the first page; how many pages another language has nobody has counted."""
    if "page" in request.GET:
        return {}
    paths = {code: address_in(request, code, None, view_name) for code in available_languages()}
    urls = {code: absolute(path, request) for code, path in paths.items() if path}
    return {
        "alternates": [{"lang_code": code, "location": url} for code, url in urls.items()],
        "default_alternate": urls.get(default_language()),
    }
