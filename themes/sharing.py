"""Links by which readers send an article on: addresses alone, nothing that counts or follows."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _

from articles.languages.available import active_language
from articles.models.settings import SHARE_LINKS

#: ``{url}`` and ``{headline}`` stand for the article, ``{both}`` for the one behind the other.
ADDRESSES = {
    "mail": "mailto:?subject={headline}&body={letter}",
    "whatsapp": "https://wa.me/?text={both}",
    "telegram": "https://t.me/share/url?url={url}&text={headline}",
    "bluesky": "https://bsky.app/intent/compose?text={both}",
    "linkedin": "https://www.linkedin.com/sharing/share-offsite/?url={url}",
    "facebook": "https://www.facebook.com/sharer/sharer.php?u={url}",
    "reddit": "https://www.reddit.com/submit?url={url}&title={headline}",
    "x": "https://x.com/intent/post?text={headline}&url={url}",
}


@dataclass(frozen=True)
class ShareLink:
    code: str
    label: str
    address: str


def share_links(page, url, chosen, journal_name):
    """The ``chosen`` links for ``page``, which stands at ``url``, in the order of the settings."""
    headline = page.text_in("headline", active_language()) or ""
    letter = _("An article in %(journal)s:") % {"journal": journal_name}
    values = {
        "url": url,
        "headline": headline,
        "both": f"{headline} {url}",
        "letter": f"{letter}\r\n\r\n{headline}\r\n{url}\r\n",
    }
    quoted = {name: quote(value, safe="") for name, value in values.items()}
    return [
        ShareLink(code, str(label), ADDRESSES[code].format(**quoted))
        for code, label in SHARE_LINKS
        if code in chosen and code in ADDRESSES
    ]
