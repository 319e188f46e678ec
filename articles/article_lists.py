"""The lists of articles that readers see, read from ``ListedArticle``."""

from django.apps import apps

from articles.caching.kept import KeptValues
from articles.languages.sites import root_path_above

#: The numbers of articles in lists.
_counts = KeptValues(size=5000)


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
        """The articles at these positions, with what cards show; the last ones as fast as the
        first."""
        start, stop, count = wanted.start or 0, wanted.stop, self.count()
        if stop is None or start <= count // 2:
            return articles_by_id(self.ids(start, stop))
        start, stop = min(start, count), min(stop, count)
        oldest_first = self.entries.order_by("printed_date", "article")
        part = oldest_first[count - stop : count - start]
        ids = list(part.values_list("article", flat=True))[::-1]
        return articles_by_id(ids)


def articles_by_id(ids):
    """The articles with these primary keys in their order, with what cards show."""
    found = apps.get_model("diptych", "ArticlePage").objects.for_cards().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
