"""The list of results: the rows that were found as articles and pages that readers can open."""

from dataclasses import dataclass

from django.db.models import F
from wagtail.models import Site

from articles.languages.models import PageLanguage
from articles.languages.redirects import public_path, root_of
from articles.models import ArticlePage
from articles.search.models import SearchText
from articles.search.snippets import Highlighter

#: The columns of :class:`SearchText` read with an article for its snippet.
TEXT = ("headline", "lead", "headings", "body", "original")
FOUND_TEXT = {f"found_{name}": F(f"languages__search_entry__text__{name}") for name in TEXT}
#: Authors, topics and other pages shown above the articles.
PAGES_SHOWN = 5


class ResultList:
    """The articles of a :class:`SearchResult`, for Django's paginator, read page by page.

    Each has a ``snippet`` beside all that cards need.
    """

    def __init__(self, result):
        self.result = result

    def __len__(self):
        return len(self.result.rows)

    def __getitem__(self, wanted):
        rows = self.result.rows[wanted]
        language = self.result.query.language
        visible = PageLanguage.objects.visible_in(language).filter(pk__in=rows)
        articles = (
            ArticlePage.objects.filter(pk__in=visible.values("page_id"), languages__in=rows)
            .annotate(found_row=F("languages"), **FOUND_TEXT)
            .for_cards()
        )
        highlighter = Highlighter(self.result.query)
        known = {article.found_row: article for article in articles}
        for article in known.values():
            article.snippet = highlighter.snippet(_text_of(article))
        return [known[row] for row in rows if row in known]


def _text_of(article):
    return SearchText(**{name: getattr(article, f"found_{name}") for name in TEXT})


@dataclass(frozen=True)
class OtherPage:
    """An author, a topic or another page among the results."""

    kind: str
    headline: str
    url: str


def other_pages(result, request):
    """The first pages beside articles that can be opened on the site of ``request``."""
    root = root_of(Site.find_for_request(request))
    if root is None or not result.others:
        return []
    language, rows = result.query.language, result.others[: 2 * PAGES_SHOWN]
    visible = PageLanguage.objects.visible_in(language).filter(
        pk__in=rows, url_path__startswith=root.root_path
    )
    known = {
        pk: OtherPage(kind, headline, public_path(language, url_path, root))
        for pk, kind, headline, url_path in visible.values_list(
            "pk", "search_entry__kind", "search_entry__text__original__headline", "url_path"
        )
    }
    return [known[row] for row in rows if row in known][:PAGES_SHOWN]
