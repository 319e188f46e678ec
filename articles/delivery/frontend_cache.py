"""Wagtail's application for caches in front of the site, which are purged in the background.

``diptych.articles.delivery.frontend_cache.FrontCacheConfig`` goes into ``INSTALLED_APPS`` in place
of ``wagtail.contrib.frontend_cache``, and the backends below into ``WAGTAILFRONTENDCACHE``.
"""

import logging
from http.client import GONE, NOT_FOUND, OK, PRECONDITION_FAILED, HTTPException
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
#: The statuses of answers after which a cache does not have the address, or never had it.
FORGOTTEN = (OK, NOT_FOUND, GONE, PRECONDITION_FAILED)


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
    from wagtail.contrib.frontend_cache.utils import PurgeBatch

    from diptych.articles.languages.publication.pages import MultilingualPageMixin
    from diptych.articles.languages.routes.frontend_caches import purge_later

    if isinstance(instance, MultilingualPageMixin):
        return
    batch = PurgeBatch()
    batch.add_page(instance)
    purge_later(batch.urls)


class RetriedMixin:
    """Keeps the addresses that could not be purged, those that ``_purge`` returns.

    A caller that tells again itself has them in a list, the parameter ``UNPURGED``.
    """

    def __init__(self, params):
        super().__init__(params)
        self.unpurged = params.get("UNPURGED")

    def purge_batch(self, urls):
        left = self._purge(urls)
        if left:
            logger.error("%d addresses were not purged.", len(left))
            self._keep(left)

    def purge(self, url):
        self.purge_batch([url])

    def _keep(self, urls):
        from diptych.articles.languages.routes.frontend_caches import keep_unpurged

        if self.unpurged is None:
            keep_unpurged(urls)
        else:
            self.unpurged += urls


class HTTPBackend(RetriedMixin, backends.HTTPBackend):
    """Like Wagtail's backend, with time-outs; a timer retries failed purges."""

    def _purge(self, urls):
        left = []
        for number, url in enumerate(urls):
            status = self._ask(url)
            if status is None:
                left += urls[number:]
                break
            if status not in FORGOTTEN:
                left.append(url)
        return left

    def _ask(self, url):
        """Purge ``url``; the status of the answer, ``None`` if the cache does not answer at all."""
        asked = urlsplit(url)
        where = asked._replace(scheme=self.cache_scheme, netloc=self.cache_netloc)
        request = PurgeRequest(where.geturl(), headers={"Host": asked.netloc})
        try:
            with urlopen(request, timeout=TIMEOUT):  # noqa: S310 the scheme and host are those of the settings
                return OK
        except HTTPError as error:
            logger.error("%s could not be purged: %s.", url, error)
            return error.code
        except (OSError, HTTPException) as error:
            logger.error("The cache at %s does not answer: %s.", self.cache_netloc, error)
            return None


class CloudflareBackend(RetriedMixin, backends.CloudflareBackend):
    """Like Wagtail's backend; a URL that ends with an asterisk purges the whole zone.

    A timer retries failed purges.
    """

    def _purge(self, urls):
        is_everything = any(url.endswith("*") for url in urls)
        size = len(urls) if is_everything else self.CHUNK_SIZE
        left = []
        for start in range(0, len(urls), size):
            chunk = urls[start : start + size]
            is_purged = self._ask({"purge_everything": True} if is_everything else {"files": chunk})
            if is_purged is None:
                left += urls[start:]
                break
            if not is_purged:
                left += chunk
        return left

    def _ask(self, what):
        """Whether Cloudflare did ``what`` it was asked; ``None`` if it does not answer at all."""
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
                json=what,
                headers=headers,
                timeout=30,
            )
        except (requests.ConnectionError, requests.Timeout) as error:
            logger.error("Cloudflare does not answer: %s.", error)
            return None
        except requests.RequestException as error:
            logger.error("Cloudflare could not be purged: %s.", error)
            return False
        return _is_done(answer)


def _is_done(answer):
    """Whether Cloudflare says that it did what it was asked; logs its reasons if it did not."""
    try:
        said = answer.json()
        if answer.ok and said["success"]:
            return True
        reasons = ", ".join(str(each["message"]) for each in said["errors"])
    except (ValueError, LookupError, TypeError):
        reasons = "it did not say why"
    logger.error("Cloudflare could not be purged, %d: %s.", answer.status_code, reasons)
    return False
