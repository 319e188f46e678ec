"""Reading without a connection: the worker in readers' browsers, and the page it falls back to.

The worker itself is ``offline_worker.js`` of the themes. It is told here where its pages are and
how dates are written. While the setting is off, its address answers with a script that removes it.
"""

import json
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import conditional_page, require_safe

from diptych.articles.languages.config.dates import date_in_words
from diptych.articles.languages.config.language_config import (
    active_language,
    available_language,
    available_languages,
)
from diptych.articles.languages.index.sites import site_of
from diptych.articles.languages.routes.hosts import languages_at
from diptych.articles.languages.routes.middleware import language_independent
from diptych.articles.languages.routes.public_urls import root_of, url_of_view

WORKER, PAGE = "diptych_offline_worker", "diptych_offline"
#: The scripts of the worker, while the setting is on and while it is off.
SCRIPT, REMOVAL = "diptych/js/offline_worker.js", "diptych/js/offline_removal.js"
#: A year and a day of the month whose figures are found nowhere else in a date.
YEAR, DAY = 2001, 28


def is_on():
    """Whether browsers keep articles for reading without a connection."""
    return bool(getattr(settings, "DIPTYCH_OFFLINE_READING", False))


def is_for_readers(request):
    """Whether a page is shown to readers of a journal that is on: no draft and no preview."""
    if not is_on() or request is None or site_of(request) is None:
        return False
    return not any(getattr(request, name, None) for name in ("is_preview", "draft_link"))


def can_be_stored(page, request):
    """Whether browsers may keep ``page`` as any visitor sees it in the active language."""
    return is_for_readers(request) and page.is_visible_in(active_language())


@require_safe
@conditional_page
@language_independent
def worker(request):
    """The script of the worker. Browsers ask for it with each page; no other cache keeps it."""
    site = site_of(request) if is_on() else None
    root = root_of(site) if site else None
    journal = _journal(languages_at(root)) if root else {}
    script = _script(SCRIPT if journal else REMOVAL)
    if journal:
        script = f"const JOURNAL = {json.dumps(journal)};\n{script}"
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _script(name):
    return Path(finders.find(name)).read_text(encoding="utf-8")


def _journal(languages):
    """The data of each language for the worker.

    The URL of its page, the URL that chooses the language, and the format of dates.
    """
    found = {}
    for language in languages:
        with override(language):
            choice = reverse("diptych_choose_language", args=[language])
            found[language] = {"page": reverse(PAGE), "choice": choice, "dates": _dates()}
    return found


def _dates():
    """The first of each month, and any other day of it, in words with ``{day}`` and ``{year}``."""
    months = range(1, 13)
    return {
        "first": [_pattern(date(YEAR, month, 1)) for month in months],
        "other": [_pattern(date(YEAR, month, DAY)).replace(str(DAY), "{day}") for month in months],
    }


def _pattern(day):
    """A date in words, on one line, for any year."""
    words = date_in_words(day).replace(" ", "\N{NO-BREAK SPACE}")
    return words.replace(str(YEAR), "{year}")


def offline(request):
    """The page that is shown where there is neither a connection nor a copy.

    The worker stores it; a script lists the stored articles on it.
    """
    if not is_on() or site_of(request) is None or available_language(get_language()) is None:
        raise Http404
    urls = {code: url_of_view(request, code, PAGE) for code in available_languages()}
    context = {"view_name": PAGE, "view_urls": urls, "language": active_language()}
    return TemplateResponse(request, "diptych/offline.html", context)


entrance = [path("offline-worker.js", worker, name=WORKER)]
# No page has an address with a dot.
urlpatterns = [path("offline.html", offline, name=PAGE)]
