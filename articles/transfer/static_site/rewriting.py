"""Links of pages, feeds and stylesheets: found, and written as a copy of the site needs them."""

import re
from functools import partial
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import quote, quote_plus

#: Attributes that hold one URL.
URLS = frozenset(
    ("href", "src", "action", "poster", "data-search-index", "data-search-root", "formaction")
)
#: Attributes that hold several, each with its width.
SETS = frozenset(("srcset", "imagesrcset"))
#: Elements whose absolute URLs stay absolute: search engines and other sites read them.
METADATA = frozenset(("link", "meta"))
#: Elements with this attribute belong to the search, and are left out of a copy without one.
OF_SEARCH = "data-site-search"
#: Elements with this attribute need a site that runs, and are left out of every copy.
LIVE_ONLY = "data-live-only"
ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'<>=`]+))""")
CSS_URL = re.compile(r"""(url\(\s*["']?|@import\s+["'])([^"')]+)""")
REFRESH = re.compile(r"(\d+;\s*url=)(\S+)\Z", re.I)
#: What structured data says of the search.
SEARCH_ACTION = re.compile(
    r',\s*"potentialAction": \{"@type": "SearchAction", .*?"query-input": "[^"]*"\}'
)
ROBOTS = re.compile(r'<meta name="robots" content="[^"]*noindex')


class Rewriter:
    """Rewrites documents of the site for :class:`~.addresses.Addresses`.

    ``found`` collects the addresses that the last document leads to; those that stand in its text
    alone, outside links, are in ``mentioned``.
    """

    def __init__(self, addresses):
        self.addresses = addresses
        root = addresses.root_url
        roots = "|".join(re.escape(each) for each in (root, *addresses.hosts_of_files))
        self._mention = re.compile(rf"""(?:{roots})((?:[/?#][^\s"'<>&\\]*)?)(?![\w.:-])""")
        self._escaped = {
            method(root, safe=""): method(addresses.base, safe="")
            for method in (quote, quote_plus)
            if root != addresses.base
        }

    def document(self, content, kind, address, place):
        """``content`` as it is written to ``place``; ``None`` for ``place`` keeps links whole."""
        self.found, self.mentioned = set(), set()
        self.address, self.from_place = address, place
        try:
            return self._document(content, kind)
        except UnicodeDecodeError:
            return content

    def _document(self, content, kind):
        if kind == "text/html":
            return self._html(content.decode()).encode()
        if kind == "text/css":
            return CSS_URL.sub(self._of_css, content.decode()).encode()
        if kind.endswith(("xml", "json")) or kind == "text/plain":
            return self._text(content.decode()).encode()
        return content

    def link(self, url):
        """``url`` of a link as the copy has it."""
        if not url or url.startswith("#"):
            return url
        address = self.addresses.own(url, self.address)
        if address is None:
            return url
        self.found.add(address)
        written = self.addresses.link(address, url.partition("#")[2], self.from_place)
        return url if written is None else written

    def _text(self, text):
        """Replace each URL of this site within ``text`` by that of the copy."""
        for old, new in self._escaped.items():
            text = text.replace(old, new)
        return self._mention.sub(self._of_text, text)

    def _of_text(self, match):
        url, _mark, fragment = match[0].partition("#")
        if url == self.addresses.root_url:
            return f"{self.addresses.base}{match[1]}"
        address = self.addresses.own(url)
        self.mentioned.add(address)
        whole = self.addresses.whole(address, fragment)
        return whole or match[0].replace(self.addresses.root_url, self.addresses.base, 1)

    def _of_css(self, match):
        if match[2].startswith("data:"):
            return match[0]
        return f"{match[1]}{self.link(match[2])}"

    def _html(self, text):
        if not self.addresses.with_search:
            text = SEARCH_ACTION.sub("", text)
        tags = _Tags(text, {LIVE_ONLY} if self.addresses.with_search else {LIVE_ONLY, OF_SEARCH})
        parts, last = [], 0
        for start, end, name in tags.found:
            if start < last:
                continue
            parts.append(self._text(text[last:start]))
            if name:
                parts.append(ATTRIBUTE.sub(partial(self._of_tag, name), text[start:end]))
            last = end
        parts.append(self._text(text[last:]))
        return "".join(parts)

    def _of_tag(self, tag, match):
        name, equals = match[1].lower(), match[2]
        value = unescape(next(each for each in match.groups()[2:] if each is not None))
        new = self._value(tag, name, value)
        return match[0] if new == value else f'{match[1]}{equals}"{escape(new)}"'

    def _value(self, tag, name, value):
        if name in SETS:
            return ", ".join(self._of_set(each) for each in value.split(","))
        if tag == "meta" and (refresh := REFRESH.match(value)):
            return f"{refresh[1]}{self.link(refresh[2])}"
        is_for_others = tag in METADATA and value.startswith(self.addresses.root_url)
        if name in URLS and not is_for_others and self.addresses.own(value, self.address):
            return self.link(value)
        return self._text(value)

    def _of_set(self, candidate):
        url, space, width = candidate.strip().partition(" ")
        return f"{self.link(url)}{space}{width}"


class _Tags(HTMLParser):
    """The start tags of ``text`` as ``(start, end, name)``.

    Whole elements with an attribute of ``left_out`` are in the list as well, with no name.
    """

    def __init__(self, text, left_out):
        super().__init__(convert_charrefs=False)
        self.text, self.left_out = text, left_out
        self.found, self.open = [], None
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.feed(text)
        self.close()

    def _offset(self):
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag, attrs):
        start = self._offset()
        if self.open:
            self.open[2] += tag == self.open[0]
        elif any(name in self.left_out for name, _value in attrs):
            self.open = [tag, start, 1]
        else:
            self.found.append((start, start + len(self.get_starttag_text()), tag))

    def handle_startendtag(self, tag, attrs):
        start = self._offset()
        if not self.open:
            self.found.append((start, start + len(self.get_starttag_text()), tag))

    def handle_endtag(self, tag):
        if self.open and tag == self.open[0]:
            self.open[2] -= 1
            if not self.open[2]:
                end = self.text.index(">", self._offset()) + 1
                self.found.append((self.open[1], end, ""))
                self.open = None
