"""Wagtail's application for caches in front of the site, which are purged in the background.

``articles.front_cache.FrontCacheConfig`` goes into ``INSTALLED_APPS`` in place of
``wagtail.contrib.frontend_cache``, and the backends below into ``WAGTAILFRONTENDCACHE``.
"""

import logging
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import requests
from wagtail.contrib.frontend_cache import backends
from wagtail.contrib.frontend_cache.apps import WagtailFrontendCacheAppConfig
from wagtail.contrib.frontend_cache.backends.http import PurgeRequest
from wagtail.signals import page_published, page_unpublished

logger = logging.getLogger(__name__)

#: How long a cache may take for one answer, in seconds.
TIMEOUT = 5


class FrontCacheConfig(WagtailFrontendCacheAppConfig):
    """As Wagtail's, which has a published page purged before the editor gets an answer.

    Language pages are purged by the engine, with all their addresses; others in the background.
    """

    def ready(self):
        for signal in (page_published, page_unpublished):
            signal.connect(purge_page_in_background, dispatch_uid="diptych_front_cache")


def purge_page_in_background(sender, instance, **kwargs):
    """Purge a page that is not in several languages: a receiver of Wagtail's signals.

    Not before the change is committed, or the cache would fetch the page once more as it was.
    """
    from wagtail.contrib.frontend_cache.tasks import purge_urls_from_cache_task
    from wagtail.contrib.frontend_cache.utils import PurgeBatch

    from articles.languages.addresses import purging_in_background
    from articles.languages.background import after_commit
    from articles.languages.pages import MultilingualPageMixin

    if isinstance(instance, MultilingualPageMixin):
        return
    batch = PurgeBatch()
    batch.add_page(instance)
    if batch.urls:
        purge = purging_in_background(purge_urls_from_cache_task)
        after_commit(purge.enqueue, sorted(batch.urls))


class HTTPBackend(backends.HTTPBackend):
    """As Wagtail's, for a cache that may hang: what does not answer in time is left for now."""

    def purge_batch(self, urls):
        for number, url in enumerate(urls):
            if not self.purge(url):
                logger.error("%d addresses were not purged.", len(urls) - number)
                return

    def purge(self, url):
        """Purge ``url``; whether the cache answers at all."""
        asked = urlsplit(url)
        where = asked._replace(scheme=self.cache_scheme, netloc=self.cache_netloc)
        request = PurgeRequest(where.geturl(), headers={"Host": asked.netloc})
        try:
            with urlopen(request, timeout=TIMEOUT):  # noqa: S310 the scheme and host are those of the settings
                return True
        except HTTPError as error:
            logger.error("%s could not be purged: %s.", url, error)
            return True
        except (OSError, HTTPException) as error:
            logger.error("The cache at %s does not answer: %s.", self.cache_netloc, error)
            return False


class CloudflareBackend(backends.CloudflareBackend):
    """As Wagtail's, with an asterisk at the end of an address, which purges the whole zone."""

    def purge_batch(self, urls):
        if any(url.endswith("*") for url in urls):
            self._purge_zone()
        else:
            super().purge_batch(urls)

    def _purge_zone(self):
        if self.cloudflare_token:
            headers = {"Authorization": f"Bearer {self.cloudflare_token}"}
        else:
            headers = {
                "X-Auth-Email": self.cloudflare_email,
                "X-Auth-Key": self.cloudflare_api_key,
            }
        try:
            answer = requests.post(
                self.cloudflare_purge_endpoint_url,
                json={"purge_everything": True},
                headers=headers,
                timeout=30,
            )
            answer.raise_for_status()
        except requests.RequestException as error:
            logger.error("Cloudflare could not be purged: %s.", error)
