"""HTML for other programs: plain elements, without scripts, styles and relative addresses."""

import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup, NavigableString

#: White space of templates between elements, without no-break spaces.
SPACES = re.compile(r"[ \t\r\n]+")

#: Elements removed with their content.
LEFT_OUT = {"button", "form", "iframe", "input", "noscript", "object"} | {
    *("script", "source", "style", "svg", "template")
}
#: Pictures with their captions and ways back from notes, removed from what is republished.
OF_PAGE = "figure:has(img), img, [role=doc-backlink]"
#: Links within the page, replaced by their content there.
LINK_WITHIN = re.compile("^#")
#: Headings whose links to themselves are replaced by their content.
HEADINGS = ("h1", "h2", "h3", "h4")
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
    for element in document.find_all(_is_left_out):
        element.decompose()
    for element in document.select(OF_PAGE) if to_republish else ():
        element.decompose()
    for link in document.find_all("a", href=LINK_WITHIN):
        if to_republish or link.parent.name in HEADINGS:
            link.unwrap()
    for element in document.find_all(True):
        _make_plain(element, address)
    document.smooth()
    for text in [each for each in document.descendants if type(each) is NavigableString]:
        plain = SPACES.sub(" ", text)
        if plain != text and not text.find_parent("pre"):
            text.replace_with(plain)
    return str(document).strip()


def _is_left_out(element):
    given = element.attrs
    return (
        element.name in LEFT_OUT
        or "hidden" in given
        or "data-on-site" in given
        or given.get("aria-hidden") == "true"
    )


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
