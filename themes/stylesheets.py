"""The one stylesheet of a page: what is the same in every theme, the theme, the journal's colour.

The parts are static files of a few hundred lines each, for people to read. What browsers get is
put together when it is first asked for and kept in memory, packed; its address names its
contents, so that it is fetched once.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache, partial

from django.urls import reverse

from themes.tokens import MODES, colour_in, properties_of, source_of

try:
    import brotli
except ImportError:  # Packed by gzip alone then.
    brotli = None

#: A rule of a later layer wins over one of an earlier layer, whatever their selectors. A host's
#: own rules, outside any layer, win over all.
LAYERS = "tokens, theme, journal, base, layout, components, utilities, print"
#: The parts that are the same in every theme, in order.
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

#: What packs a stylesheet for each encoding, the best first. Packing well takes its time, and is
#: done once for each of the sheets that are asked for.
PACKERS = {"gzip": lru_cache(maxsize=16)(partial(gzip.compress, mtime=0))}
if brotli:
    PACKERS = {"br": lru_cache(maxsize=16)(brotli.compress), **PACKERS}

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_INDENT = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Stylesheet:
    digest: str
    plain: bytes

    def in_encoding(self, accepted):
        """``(name, contents)`` in the best of the ``accepted`` encodings; no name if plain."""
        for name, pack in PACKERS.items():
            if name in accepted:
                return name, pack(self.plain)
        return "", self.plain


def common_paths():
    """The static files that every theme shares."""
    return [f"diptych/css/{name}.css" for name in COMMON]


def stylesheet_of(appearance):
    """The :class:`Stylesheet` of an :class:`~themes.appearance.Appearance`."""
    common = tuple(source_of(path) or "" for path in common_paths())
    return _joined(common, source_of(appearance.theme.stylesheet) or "", appearance.accent)


def address_of(appearance):
    """Where the stylesheet is served; another one as soon as anything in it changes."""
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
    plain = _lean("\n".join(layers)).encode()
    return Stylesheet(hashlib.sha256(plain).hexdigest()[:12], plain)


def _journal(theme, accent):
    """The rule that puts the journal's accent in the place of the theme's."""
    own = properties_of(theme)
    colours = [
        colour or colour_in(own, "--colour-accent", mode)
        for colour, mode in zip(accent, MODES, strict=False)
    ]
    if not colours or None in colours:
        return ""
    return f"@layer journal {{:root {{--colour-accent: light-dark({', '.join(colours)});}}}}"


def _lean(source):
    """Without comments and indents, which weigh a third. No string of CSS holds a line break."""
    return _INDENT.sub("\n", _COMMENT.sub("", source)).strip() + "\n"
