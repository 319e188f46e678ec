"""A host for each language, by the setting ``DIPTYCH_LANGUAGE_HOSTS``.

It has the name of a host by language, or several for as many sites. Each is a site of Wagtail,
whose scheme and port are those of the addresses; sites for the languages of one tree start at one
page. Addresses on such a host have no prefix.
"""

from urllib.parse import urlsplit

from asgiref.local import Local
from django.conf import settings
from django.http.request import split_domain_port
from django.urls import LocalePrefixPattern, URLResolver
from django.utils.translation import get_language
from wagtail.models import Site

from diptych.articles.languages.config.language_config import available_languages

#: The language of the host that is asked, for as long as a request takes.
_asked = Local()


def language_hosts():
    """The names of hosts by language; empty without the setting."""
    chosen = getattr(settings, "DIPTYCH_LANGUAGE_HOSTS", {})
    return {
        language: (hosts,) if isinstance(hosts, str) else tuple(hosts)
        for language, hosts in chosen.items()
    }


def language_of_host(host):
    """The language that the host of a request, with or without port, is for; else ``None``."""
    name = split_domain_port(host)[0]
    found = (language for language, hosts in language_hosts().items() if name in hosts)
    return next(found, None)


def language_of_root(root):
    """The language of the host of ``root``, one of ``Site.get_site_root_paths()``."""
    return language_of_host(urlsplit(root.root_url).hostname or "")


def set_language_asked(language):
    """Set the language of the host of this request; ``None`` for a host without one."""
    _asked.language = language


def language_asked():
    """The language of the host of this request, or ``None``; see ``set_language_asked``."""
    language = getattr(_asked, "language", None)
    return language if language in language_hosts() else None


def root_in(language, root):
    """The root, of the sites that start at the page of ``root``, whose host is for ``language``.

    For a language without a host, one whose host is for none. ``root`` itself if there is none.
    """
    hosts = language_hosts()
    if not hosts:
        return root
    wanted = language if language in hosts else None
    if language_of_root(root) == wanted:
        return root
    roots = [each for each in Site.get_site_root_paths() if each.root_path == root.root_path]
    return next((each for each in roots if language_of_root(each) == wanted), root)


def languages_at(root):
    """The languages whose pages stand on the host of ``root``."""
    return [code for code in available_languages() if root_in(code, root) == root]


class LanguagePattern(LocalePrefixPattern):
    """Django's pattern, without a prefix where a language has a host.

    On any other host it has one, as the host does not determine the language there.
    """

    @property
    def language_prefix(self):
        return "" if get_language() in language_hosts() else super().language_prefix

    def match(self, path):
        language = get_language()
        prefix = "" if language and language == language_asked() else super().language_prefix
        return (path.removeprefix(prefix), (), {}) if path.startswith(prefix) else None


def i18n_patterns(*urls, prefix_default_language=True):
    """As Django's, for ``urls.py`` of a project with ``DIPTYCH_LANGUAGE_HOSTS``."""
    if not settings.USE_I18N:
        return list(urls)
    return [URLResolver(LanguagePattern(prefix_default_language), list(urls))]
