"""The stylesheet of a page, joined from the common files, the theme and the accent colours.

It is built and compressed on the first request and cached in memory. Its URL contains a hash of
its contents, so that browsers can cache it without limit.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache, partial

from django.urls import reverse

from diptych.themes.look.fonts import font_rules
from diptych.themes.look.host_base import host_base
from diptych.themes.look.tokens import MODES, colour_value, properties_of, source_of

try:
    import brotli
except ImportError:  # Only gzip is used then.
    brotli = None

#: The cascade layers in ascending priority. Rules of a host outside any layer override them all.
LAYERS = "tokens, theme, journal, base, layout, components, utilities, print"
#: The names of the files that all themes share, in order.
COMMON = (
    "tokens",
    "elements",
    "page",
    "front",
    "masthead",
    "foot",
    "mode-choice",
    "heads",
    "people",
    "cards",
    "topic-rows",
    "listings",
    "print-issues",
    "text",
    "pictures",
    "asides",
    "article",
    "recording",
    "reuse",
    "side-by-side",
    "newsletter",
    "footnotes",
    "forms",
    "search",
    "utilities",
    "print",
)

#: The file that precedes the others within a template of the host.
HOST = "diptych/css/host.css"

#: The compressors by content encoding, the best first. Compressed stylesheets are cached.
COMPRESSORS = {"gzip": lru_cache(maxsize=16)(partial(gzip.compress, mtime=0))}
if brotli:
    COMPRESSORS = {"br": lru_cache(maxsize=16)(brotli.compress), **COMPRESSORS}

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_INDENT = re.compile(r"\s*\n\s*")
_BREAK = re.compile(r";\n(?=\})|(?<=[{};,])\n")
_LAYER = re.compile(r"^(@layer \w+ \{)$(.*?)^\}$", re.M | re.S)
_WHOLE_PAGE = re.compile(r"^(\s*)(?:html|body) \{$", re.M)
_WIDTH_OF_SCREEN = re.compile(r"@media \(width ([<>]=?) ([\d.]+)em\)")


@dataclass(frozen=True)
class Stylesheet:
    digest: str
    plain: bytes

    def in_encoding(self, accepted):
        """``(name, contents)`` in the best ``accepted`` encoding; ``""`` if uncompressed."""
        for name, pack in COMPRESSORS.items():
            if name in accepted:
                return name, pack(self.plain)
        return "", self.plain


def common_paths():
    """The paths of the static files that all themes share."""
    return [f"diptych/css/{name}.css" for name in COMMON]


def stylesheet_of(appearance):
    """The :class:`Stylesheet` of an :class:`~diptych.themes.appearance.Appearance`.

    Within a template of the host it concerns nothing but the element of class ``diptych``.
    """
    common = tuple(source_of(path) or "" for path in common_paths())
    theme = appearance.theme
    parts = (common, font_rules(theme), source_of(theme.stylesheet) or "", appearance.accent)
    return _scoped(*parts, source_of(HOST)) if host_base() else _joined(*parts)


def address_of(appearance):
    """The URL of the stylesheet, which changes with its contents."""
    where = {"theme": appearance.theme.name, "digest": stylesheet_of(appearance).digest}
    if appearance.accent:
        where["colours"] = appearance.accent
    return reverse("diptych_stylesheet", kwargs=where)


@lru_cache(maxsize=64)
def _joined(common, fonts, theme, accent):
    layers = [
        f"@layer {LAYERS};",
        fonts,
        *common,
        f"@layer theme {{\n{theme}\n}}",
        _journal(theme, accent),
    ]
    return _stylesheet(*layers)


@lru_cache(maxsize=64)
def _scoped(common, fonts, theme, accent, host):
    """The stylesheet for the element of class ``diptych``, in layers of its own.

    Selectors are nested in that of the element, which takes the place of the root. Where the width
    of the screen decides, that of the element does.
    """
    common = _WHOLE_PAGE.sub(r"\1& {", "\n".join(common))
    common = _WIDTH_OF_SCREEN.sub(r"@container diptych (width \1 \2rem)", common)
    return _stylesheet(
        f"@layer diptych {{@layer {LAYERS};}}",
        fonts,
        host,
        "@layer diptych {",
        _LAYER.sub(r"\1\n.diptych {\2}\n}", common).replace(":root", "&"),
        f"@layer theme {{.diptych {{\n{theme.replace(':root', '&')}\n}}}}",
        _journal(theme, accent).replace(":root", ".diptych"),
        "}",
    )


def _stylesheet(*parts):
    plain = _minified("\n".join(parts)).encode()
    return Stylesheet(hashlib.sha256(plain).hexdigest()[:12], plain)


def _journal(theme, accent):
    """The rule that replaces the accent of ``theme``, or ``""``."""
    own = properties_of(theme)
    colours = [
        colour or colour_value(own, "--colour-accent", mode)
        for colour, mode in zip(accent, MODES, strict=False)
    ]
    if not colours or None in colours:
        return ""
    return f"@layer journal {{:root {{--colour-accent: light-dark({', '.join(colours)});}}}}"


def _minified(source):
    """``source`` without comments, indentation and most line breaks.

    No string in CSS contains a line break.
    """
    return _BREAK.sub("", _INDENT.sub("\n", _COMMENT.sub("", source))).strip() + "\n"
