"""By what results are narrowed down: topic, author and year."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from articles.languages.models.page_language import PageLanguage
from articles.languages.numbers import id_in
from articles.models import AuthorPage, TopicPage

#: The parameter of the address, and the letter of its marks in ``SearchEntry.facets``.
LETTERS = {"topic": "t", "author": "a", "year": "y"}
#: What the numbers of a parameter are those of; a year is none.
PAGES = {"topic": TopicPage, "author": AuthorPage}
#: Values of one facet that are shown.
SHOWN = 8


@dataclass(frozen=True)
class Value:
    """One value of a facet, as a link that adds it to the search or takes it away."""

    label: str
    number: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    values: list


def chosen_marks(request, language):
    """The marks that ``?topic=``, ``?author=`` and ``?year=`` ask for, by parameter.

    A topic or an author that readers of ``language`` cannot open is not asked for: what is found
    by it would tell which articles it stands at.
    """
    numbers = {name: id_in(request.GET.get(name)) for name in LETTERS}
    return {
        name: f"{LETTERS[name]}{number}"
        for name, number in numbers.items()
        if number is not None and _can_be_opened(name, number, language)
    }


def _can_be_opened(name, number, language):
    model = PAGES.get(name)
    return model is None or model.objects.visible_in(language).filter(pk=number).exists()


def facets_of(counts, chosen, request, language):
    """The :class:`Facet` of each kind by which articles differ, from how often each mark is.

    ``chosen`` are the marks that all of them have; see :func:`chosen_marks`.
    """
    marks = {name: _common_marks(counts, name, chosen.get(name)) for name in LETTERS}
    names = _names([mark for name in ("topic", "author") for mark in marks[name]], language)
    labels = {"topic": _("Topic"), "author": _("Author"), "year": _("Year")}
    facets = []
    for name, found in marks.items():
        values = [
            Value(label, number_format(counts[mark], force_grouping=True), url, is_current)
            for mark in found
            if (label := mark[1:] if name == "year" else names.get(mark))
            for is_current in [chosen.get(name) == mark]
            for url in [_address(request, name, None if is_current else mark[1:])]
        ][:SHOWN]
        if len(values) > 1 or any(value.is_current for value in values):
            facets.append(Facet(name, labels[name], values))
    return facets


def _common_marks(counts, name, chosen):
    """The marks of one facet that most articles have; years in the order of time."""
    if chosen:
        return [chosen] if chosen in counts else []
    letter = LETTERS[name]
    marks = [mark for mark in counts if mark[0] == letter]
    marks.sort(key=lambda mark: (-counts[mark], -int(mark[1:])))
    if name == "year":
        return sorted(marks, key=lambda mark: -int(mark[1:]))
    return marks[: 2 * SHOWN]


def _names(marks, language):
    """By mark, the name of an author or a topic that readers of ``language`` can open."""
    pages = {int(mark[1:]): mark for mark in marks}
    if not pages:
        return {}
    visible = PageLanguage.objects.visible_in(language).filter(page_id__in=pages)
    names = visible.values_list("page_id", "search_entry__text__original__headline")
    return {pages[page]: name for page, name in names if name}


def _address(request, name, value):
    """The address of the same search with another value, or none, for one facet."""
    query = request.GET.copy()
    query.pop("page", None)
    query.pop(name, None)
    if value is not None:
        query[name] = value
    return f"?{query.urlencode()}"
