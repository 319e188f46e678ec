"""The language switch: links to the same page in the other languages."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Site

from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    language_name,
    translated_language_name,
)
from diptych.articles.languages.routes.prefixes import PAGE
from diptych.articles.languages.routes.public_urls import url_of_view
from diptych.articles.lists.open_languages import is_open_in


def switch_entries(request, page=None, view_name=None, view_urls=None):
    """A dictionary for each language, in the order of the settings.

    Its keys are ``code``, ``name``, ``is_current``, ``href`` (the URL that stores the choice and
    redirects; ``None`` for the active language) and ``missing`` (a text in that language if there
    is no version; ``href`` is then that of the page with this notice, or ``None``). ``view_name``
    is given for views other than pages; their query string is preserved. ``view_urls`` are their
    URLs by language, if they cannot be reversed from the name.
    """
    entries = []
    for code in available_languages():
        url = view_urls.get(code) if view_urls else address_in(request, code, page, view_name)
        is_current = code == active_language()
        entries.append(
            {
                "code": code,
                "name": language_name(code),
                "is_current": is_current,
                "href": None if is_current else _href(request, code, page, url),
                "missing": _missing(code) if url is None and not is_current else "",
            }
        )
    return entries


def address_in(request, code, page=None, view_name=None):
    """The path of ``page`` or of the view in the language ``code``; ``None`` if there is none.

    Views are there in the languages in which the journal is open.
    """
    if page is not None and hasattr(page, "url_in"):
        return page.url_in(code, request) if page.pk else None
    if view_name and not is_open_in(code, Site.find_for_request(request)):
        return None
    url = url_of_view(request, code, view_name or PAGE, () if view_name else ("",))
    if url is None:
        return None
    query = request.GET.copy() if view_name else {}
    query.pop("page", None)
    return f"{url}?{query.urlencode()}" if query else url


def _href(request, code, page, url):
    """Where the entry of a language leads that is not the active one."""
    if url is not None:
        return _choice(code, url)
    return page.url_where_missing(code, request) if hasattr(page, "url_where_missing") else None


def _choice(code, url):
    """The URL that stores the choice; ``url`` itself if the language has its own host."""
    if not url.startswith("/"):
        return url
    address = reverse("diptych_choose_language", kwargs={"language": code})
    return f"{address}?{urlencode({'next': url})}"


def _missing(code):
    with override(code):
        return _("Not in %(language)s") % {"language": translated_language_name(code)}
