"""The lists of articles that readers see: found by their rows, shown as cards, in pages."""

from functools import cached_property

from django.apps import apps
from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404

from articles.languages.available import active_language
from articles.languages.sites import root_path_above
from articles.querysets import ready_cards

PER_PAGE = 12


class ArticleList:
    """The articles that any visitor may see in ``language``, newest first; for Django's paginator.

    ``pages`` are the primary keys of the pages for each of which they are listed, see
    ``ListedArticle``; a page that is previewed before it is first saved has no list. With
    ``on_site_of`` a page, only articles of its site are listed.
    """

    def __init__(self, language, *pages, on_site_of=None):
        self.language = language
        entries = apps.get_model("diptych", "ListedArticle").objects.filter(language=language)
        self.entries = entries.filter(list=pages[0]) if all(pages) else entries.none()
        for page in pages[1:]:
            others = entries.filter(list=page).values("article")
            self.entries = self.entries.filter(article__in=others)
        root_path = root_path_above(on_site_of) if on_site_of else ""
        if root_path:
            self.entries = self.entries.filter(article__url_path__startswith=root_path)

    @property
    def model(self):
        return apps.get_model("diptych", "ArticlePage")

    def dated(self, after, until):
        """Limit the list to the articles with a date after one and until the other."""
        self.entries = self.entries.filter(printed_date__gt=after, printed_date__lte=until)
        return self

    def ids(self, start=0, stop=None):
        """The primary keys at these positions."""
        newest_first = self.entries.order_by("-printed_date", "-article")
        return list(newest_first.values_list("article", flat=True)[start:stop])

    @cached_property
    def _count(self):
        return self.entries.count()

    def count(self):
        return self._count

    def __getitem__(self, wanted):
        """The articles at these positions, with what cards show; the last ones as fast as the
        first."""
        start, stop = wanted.start or 0, wanted.stop
        if stop is None or start <= self._count // 2:
            return articles_by_id(self.ids(start, stop))
        start, stop = min(start, self._count), min(stop, self._count)
        oldest_first = self.entries.order_by("printed_date", "article")
        part = oldest_first[self._count - stop : self._count - start]
        ids = list(part.values_list("article", flat=True))[::-1]
        return articles_by_id(ids)


def articles_by_id(ids):
    """The articles with these primary keys in their order, with what cards show."""
    found = apps.get_model("diptych", "ArticlePage").objects.for_cards().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def paginate(request, objects):
    """The page of ``objects`` that ``?page=`` asks for; an unknown one is a 404.

    It has ``shown_numbers`` as well: the pages to link to, with ellipses between them.
    """
    paginator = Paginator(objects, _page_size())
    try:
        page = paginator.page(request.GET.get("page") or 1)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    page.shown_numbers = list(paginator.get_elided_page_range(page.number, on_each_side=1))
    return page


def reaches_page(objects, number):
    """Whether ``objects``, a list for readers, has a page ``number`` when paginated."""
    return objects.count() > (number - 1) * _page_size()


def _page_size():
    return getattr(settings, "DIPTYCH_ARTICLES_PER_PAGE", PER_PAGE)


def paginate_cards(request, articles, *others, has_lead=False):
    """Paginate articles and prefetch what their cards show; ``others`` as in ``ready_cards``.

    With ``has_lead`` the first article of the first page is shown large.
    """
    page = paginate(request, articles)
    leads = has_lead and page.number == 1
    page.object_list = visible(ready_cards(page.object_list, *others, has_lead=leads))
    return page


def visible(articles):
    """Those of ``articles`` that visitors may see, as their own rows say; without a query."""
    return [article for article in articles if article.is_visible_in(active_language())]
