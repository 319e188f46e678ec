"""Tells search engines that take part in IndexNow which addresses have been published.

Off unless ``DIPTYCH_INDEXNOW_KEY`` is set. Nothing but addresses that any visitor may read is sent:
no texts, and no address of a draft or of a private page.
"""

import logging
import re
from collections import defaultdict
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.core.checks import Error
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from diptych.articles.languages.config.background import after_commit, on_backend
from diptych.articles.languages.config.signals import languages_published
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.addresses import public_urls
from diptych.articles.languages.routes.middleware import language_independent

logger = logging.getLogger(__name__)

#: The endpoint for URLs without ``DIPTYCH_INDEXNOW_ENDPOINT``.
ENDPOINT = "https://api.indexnow.org/indexnow"
#: The queue of its own that a project may have for it.
BACKEND = "indexnow"
#: How long it may take to answer, in seconds.
TIMEOUT = 10
_KEY = re.compile(r"[A-Za-z0-9-]{8,128}")


def indexnow_key():
    """The key by which engines see that addresses come from the site; empty if it is off."""
    return getattr(settings, "DIPTYCH_INDEXNOW_KEY", "")


def check_key(app_configs, **kwargs):
    """A system check of the form of the key."""
    key = indexnow_key()
    if not key or _KEY.fullmatch(key):
        return []
    message = _("DIPTYCH_INDEXNOW_KEY has to be 8 to 128 letters, digits and hyphens.")
    return [Error(message, id="diptych.E016")]


@language_independent
def key_file(request):
    """The file in which engines find the key."""
    if not indexnow_key():
        raise Http404
    return HttpResponse(indexnow_key(), content_type="text/plain")


def tell_later(sender, page, languages, **kwargs):
    """Tell of a page after it is published: a receiver of ``languages_published``."""
    if indexnow_key():
        after_commit(on_backend(tell, BACKEND).enqueue, str(page.pk), sorted(languages))


@task()
def tell(page_pk, languages):
    """Send the addresses of a page in those of ``languages`` in which visitors may read it."""
    rows = PageLanguage.objects.visible().filter(page=page_pk, language__in=languages)
    by_origin = defaultdict(list)
    for language, url_path in rows.order_by("language").values_list("language", "url_path"):
        for url in public_urls(language, [url_path]):
            parts = urlsplit(url)
            by_origin[parts.scheme, parts.netloc].append(url)
    for (scheme, host), urls in by_origin.items():
        _send(scheme, host, urls)


def _send(scheme, host, urls):
    """Send the addresses of one host; an error is logged, as the next change tells again."""
    sent = {
        "host": host,
        "key": indexnow_key(),
        "keyLocation": f"{scheme}://{host}{reverse('diptych_indexnow_key')}",
        "urlList": urls,
    }
    endpoint = getattr(settings, "DIPTYCH_INDEXNOW_ENDPOINT", ENDPOINT)
    try:
        requests.post(endpoint, json=sent, timeout=TIMEOUT).raise_for_status()
    except requests.RequestException as error:
        logger.warning("IndexNow was not told of %s: %s.", ", ".join(urls), error)


def connect():
    languages_published.connect(tell_later, dispatch_uid="diptych_indexnow")
