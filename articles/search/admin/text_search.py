"""The search of the admin's lists by words of the texts that are live, with excerpts.

It is added to the lists by the hook of ``diptych.articles.languages.admin.listings.searching``.
"""

from django.db.models import F

from diptych.articles.languages.admin.listings.searching import Excerpt
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import PageLanguage
from diptych.articles.search.models import SearchText
from diptych.articles.search.query_parser import one_line
from diptych.articles.search.scope import Scope
from diptych.articles.search.searching import Search
from diptych.articles.search.snippets import Highlighter


class TextSearch:
    """A search of the live texts of the pages of a list in all languages, private ones too."""

    def __init__(self, text):
        self.text = one_line(text)
        #: By language, the query that was searched; the rows that were found.
        self._queries, self._rows = {}, set()

    def page_ids(self, pages, limit):
        """The keys of the pages with a text that has the words."""
        rows = []
        for language in available_languages():
            search = Search(language, scope=Scope(pages=pages), limit=limit)
            self._queries[language], found = search.find_as_typed(self.text)
            rows += found
        self._rows.update(rows)
        return PageLanguage.objects.filter(pk__in=rows).values("page_id")

    def excerpts(self, pages):
        """Lists of :class:`Excerpt` by the key of the page."""
        titles = {page.pk: page.get_admin_display_title() for page in pages}
        excerpts = {}
        for text in self._texts_of(titles):
            snippet = Highlighter(self._queries[text.language]).snippet(text)
            shown = [snippet.text]
            if text.original.get("headline") != titles[text.page_id]:
                shown.insert(0, snippet.headline)
            marked = next((each for each in reversed(shown) if "<mark>" in each), None)
            if marked:
                excerpts.setdefault(text.page_id, []).append(Excerpt(text.language, marked))
        return excerpts

    def _texts_of(self, pages):
        """The texts of ``pages`` that match, in the order of the languages."""
        order = list(self._queries)
        rows = PageLanguage.objects.filter(page__in=pages).values_list("pk", flat=True)
        texts = SearchText.objects.filter(pk__in=self._rows.intersection(rows)).annotate(
            page_id=F("entry__row__page_id"), language=F("entry__language")
        )
        return sorted(texts.defer("often"), key=lambda text: order.index(text.language))
