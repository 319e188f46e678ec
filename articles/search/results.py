"""What was found, as pages that readers can open."""

from dataclasses import dataclass

from django.db.models import F
from wagtail.models import Site

from articles.languages.models.page_language import PageLanguage
from articles.languages.redirects import public_path, root_of
from articles.models import ArticlePage
from articles.search.models import SearchText
from articles.search.snippets import Marker

#: What is fetched with an article to show where the words stand.
TEXT = ("headline", "lead", "headings", "body", "original")
FOUND_TEXT = {f"found_{name}": F(f"languages__search_entry__text__{name}") for name in TEXT}
#: Pages that are no articles shown above the results.
PAGES_SHOWN = 5


class FoundArticles:
    """The articles found, for Django's paginator: fetched when a page of them is read.

    Each has ``shown``, what it says of itself, beside all that cards need.
    """

    def __init__(self, found):
        self.found = found

    def __len__(self):
        return len(self.found.rows)

    def __getitem__(self, wanted):
        rows = self.found.rows[wanted]
        language = self.found.query.language
        visible = PageLanguage.objects.visible_in(language).filter(pk__in=rows)
        articles = (
            ArticlePage.objects.filter(pk__in=visible.values("page_id"), languages__in=rows)
            .annotate(found_row=F("languages"), **FOUND_TEXT)
            .for_cards()
        )
        marker = Marker(self.found.query)
        known = {article.found_row: article for article in articles}
        for article in known.values():
            article.shown = marker.shown(_text_of(article))
        return [known[row] for row in rows if row in known]


def _text_of(article):
    return SearchText(**{name: getattr(article, f"found_{name}") for name in TEXT})


@dataclass(frozen=True)
class FoundPage:
    """An author, a topic or another page that is no article."""

    kind: str
    headline: str
    url: str


def found_pages(found, request):
    """The first pages found that are no articles and can be opened on the site of ``request``."""
    root = root_of(Site.find_for_request(request))
    if root is None or not found.others:
        return []
    language, rows = found.query.language, found.others[: 2 * PAGES_SHOWN]
    visible = PageLanguage.objects.visible_in(language).filter(
        pk__in=rows, url_path__startswith=root.root_path
    )
    known = {
        pk: FoundPage(kind, headline, public_path(language, url_path, root))
        for pk, kind, headline, url_path in visible.values_list(
            "pk", "search_entry__kind", "search_entry__text__original__headline", "url_path"
        )
    }
    return [known[row] for row in rows if row in known][:PAGES_SHOWN]
