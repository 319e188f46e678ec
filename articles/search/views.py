"""The search page, and its suggestions as JSON."""

from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from diptych.articles.languages.config.language_config import (
    active_language,
    available_languages,
    translated_language_name,
)
from diptych.articles.languages.routes.public_urls import url_of_view
from diptych.articles.lists.article_lists import ArticleList
from diptych.articles.lists.open_languages import open_site
from diptych.articles.lists.pagination import paginate
from diptych.articles.search.autocomplete import suggestions_for
from diptych.articles.search.facets import build_facets, selected_filters
from diptych.articles.search.query_parser import query_text
from diptych.articles.search.results import ResultList, other_pages
from diptych.articles.search.searching import Search

#: The newest articles offered where nothing is found.
NEWEST = 4


def search(request):
    """The results in the language of the address, or an empty form."""
    typed = query_text(request)
    site, language = open_site(request), active_language()
    filters = selected_filters(request, language)
    search = Search(language, filters.values(), site)
    found = search.find(typed)
    facets = build_facets(found, filters, request)
    articles = paginate(request, ResultList(found))
    total = articles.paginator.count
    # With thousands of results nobody looks for more in another language.
    is_enough = found.is_truncated
    elsewhere = [] if is_enough else results_elsewhere(request, search, typed, total > 0)
    context = {
        "view_name": "diptych_search",
        "query": typed,
        "found": found,
        "articles": articles,
        "number": number_format(total, force_grouping=True),
        "facets": [facet for facet in facets if facet.name != "year"],
        "years": next((facet for facet in facets if facet.name == "year"), None),
        "pages": other_pages(found, site),
        "newest": [] if found else ArticleList(language, site.root_page_id)[:NEWEST],
        "elsewhere": elsewhere,
        "without_filters": f"?{urlencode({'q': typed})}" if filters else "",
    }
    return TemplateResponse(request, "diptych/search.html", context)


def suggestions(request):
    """Suggestions for what is being typed, and their number in words."""
    # After a space the word is finished.
    is_finished = request.GET.get("q", "")[-1:].isspace()
    typed, site = query_text(request), open_site(request)
    found = [] if is_finished else suggestions_for(typed, active_language(), site)
    count = ngettext("%(number)s suggestion", "%(number)s suggestions", len(found))
    number = number_format(len(found), force_grouping=True)
    return JsonResponse({"suggestions": found, "count": count % {"number": number}})


def results_elsewhere(request, search, typed, any_here):
    """The number of results in each other language that has any, with the address of the search.

    ``any_here`` says whether there are any in the language of the search.
    """
    others = [code for code in available_languages() if code != search.language]
    counts = search.count_elsewhere(typed, others)
    return [
        {
            **_invitation(request, code, counts[code], typed),
            "sentence": _sentence(code, counts[code], search.limit, any_here),
        }
        for code in others
        if counts.get(code)
    ]


def _invitation(request, code, count, typed):
    url = url_of_view(request, code, "diptych_search")
    with override(code):
        invitation = ngettext("See it in %(language)s", "See them in %(language)s", count) % {
            "language": translated_language_name(code)
        }
    return {
        "language": code,
        "invitation": invitation,
        "url": f"{url}?{urlencode({'q': typed})}",
    }


def _sentence(code, count, limit, any_here):
    """How many results there are in another language."""
    if count >= limit and any_here:
        sentence = _("At least %(number)s results in %(language)s too")
    elif count >= limit:
        sentence = _("At least %(number)s results in %(language)s")
    elif any_here:
        sentence = ngettext(
            "%(number)s result in %(language)s too",
            "%(number)s results in %(language)s too",
            count,
        )
    else:
        sentence = ngettext(
            "%(number)s result in %(language)s", "%(number)s results in %(language)s", count
        )
    return sentence % {
        "number": number_format(count, force_grouping=True),
        "language": translated_language_name(code),
    }
