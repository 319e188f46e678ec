"""Which targets a link in a text may have: such as readers can open."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, reverse

SCHEMES = {"http", "https", "ftp", "mailto", "tel"}
#: Anchors that word processors make: footnotes, comments, tables of contents, bookmarks.
MADE_BY_WORD_PROCESSORS = re.compile(
    r"_(?:ftn|edn|ftnref|ednref|msocom|msoanchor|toc|ref|hlk|heading)[_\d]"
    r"|sd(?:foot|end)note\d|(?:ftnt|cmnt)(?:_ref)?\d",
    re.IGNORECASE,
)
#: Parts of Wagtail's admin, below its root.
_ADMIN_PARTS = re.compile(r"(?:pages|images|documents|login|reports|snippets|diptych)(?:/|$)")
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\xa0\ufffd]+")


def public_href(address):
    """``address`` if readers can follow it, else "".

    Not public are addresses of other schemes (``javascript:``, ``data:``, ``file:``), of the admin,
    of files beside a document, and anchors that word processors make.
    """
    if not isinstance(address, str):
        return ""
    compact = _IGNORED_BY_BROWSERS.sub("", address)
    try:
        parts = urlsplit(compact)
    except ValueError:
        return ""
    if parts.scheme:
        is_public = parts.scheme in SCHEMES and bool(parts.netloc or parts.path)
    elif parts.netloc or parts.path:
        is_public = compact.startswith("/")
    else:
        is_public = bool(parts.fragment)
    if not is_public or MADE_BY_WORD_PROCESSORS.match(parts.fragment) or _is_admin(parts):
        return ""
    return address.strip()


def _is_admin(parts):
    """Whether an address leads into the admin of this site, at whatever host it was copied from."""
    try:
        root = reverse("wagtailadmin_home")
    except NoReverseMatch:
        return False
    if not f"{parts.path}/".startswith(root):
        return False
    base = urlsplit(getattr(settings, "WAGTAILADMIN_BASE_URL", None) or "").netloc
    return parts.netloc in ("", base) or bool(_ADMIN_PARTS.match(parts.path[len(root) :]))
