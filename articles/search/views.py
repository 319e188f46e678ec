"""The page on which readers search."""

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
from articles.search.facets import chosen_marks, facets_of
from articles.search.finding import Search
from articles.search.queries import typed_query
from articles.search.results import FoundArticles, found_pages
from articles.search.suggestions import suggestions_for


def search(request):
    """Search what is live in the language of the address."""
    typed = typed_query(request)
    language = active_language()
    marks = chosen_marks(request, language)
    search = Search(language, marks.values(), Site.find_for_request(request))
    found = search.find(typed)
    articles = paginate_cards(request, FoundArticles(found))
    total = articles.paginator.count
    context = {
        "query": typed,
        "found": found,
        "articles": articles,
        "number": number_format(total, force_grouping=True),
        "facets": facets_of(found.facets, marks, request, language),
        "pages": found_pages(found, request),
        # Nobody who has found thousands looks for more in another language.
        "elsewhere": [] if found.is_cut else found_elsewhere(search, typed),
        "without_filters": f"?{urlencode({'q': typed})}" if marks else "",
    }
    return TemplateResponse(request, "diptych/search.html", context)


def suggestions(request):
    """What a search may become, while it is typed: a list, and how long it is in words."""
    # Behind a space the word is finished.
    is_finished = request.GET.get("q", "")[-1:].isspace()
    site = Site.find_for_request(request)
    found = [] if is_finished else suggestions_for(typed_query(request), active_language(), site)
    count = ngettext("%(number)s suggestion", "%(number)s suggestions", len(found))
    number = number_format(len(found), force_grouping=True)
    return JsonResponse({"suggestions": found, "count": count % {"number": number}})


def found_elsewhere(search, typed):
    """What the other languages have for the same words, with the address of the search there."""
    others = [code for code in available_languages() if code != search.language]
    counts = search.count_elsewhere(typed, others)
    most = search.matcher.most
    return [_elsewhere(code, counts[code], typed, most) for code in others if counts.get(code)]


def _elsewhere(code, count, typed, most):
    sentence = (
        _("At least %(number)s results in %(language)s too")
        if count >= most
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
