"""Facets: filters of the results by topic, author and year, with their numbers of articles."""

import re
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from diptych.articles.languages.config.primary_keys import id_in
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import AuthorPage, TopicPage

#: The parameters of the address, and the letter before the number in a facet token.
LETTERS = {"topic": "t", "author": "a", "year": "y"}
#: The pages whose numbers a parameter has; a year is none.
PAGES = {"topic": TopicPage, "author": AuthorPage}
#: A value of a parameter as links have it.
NUMBER = re.compile(r"[1-9][0-9]{0,9}\Z", re.ASCII)
#: Values shown of one facet, and years.
SHOWN, YEARS = 8, 50


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet, as a link that sets the filter or removes it.

    ``number`` is the number of articles with it; empty if unknown.
    """

    label: str
    number: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    values: list


def selected_filters(request, language):
    """The facet tokens that ``?topic=``, ``?author=`` and ``?year=`` ask for, by parameter.

    A topic or an author that readers of ``language`` cannot open is ignored: the results would
    tell which articles have it.
    """
    numbers = {name: id_in(request.GET.get(name)) for name in LETTERS}
    return {
        name: f"{LETTERS[name]}{number}"
        for name, number in numbers.items()
        if number is not None and _can_be_opened(name, number, language)
    }


def one_number(value):
    """The value of a filter in the key of a cached page, or ``None``."""
    return value if not value or NUMBER.match(value) else None


def _can_be_opened(name, number, language):
    model = PAGES.get(name)
    return model is None or model.objects.visible_in(language).filter(pk=number).exists()


def build_facets(result, selected, request):
    """Each :class:`Facet` by which the articles of ``result``, a :class:`SearchResult`, differ.

    ``selected`` is what :func:`selected_filters` returns. Where not all articles are known that
    match, the values have no numbers.
    """
    counts = result.facets
    tokens = {name: _common_tokens(counts, name, selected.get(name)) for name in LETTERS}
    names = _names([*tokens["topic"], *tokens["author"]], result.query.language)
    labels = {"topic": _("Topic"), "author": _("Author"), "year": _("Year")}
    facets = []
    for name, found in tokens.items():
        query = _query_without(request, name)
        values = [
            FacetValue(
                label=label,
                number="" if result.is_truncated else _number(counts[token]),
                url=f"?{query}" if is_current else f"?{query}&{name}={token[1:]}",
                is_current=is_current,
            )
            for token in found
            if (label := token[1:] if name == "year" else names.get(token))
            for is_current in [selected.get(name) == token]
        ][: YEARS if name == "year" else SHOWN]
        if len(values) > 1 or any(value.is_current for value in values):
            facets.append(Facet(name, labels[name], values))
    return facets


def _common_tokens(counts, name, selected):
    """The tokens of one facet that most articles have; years in chronological order."""
    if selected:
        return [selected] if selected in counts else []
    letter = LETTERS[name]
    tokens = [token for token in counts if token[0] == letter]
    if name == "year":
        return sorted(tokens, key=lambda token: -int(token[1:]))
    tokens.sort(key=lambda token: (-counts[token], -int(token[1:])))
    return tokens[: 2 * SHOWN]


def _names(tokens, language):
    """By token, the name of a topic or an author that readers of ``language`` can open."""
    pages = {int(token[1:]): token for token in tokens}
    if not pages:
        return {}
    visible = PageLanguage.objects.visible_in(language).filter(page_id__in=pages)
    names = visible.values_list("page_id", "search_entry__text__original__headline")
    return {pages[page]: name for page, name in names if name}


def _number(count):
    return number_format(count, force_grouping=True)


def _query_without(request, name):
    """The query of the same search without a value of one facet; it asks for words at least."""
    query = request.GET.copy()
    query.pop("page", None)
    query.pop(name, None)
    return query.urlencode()
