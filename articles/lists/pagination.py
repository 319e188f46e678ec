"""Pagination of lists, and which of their articles visitors see."""

from django.conf import settings
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404

from diptych.articles.languages.config.language_config import active_language

PER_PAGE = 12


def paginate(request, objects):
    """The page of ``objects`` that ``?page=`` asks for; an unknown one is a 404.

    It has ``shown_numbers`` as well: the pages to link to, with ellipses between them; and
    ``shown``, by which parts that show this page of the list are found.
    """
    paginator = Paginator(objects, _page_size())
    try:
        page = paginator.page(request.GET.get("page") or 1)
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404 from error
    page.shown_numbers = list(paginator.get_elided_page_range(page.number, on_each_side=1))
    page.shown = page.number, paginator.num_pages, tuple(getattr(each, "pk", each) for each in page)
    return page


def reaches_page(objects, number):
    """Whether ``objects``, a list for readers, has a page ``number`` when paginated."""
    return objects.count() > (number - 1) * _page_size()


def _page_size():
    return getattr(settings, "DIPTYCH_ARTICLES_PER_PAGE", PER_PAGE)


def visible(articles):
    """The ``articles`` that visitors may see, by their own rows; without a query."""
    return [article for article in articles if article.is_visible_in(active_language())]
