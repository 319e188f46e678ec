"""Tell a cache in front of the site which addresses say something else now.

Wagtail purges a page at its address in the language spoken while it is published. What
readers of the other languages have is purged here, old addresses included.
"""

from django.apps import apps
from django.db import transaction
from wagtail.models import Site

from articles.languages.redirects import public_path


def purge_later(language, url_paths, cached_paths=("/",)):
    """Purge addresses of one language from the cache, once the change is committed.

    ``cached_paths`` are what ``get_cached_paths`` of the page says: what is cached below each
    address. Does nothing unless ``wagtail.contrib.frontend_cache`` is installed.
    """
    if not url_paths or not apps.is_installed("wagtail.contrib.frontend_cache"):
        return
    from wagtail.contrib.frontend_cache.utils import PurgeBatch

    def purge():
        urls = public_urls(language, url_paths)
        PurgeBatch(url + each.lstrip("/") for url in urls for each in cached_paths).purge()

    transaction.on_commit(purge, robust=True)


def public_urls(language, url_paths):
    """The absolute addresses, on every site they belong to, of paths in the tree of pages."""
    urls = []
    for root in Site.get_site_root_paths():
        for url_path in url_paths:
            if url_path.startswith(root.root_path):
                path = public_path(language, url_path, root)
                urls += [root.root_url + path] if path else []
    return urls
