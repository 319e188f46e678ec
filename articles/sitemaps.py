from wagtail.contrib.sitemaps import Sitemap

from articles.languages.querysets import address_lookup


class LanguageSitemap(Sitemap):
    """Every page in every language it is live in, each naming its versions in the others."""

    def items(self):
        return super().items().prefetch_related(address_lookup())

    def _urls(self, page, protocol, domain):
        """As Wagtail's, with the addresses of all pages fetched at once."""
        pages = list(self.paginator.page(page).object_list)
        urls = [url for each in pages for url in each.get_sitemap_urls(self.request)]
        changes = [url["lastmod"] for url in urls if url.get("lastmod")]
        if changes:
            self.latest_lastmod = max(changes)
        return urls
