"""The lists of articles that readers see, read from ``ListedArticle``."""

from datetime import UTC, datetime

from django.apps import apps
from django.db.models import Exists, OuterRef, Q
from wagtail import hooks

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.index.sites import root_path_above
from diptych.articles.languages.models import PageLanguage
from diptych.articles.lists.cards import cached_cards

#: Where an article without any date stands.
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
#: The numbers of articles in lists.
_counts = TaggedCache(size=5000)
#: Takes a language, words and a site, and returns the ids of the articles that any visitor of the
#: site may open in that language and that have the words, the most relevant first.
SEARCH = "diptych_search_articles"
#: So many words are looked for where no application searches.
MOST_WORDS = 16
#: Among so many articles those are looked for that are not translated.
NEWEST = 500


class ArticleList:
    """The articles that any visitor may see in ``language``, newest first; for Django's paginator.

    ``pages`` are the primary keys of the pages for each of which they are listed, see
    ``ListedArticle``; a page that is previewed before it is first saved has no list. With
    ``on_site_of`` a page, only articles of its site are listed.
    """

    def __init__(self, language, *pages, on_site_of=None):
        root_path = root_path_above(on_site_of) if on_site_of else ""
        self.language, self._key = language, (language, pages, root_path)
        entries = apps.get_model("diptych", "ListedArticle").objects.filter(language=language)
        self.entries = entries.filter(list=pages[0]) if all(pages) else entries.none()
        for page in pages[1:]:
            others = entries.filter(list=page).values("article")
            self.entries = self.entries.filter(article__in=others)
        if root_path:
            self.entries = self.entries.filter(article__url_path__startswith=root_path)

    @property
    def model(self):
        return apps.get_model("diptych", "ArticlePage")

    def dated(self, after, until):
        """Limit the list to the articles with a date after one and until the other."""
        self.entries = self.entries.filter(printed_date__gt=after, printed_date__lte=until)
        self._key = None
        return self

    def narrowed(self, *expressions, **conditions):
        """Limit the list to the entries that meet all conditions."""
        self.entries = self.entries.filter(*expressions, **conditions)
        self._key = None
        return self

    def missing_in(self, language):
        """Limit the list to those of its newest that no visitor may see in ``language``."""
        seen = PageLanguage.objects.visible_in(language).filter(page=OuterRef("article"))
        newest = self.entries.order_by("-printed_date", "-article").values("pk")[:NEWEST]
        return self.narrowed(~Exists(seen), pk__in=newest)

    def with_words(self, text):
        """Limit the list to articles that have each word of ``text`` in headline or lead."""
        names = [f"article__{column(name, self.language)}" for name in ("headline", "lead")]
        for word in text.split()[:MOST_WORDS]:
            headline, lead = (Q(**{f"{name}__icontains": word}) for name in names)
            self.entries = self.entries.filter(headline | lead)
        return self.narrowed() if text.split() else self.narrowed(pk__in=[])

    def ids(self, start=0, stop=None):
        """The primary keys at these positions."""
        newest_first = self.entries.order_by("-printed_date", "-article")
        return list(newest_first.values_list("article", flat=True)[start:stop])

    def count(self):
        """The number of articles, kept in memory until lists of the language change."""
        if self._key is None:
            return self.entries.count()
        return _counts.get(self._key, [f"list:{self.language}"], self.entries.count)

    def __getitem__(self, wanted):
        """The articles at these positions, with all that cards show; the last ones as fast as the
        first."""
        start, stop, count = wanted.start or 0, wanted.stop, self.count()
        if stop is None or start <= count // 2:
            return cached_cards(self.ids(start, stop))
        start, stop = min(start, count), min(stop, count)
        oldest_first = self.entries.order_by("printed_date", "article")
        part = oldest_first[count - stop : count - start]
        ids = list(part.values_list("article", flat=True))[::-1]
        return cached_cards(ids)


class OldestFirst:
    """An :class:`ArticleList` from its other end."""

    def __init__(self, articles):
        self.articles = articles
        self.model, self.count = articles.model, articles.count

    def __getitem__(self, wanted):
        count = self.count()
        start, stop = (min(each, count) for each in (wanted.start, wanted.stop))
        return self.articles[count - stop : count - start][::-1]


class ByRelevance:
    """Those of an :class:`ArticleList` whose ids are ``found``, in that order."""

    def __init__(self, articles, found):
        self.model = articles.model
        listed = set(articles.narrowed(article__in=found).ids())
        self.ids = [pk for pk in found if pk in listed]

    def count(self):
        return len(self.ids)

    def __getitem__(self, wanted):
        return cached_cards(self.ids[wanted])


def found_ids(language, text, site):
    """The ids that :data:`SEARCH` finds; ``None`` where no application has registered for it."""
    for search in hooks.get_hooks(SEARCH):
        return search(language, text, site)
    return None
