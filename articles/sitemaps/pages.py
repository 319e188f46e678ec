"""All the pages of a site, for search engines."""

from datetime import datetime

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from wagtail.contrib.sitemaps import Sitemap

from articles.languages.querysets import address_lookup


class LanguageSitemap(Sitemap):
    """Every page in every language any visitor may see, each naming its versions in the others.

    Pages of other kinds, which a project may have beside those of the journal, say for
    themselves where they are, as Wagtail has them do.
    """

    #: So many pages stand in one file, each with an address for each of its languages.
    limit = 5000
    latest_change = None

    def items(self):
        return super().items().prefetch_related(address_lookup())

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
