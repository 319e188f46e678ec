"""The archive: all articles of a language by year and month, at addresses of its own."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, re_path, reverse
from django.utils.timezone import get_default_timezone, make_aware

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.languages.config.language_config import active_language, available_languages
from diptych.articles.languages.routes.public_urls import url_of_view
from diptych.articles.lists.article_lists import UNDATED, ArticleList
from diptych.articles.lists.open_languages import open_languages, open_site
from diptych.articles.lists.pagination import paginate

ARCHIVE, YEAR, MONTH = "diptych_archive", "diptych_archive_year", "diptych_archive_month"

#: The numbers of articles by month, of the lists of sites.
_months = TaggedCache()


@dataclass(frozen=True)
class Period:
    """A year, or one of its months, with the ``number`` of its articles."""

    year: int
    month: int | None = None
    number: int = 0

    @property
    def view_name(self):
        return MONTH if self.month else YEAR

    @property
    def arguments(self):
        """The arguments of its view."""
        return [f"{self.year:04}", *([f"{self.month:02}"] if self.month else [])]

    @property
    def url(self):
        """The address in the active language."""
        return reverse(self.view_name, args=self.arguments)

    @property
    def start(self):
        return date(self.year, self.month or 1, 1)

    @property
    def end(self):
        """The first day after it."""
        year, month = self.year, (self.month or 12) + 1
        return date(year + 1, 1, 1) if month > 12 else date(year, month, 1)


def months_of(language, page):
    """The months with articles listed for ``page``, a primary key, as periods; the newest first."""
    return _months.get((language, page), [f"list:{language}"], lambda: _count(language, page))


def _count(language, page):
    entries = ArticleList(language, page).entries.filter(printed_date__gt=UNDATED)
    in_months = entries.annotate(start=TruncMonth("printed_date", tzinfo=get_default_timezone()))
    counts = in_months.order_by("-start").values_list("start").annotate(Count("pk"))
    return [Period(start.year, start.month, number) for start, number in counts]


def years_of(months):
    """``(year, its months)`` of :func:`months_of`, all of them periods."""
    found = []
    for year, group in groupby(months, key=lambda month: month.year):
        of_year = list(group)
        found.append((Period(year, number=sum(each.number for each in of_year)), of_year))
    return found


def articles_of(language, page, period):
    """The :class:`ArticleList` of ``period``."""
    start, end = (_midnight(day) for day in (period.start, period.end))
    listed = ArticleList(language, page)
    return listed.narrowed(printed_date__gte=start, printed_date__lt=end)


def _midnight(day):
    return make_aware(datetime(day.year, day.month, day.day), get_default_timezone())


# Views


def archive(request):
    """All years and months with articles."""
    site = open_site(request)
    urls = {code: url_of_view(request, code, ARCHIVE) for code in open_languages(site)}
    years = years_of(months_of(active_language(), site.root_page_id))
    context = {"view_name": ARCHIVE, "view_urls": urls, "years": years}
    return TemplateResponse(request, "diptych/archive.html", context)


def archive_of_period(request, year, month=None):
    """The articles of a year or a month, which may not be without any; a year with its months."""
    site, language = open_site(request), active_language()
    asked = Period(int(year), int(month) if month else None)
    known = {code: _find(asked, code, site) for code in available_languages()}
    if known[language] is None:
        raise Http404
    period, months = known[language]
    articles = articles_of(language, site.root_page_id, period)
    context = {
        "view_name": period.view_name,
        "view_urls": {
            code: url_of_view(request, code, period.view_name, period.arguments)
            for code, found in known.items()
            if found
        },
        "period": period,
        "months": months,
        "articles": paginate(request, articles),
    }
    return TemplateResponse(request, "diptych/archive_period.html", context)


def _find(asked, language, site):
    """The period ``asked`` with its number of articles, and the months below it; or ``None``."""
    months = months_of(language, site.root_page_id)
    below = [each for each in months if each.year == asked.year]
    if asked.month:
        return next(((each, []) for each in below if each.month == asked.month), None)
    return next(iter(years_of(below)), None)


def periods_of(language, page):
    """All years and months of the archive, whose pages show the articles listed for ``page``."""
    return [
        each for year, months in years_of(months_of(language, page)) for each in (year, *months)
    ]


urlpatterns = [
    path("archive/", archive, name=ARCHIVE),
    re_path(r"^archive/(?P<year>[0-9]{4})/$", archive_of_period, name=YEAR),
    re_path(
        r"^archive/(?P<year>[0-9]{4})/(?P<month>0[1-9]|1[0-2])/$", archive_of_period, name=MONTH
    ),
]
