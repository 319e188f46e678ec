"""In which languages a journal is open to readers: where any visitor may see a page of its site.

The addresses of a language that are no pages follow it: its archive, its list of feeds, its feeds,
its podcast, its search and its newsletter are found in these languages only. Links to them,
``hreflang`` and sitemaps ask here too, so that none leads to an address that is not found.
"""

from django.http import Http404

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.caching.versions import depends_on
from diptych.articles.languages.config.language_config import active_language, available_languages
from diptych.articles.languages.index.sites import site_of
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.public_urls import root_of

#: Whether a site is open in a language.
_open = TaggedCache()


def is_open_in(language, site):
    """Whether the journal of ``site``, which may be ``None``, is open; kept in memory."""
    if site is None:
        return False
    key = (site.root_page_id, language)
    return _open.get(key, [], lambda: _has_pages(language, site))


def _has_pages(language, site):
    """Whether there is a page; known until that page changes, or any where there is none."""
    page_id = _visible_page(language, site)
    depends_on(f"list:{language}" if page_id is None else f"page:{page_id}")
    return page_id is not None


def _visible_page(language, site):
    """The id of a page of ``site`` that any visitor may see, of its front page if possible."""
    root = root_of(site)
    if root is None:
        return None
    rows = PageLanguage.objects.visible_in(language)
    if rows.filter(page=site.root_page_id, url_path=root.root_path).exists():
        return site.root_page_id
    below = rows.filter(url_path__startswith=root.root_path).order_by()
    return below.values_list("page_id", flat=True).first()


def open_languages(site):
    """The codes of the languages in which the journal of ``site`` is open."""
    return [code for code in available_languages() if is_open_in(code, site)]


def open_site(request):
    """The site of ``request``; raises ``Http404`` if it is not open in the active language."""
    site = site_of(request)
    if not is_open_in(active_language(), site):
        raise Http404
    return site
