"""The typefaces of a theme: files that the site serves itself, and the rules that declare them."""

import posixpath
import re

from django.templatetags.static import static

from diptych.themes.look.tokens import source_of

_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+?)["']?\s*\)""")


def font_rules(theme):
    """The ``@font-face`` rules of ``theme``, with the URLs of the collected files."""
    return "\n".join(_with_urls(path) for path in theme.fonts)


def font_files(path):
    """The static files that the stylesheet at ``path`` names, in order and without repetition."""
    found = _ADDRESS.findall(source_of(path) or "")
    return list(dict.fromkeys(_adjacent_path(path, address) for address in found))


def preloaded_fonts(theme):
    """The URLs of the files that the first screen of every page needs."""
    return [static(path) for path in theme.preload]


def _with_urls(path):
    def written(match):
        return f'url("{static(_adjacent_path(path, match[1]))}")'

    return _ADDRESS.sub(written, source_of(path) or "")


def _adjacent_path(path, address):
    """The static file that ``address`` means within the stylesheet at ``path``."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
