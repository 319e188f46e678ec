"""Views that are no page: the entrance of the site, and search."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from wagtail.models import Site

from articles.languages.available import active_language
from articles.listing import paginate
from articles.search import search_articles, typed_query


def entrance(request):
    """Send the reader to the home page in a language it is live in.

    The language they chose comes first, then the first one of their browser's that fits, then
    the site's default.
    """
    site = Site.find_for_request(request)
    home = site.root_page.specific if site else None
    live = getattr(home, "live_languages", [])
    if not live:
        raise Http404
    preferred = get_language_from_request(request).split("-")[0]
    language = preferred if preferred in live else live[0]
    response = redirect(home.url_in(language, request))
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def search(request):
    """Search what is live in the language of the address."""
    query = typed_query(request)
    articles = search_articles(query, active_language())
    context = {"query": query, "articles": paginate(request, articles)}
    context["language_cookie"] = settings.LANGUAGE_COOKIE_NAME
    return TemplateResponse(request, "diptych/search.html", context)
