"""All the pages of a site, for search engines."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.functional import cached_property
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Site

from articles.languages.models.page_language import PageLanguage
from articles.languages.querysets import address_lookup


class LanguageSitemap(Sitemap):
    """Every page in every language any visitor may see, each naming its versions in the others.

    An alias is left out where its original stands in the sitemap of this site or of another one.
    Pages of other kinds, which a project may have beside those of the journal, say for
    themselves where they are, as Wagtail has them do.
    """

    #: So many pages stand in one file, each with an address for each of its languages.
    limit = 5000
    latest_change = None

    def items(self):
        pages = super().items().exclude(alias_of__in=_listed_originals())
        return pages.prefetch_related(address_lookup())

    @cached_property
    def paginator(self):
        return Paginator(self.items(), self.limit)

    def urls_of_part(self, number):
        """What stands in one of the files; the addresses of all its pages are fetched at once."""
        pages = self.paginator.page(number).object_list
        urls = [url for each in pages for url in each.get_sitemap_urls(self.request)]
        # A page of another kind may name a day only, which no hour is before or after.
        changes = [url["lastmod"] for url in urls if isinstance(url.get("lastmod"), datetime)]
        self.latest_change = max(changes, default=None)
        return urls


def _listed_originals():
    """The pages with aliases that stand on a site themselves, where any visitor may see them."""
    roots = [root.root_path for root in Site.get_site_root_paths()]
    on_a_site = reduce(or_, (Q(page__url_path__startswith=path) for path in roots))
    rows = PageLanguage.objects.visible().filter(page__aliases__isnull=False)
    return rows.filter(on_a_site).order_by().values("page_id")
