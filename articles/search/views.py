"""The search page, and its suggestions as JSON."""

from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from wagtail.models import Site

from articles.languages.available import (
    active_language,
    available_languages,
    translated_language_name,
)
from articles.listing import paginate_cards
from articles.search.autocomplete import suggestions_for
from articles.search.facets import build_facets, selected_filters
from articles.search.query_parser import query_text
from articles.search.results import ResultList, other_pages
from articles.search.searching import Search


def search(request):
    """The results in the language of the address, or an empty form."""
    typed = query_text(request)
    language = active_language()
    filters = selected_filters(request, language)
    search = Search(language, filters.values(), Site.find_for_request(request))
    found = search.find(typed)
    articles = paginate_cards(request, ResultList(found))
    total = articles.paginator.count
    context = {
        "query": typed,
        "found": found,
        "articles": articles,
        "number": number_format(total, force_grouping=True),
        "facets": build_facets(found.facets, filters, request, language),
        "pages": other_pages(found, request),
        # With thousands of results nobody looks for more in another language.
        "elsewhere": [] if found.is_truncated else results_elsewhere(search, typed),
        "without_filters": f"?{urlencode({'q': typed})}" if filters else "",
    }
    return TemplateResponse(request, "diptych/search.html", context)


def suggestions(request):
    """Suggestions for what is being typed, and their number in words."""
    # After a space the word is finished.
    is_finished = request.GET.get("q", "")[-1:].isspace()
    site = Site.find_for_request(request)
    found = [] if is_finished else suggestions_for(query_text(request), active_language(), site)
    count = ngettext("%(number)s suggestion", "%(number)s suggestions", len(found))
    number = number_format(len(found), force_grouping=True)
    return JsonResponse({"suggestions": found, "count": count % {"number": number}})


def results_elsewhere(search, typed):
    """The number of results in each other language that has any, with the address of the search."""
    others = [code for code in available_languages() if code != search.language]
    counts = search.count_elsewhere(typed, others)
    limit = search.index.limit
    return [_elsewhere(code, counts[code], typed, limit) for code in others if counts.get(code)]


def _elsewhere(code, count, typed, limit):
    sentence = (
        _("At least %(number)s results in %(language)s too")
        if count >= limit
        else ngettext(
            "%(number)s result in %(language)s too",
            "%(number)s results in %(language)s too",
            count,
        )
    ) % {
        "number": number_format(count, force_grouping=True),
        "language": translated_language_name(code),
    }
    with override(code):
        url = reverse("diptych_search")
        invitation = ngettext("See it in %(language)s", "See them in %(language)s", count) % {
            "language": translated_language_name(code)
        }
    return {
        "language": code,
        "sentence": sentence,
        "invitation": invitation,
        "url": f"{url}?{urlencode({'q': typed})}",
    }
