"""HTML for other programs: plain elements, without scripts, styles and relative addresses."""

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup, NavigableString

#: White space of templates between elements, without no-break spaces.
SPACES = re.compile(r"[ \t\r\n]+")

#: Elements removed with their content.
LEFT_OUT = (
    "script, style, template, svg, button, form, input, iframe, object, noscript, "
    "source, [hidden], [aria-hidden=true], [data-on-site]"
)
#: Pictures with their captions and ways back from notes, removed from what is republished.
OF_PAGE = "figure:has(img), img, [role=doc-backlink]"
#: Links within the page, replaced by their content there.
LINKS_WITHIN = "a[href^='#']"
#: Links of headings to themselves, removed.
LINKED_HEADINGS = ":is(h1, h2, h3, h4) > a[href^='#']"
#: Elements replaced by their content where no attribute is left.
UNWRAPPED = ("a", "div", "span", "picture", "section", "header", "footer")
KEPT = {
    "a": ("href", "hreflang"),
    "img": ("src", "alt", "width", "height"),
    "blockquote": ("cite",),
    "time": ("datetime",),
    "th": ("scope", "colspan", "rowspan"),
    "td": ("colspan", "rowspan"),
    "ol": ("start",),
}
#: Attributes for language and direction, kept.
EVERYWHERE = ("lang", "dir")


def portable(html, address, to_republish=False):
    """``html`` of the page at ``address`` without scripts, styles and relative addresses.

    Text to republish elsewhere has neither pictures nor links within the page.
    """
    document = BeautifulSoup(html, "html.parser")
    for element in document.select(f"{LEFT_OUT}, {OF_PAGE}" if to_republish else LEFT_OUT):
        element.decompose()
    for element in document.select(LINKS_WITHIN if to_republish else LINKED_HEADINGS):
        element.unwrap()
    for element in document.find_all(True):
        _make_plain(element, address)
    document.smooth()
    for text in document.find_all(string=SPACES):
        if type(text) is NavigableString and not text.find_parent("pre"):
            text.replace_with(SPACES.sub(" ", text))
    return str(document).strip()


def _make_plain(element, address):
    kept = (*KEPT.get(element.name, ()), *EVERYWHERE)
    element.attrs = {name: value for name, value in element.attrs.items() if name in kept}
    for name in ("href", "src"):
        if element.get(name):
            _make_absolute(element, name, address)
    if element.name in UNWRAPPED and not element.attrs:
        element.unwrap()


def _make_absolute(element, name, address):
    """Make the address in an attribute absolute; remove an invalid one."""
    try:
        element[name] = urljoin(address, element[name])
    except ValueError:
        del element[name]
