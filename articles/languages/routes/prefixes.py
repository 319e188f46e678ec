"""The language of an address: its prefix, or the project's default language without one.

That is a matter of the host's ``i18n_patterns``. Unlike Django, only the whole first part of a path
is a prefix: ``/en-voyage/`` is no address in English.
"""

from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.urls import (
    NoReverseMatch,
    Resolver404,
    get_script_prefix,
    get_urlconf,
    resolve,
    reverse,
)
from django.utils.translation import override

from diptych.articles.languages.routes.hosts import language_asked, language_hosts

#: The name of the addresses of pages in several languages. That of all other pages, which a host
#: may serve by Wagtail's own view, is ``wagtail_serve``.
PAGE = "diptych_page"


def has_prefix(language):
    """Whether addresses in ``language`` begin with it."""
    if language in language_hosts():
        return False
    return not (language == settings.LANGUAGE_CODE and is_default_unprefixed())


def is_default_unprefixed(urlconf=None):
    """Whether the addresses of ``LANGUAGE_CODE`` have no prefix, while others have one."""
    is_used, is_default_prefixed = is_language_prefix_patterns_used(_given(urlconf))
    return is_used and not is_default_prefixed


def are_prefixes_used(urlconf=None):
    """Whether the addresses of any language have a prefix."""
    return is_language_prefix_patterns_used(_given(urlconf))[0]


def has_entrance():
    """Whether the root of the host leads to a language, because no page stands there."""
    return are_prefixes_used() and not is_default_unprefixed() and not language_asked()


def _given(urlconf):
    return urlconf or get_urlconf() or settings.ROOT_URLCONF


def prefix_of(path):
    """The language of ``LANGUAGES`` that ``path`` begins with, or ``None``."""
    first = path[1:].partition("/")[0]
    return first if any(first == code for code, _name in settings.LANGUAGES) else None


def language_of_path(path, urlconf=None):
    """The language of the address ``path``, or ``None`` where it has none.

    The host of the request may determine it as well.
    """
    if not are_prefixes_used(urlconf):
        return None
    prefix = prefix_of(path) or language_asked()
    return settings.LANGUAGE_CODE if prefix is None and is_default_unprefixed(urlconf) else prefix


def stale_prefix_of(path):
    """The prefix of ``path``, if it is that of the default language and this has none."""
    prefix = prefix_of(path)
    return prefix if prefix == settings.LANGUAGE_CODE and is_default_unprefixed() else None


def is_reserved(slug, language):
    """Whether a page directly below the root of a site could not be reached at ``slug``.

    It is the prefix of a language, where those of ``language`` have none, or another view answers.
    """
    if not has_prefix(language) and slug in dict(settings.LANGUAGES):
        return True
    with override(language):
        try:
            address = reverse(PAGE, args=[f"{slug}/"])
            found = resolve(address.removeprefix(get_script_prefix()[:-1]))
        except (NoReverseMatch, Resolver404):
            return False
    return found.url_name not in (PAGE, "wagtail_serve")
