"""The list of results: the rows that were found as articles and pages that readers can open."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType

from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.public_urls import public_path, root_of
from diptych.articles.lists.cards import cached_cards
from diptych.articles.models import PrintIssuePage, SeriesPage
from diptych.articles.search.models import SearchEntry, SearchText
from diptych.articles.search.searching import Search
from diptych.articles.search.snippets import Highlighter

#: The columns of :class:`SearchText` read for the snippet of an article.
TEXT = ("headline", "lead", "headings", "body", "original")
#: Authors, topics and other pages shown above the articles.
PAGES_SHOWN = 5
#: Labels of results of the kind ``page``, by page type; others are called pages.
PAGE_KINDS = {PrintIssuePage: "print issue", SeriesPage: "series"}


class ResultList:
    """The articles of a :class:`SearchResult`, for Django's paginator, read page by page.

    Each has a ``snippet`` in addition to the data for cards.
    """

    def __init__(self, result):
        self.result = result

    def __len__(self):
        return len(self.result.rows)

    def __getitem__(self, wanted):
        rows, query = self.result.rows[wanted], self.result.query
        visible = PageLanguage.objects.visible_in(query.language).filter(pk__in=rows)
        texts = visible.values_list("pk", "page_id", *(f"search_entry__text__{n}" for n in TEXT))
        found = {row: (page, text) for row, page, *text in texts}
        texts = dict(found[row] for row in rows if row in found)
        highlighter = Highlighter(query)
        articles = cached_cards(list(texts))
        for article in articles:
            text = SearchText(**dict(zip(TEXT, texts[article.pk], strict=True)))
            article.snippet = highlighter.snippet(text)
        return articles


@dataclass(frozen=True)
class OtherPage:
    """An author, a topic or another page among the results.

    ``kind`` is one of :class:`SearchEntry.Kind` or of :data:`PAGE_KINDS`.
    """

    kind: str
    headline: str
    url: str


def exact_results(language, text, site):
    """The ids of the articles that have what was typed, the most relevant first.

    Nothing is corrected, nor left out of the query. Only articles that any visitor of ``site`` may
    open in ``language`` are found, :data:`diptych.articles.search.searching.LIMIT` at most.
    """
    found = Search(language, site=site).find(text)
    if found.is_corrected or found.unknown or found.left_out:
        return []
    visible = PageLanguage.objects.visible_in(language).filter(pk__in=found.rows)
    pages = dict(visible.values_list("pk", "page_id"))
    return [pages[row] for row in found.rows if row in pages]


def other_pages(result, site):
    """The first pages beside articles that can be opened on ``site``."""
    root = root_of(site)
    if root is None or not result.others:
        return []
    language, rows = result.query.language, result.others[: 2 * PAGES_SHOWN]
    visible = PageLanguage.objects.visible_in(language).filter(
        pk__in=rows, url_path__startswith=root.root_path
    )
    known = {
        pk: OtherPage(_shown_kind(*kind), headline, public_path(language, url_path, root))
        for pk, headline, url_path, *kind in visible.values_list(
            "pk",
            "search_entry__text__original__headline",
            "url_path",
            "search_entry__kind",
            "page__content_type",
        )
    }
    return [known[row] for row in rows if row in known][:PAGES_SHOWN]


def _shown_kind(kind, content_type):
    """The label of a result: that of its ``kind``, or of its page type if it is a page."""
    model = ContentType.objects.get_for_id(content_type).model_class()
    if kind != SearchEntry.Kind.PAGE or model is None:
        return kind
    return next((name for each, name in PAGE_KINDS.items() if issubclass(model, each)), kind)
