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

from themes.tokens import MODES, colour_value, properties_of, source_of

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
    "heads",
    "people",
    "cards",
    "topic-rows",
    "listings",
    "text",
    "pictures",
    "asides",
    "article",
    "footnotes",
    "forms",
    "search",
    "utilities",
    "print",
)

#: The compressors by content encoding, the best first. Compressed stylesheets are cached.
COMPRESSORS = {"gzip": lru_cache(maxsize=16)(partial(gzip.compress, mtime=0))}
if brotli:
    COMPRESSORS = {"br": lru_cache(maxsize=16)(brotli.compress), **COMPRESSORS}

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_INDENT = re.compile(r"\s*\n\s*")


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
    """The :class:`Stylesheet` of an :class:`~themes.appearance.Appearance`."""
    common = tuple(source_of(path) or "" for path in common_paths())
    return _joined(common, source_of(appearance.theme.stylesheet) or "", appearance.accent)


def address_of(appearance):
    """The URL of the stylesheet, which changes with its contents."""
    where = {"theme": appearance.theme.name, "digest": stylesheet_of(appearance).digest}
    if appearance.accent:
        where["colours"] = appearance.accent
    return reverse("diptych_stylesheet", kwargs=where)


@lru_cache(maxsize=64)
def _joined(common, theme, accent):
    layers = [
        f"@layer {LAYERS};",
        *common,
        f"@layer theme {{\n{theme}\n}}",
        _journal(theme, accent),
    ]
    plain = _minified("\n".join(layers)).encode()
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
    """``source`` without comments and indentation; no string in CSS contains a line break."""
    return _INDENT.sub("\n", _COMMENT.sub("", source)).strip() + "\n"
