"""HTML that reads the same anywhere: without the site's scripts, styles and relative addresses."""

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup

#: What a template leaves between elements; spaces that keep words together are none of it.
SPACES = re.compile(r"[ \t\r\n]+")

#: What only works on the site, or only shows there.
LEFT_OUT = (
    "script, style, template, svg, button, form, input, iframe, object, noscript, "
    "source, [hidden], [aria-hidden=true], [data-on-site]"
)
#: Headings lead to themselves only where their page is.
LINKED_HEADINGS = ":is(h1, h2, h3, h4) > a[href^='#']"
#: What is only there to be styled.
FRAMES = ("div", "span", "picture", "section", "header", "footer")
KEPT = {
    "a": ("href", "hreflang"),
    "img": ("src", "alt", "width", "height"),
    "blockquote": ("cite",),
    "time": ("datetime",),
    "th": ("scope", "colspan", "rowspan"),
    "td": ("colspan", "rowspan"),
    "ol": ("start",),
}
#: Attributes that say in which language and direction a passage is to be read.
EVERYWHERE = ("lang", "dir")


def portable(html, address):
    """``html`` from the page at ``address``, for programs that show it elsewhere."""
    document = BeautifulSoup(html, "html.parser")
    for element in document.select(LEFT_OUT):
        element.decompose()
    for element in document.select(LINKED_HEADINGS):
        element.unwrap()
    for element in document.find_all(True):
        _make_plain(element, address)
    return SPACES.sub(" ", str(document)).strip()


def _make_plain(element, address):
    kept = (*KEPT.get(element.name, ()), *EVERYWHERE)
    element.attrs = {name: value for name, value in element.attrs.items() if name in kept}
    for name in ("href", "src"):
        if element.get(name):
            _make_absolute(element, name, address)
    if element.name in FRAMES and not element.attrs:
        element.unwrap()


def _make_absolute(element, name, address):
    """Give an attribute the whole address; one that is no address is left out."""
    try:
        element[name] = urljoin(address, element[name])
    except ValueError:
        del element[name]
