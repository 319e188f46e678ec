"""Rich text as Markdown."""

import re

from bs4 import BeautifulSoup, NavigableString

from diptych.articles.languages.config.content import SYNONYMS

#: Marks of Markdown around a text, by element, with what a span is called that says the same.
MARKS = {"b": ("**", "strong"), "i": ("*", "em"), "sup": ("^", "sup"), "sub": ("~", "sub")}
_SPECIAL = re.compile(r"[\\`*\[\]<{}~^|]|&(?=#?\w+;)|(?<!\w)_|_(?!\w)")
#: White space that editors of texts and parsers of Markdown take for another one.
_ODD = re.compile(r"[\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_SPACES = re.compile(r"[ \t\n\r]+")
_STARTS = re.compile(r"(?:[#>+=:-]|(\d{1,9})[.)])")
_EDGE = re.compile(r"^[^\S ]|[^\S ]$")
_PLAIN_ADDRESS = re.compile(r"[^\s<>()\\]+")


class NotWritable(Exception):
    """Rich text that Markdown has no words for."""


def escaped(text):
    """``text`` so that none of its characters is taken for markup."""
    text = _SPECIAL.sub(lambda found: f"\\{found[0]}", text)
    return _ODD.sub(_entity, text)


def guarded(line):
    """``line``, that starts a line, so that its start is not taken for markup."""
    found = _STARTS.match(line)
    if found:
        place = len(found[1]) if found[1] else 0
        line = f"{line[:place]}\\{line[place:]}"
    return _EDGE.sub(_entity, line)


def _entity(found):
    return f"&#{ord(found[0])};"


def destination(address):
    """``address`` as the destination of a link."""
    address = re.sub(r"&(?=#?\w+;)", r"\\&", address)
    if _PLAIN_ADDRESS.fullmatch(address):
        return address
    if "\n" in address:
        raise NotWritable
    return f"<{re.sub(r'([<>])', chr(92) * 2 + 'g<1>', address)}>"


class RichText:
    """Writes rich text. With ``spans``, marks are spans with a class, which stand anywhere."""

    def __init__(self, names, spans=False):
        self.names, self.spans = names, spans

    def blocks(self, html):
        """``(kind, text)`` of each block in ``html``: a paragraph, a list or a rule."""
        soup = BeautifulSoup(html, "html.parser")
        if soup.find(True) is None or not {"p", "ul", "ol", "hr"} & {
            each.name for each in soup.find_all(True, recursive=False)
        }:
            return [("paragraph", self.lines(soup))] if soup.get_text(strip=True) else []
        found = []
        for each in soup.children:
            if isinstance(each, NavigableString):
                if each.strip():
                    raise NotWritable
            elif each.name == "p":
                if each.contents and (each.get_text(strip=True) or each.find(True)):
                    found.append(("paragraph", self.lines(each)))
            elif each.name == "hr":
                found.append(("rule", "---"))
            elif each.name in ("ul", "ol"):
                found.append(("list", self.list_of(each, "")))
            else:
                raise NotWritable
        return found

    def list_of(self, element, indent):
        """A list as lines, the lists within it further in by ``indent``."""
        lines = []
        for number, item in enumerate(element.find_all(True, recursive=False), start=1):
            if item.name != "li":
                raise NotWritable
            mark = "- " if element.name == "ul" else f"{number}. "
            nested = [each for each in item.find_all(["ul", "ol"], recursive=False)]
            for each in nested:
                each.extract()
            inner = indent + " " * len(mark)
            words = self.lines(item).replace("\n", f"\n{inner}")
            lines.append(f"{indent}{mark}{words}")
            lines += [self.list_of(each, inner) for each in nested]
        return "\n".join(lines)

    def lines(self, element):
        """The content of a paragraph; a line of it for each line break."""
        parts = self.inline(element).split("\n")
        return "\n".join(guarded(part.strip(" ")) for part in parts)

    def inline(self, element, within=()):
        children = list(element.children)
        parts = []
        for number, child in enumerate(children):
            if isinstance(child, NavigableString):
                text = escaped(_SPACES.sub(" ", str(child)))
                is_before = number + 1 < len(children) and text.endswith("!")
                parts.append(f"{text[:-1]}\\!" if is_before else text)
            else:
                parts.append(self.element(child, within))
        return "".join(parts)

    def element(self, element, within):
        name = SYNONYMS.get(element.name, element.name)
        name = {"strong": "b", "em": "i"}.get(name, name)
        if name == "br":
            return "\\\n"
        content = self.inline(element, (*within, name))
        if name in MARKS:
            return self.marked(name, content, within)
        if name == "footnote":
            return f"^[{content.strip(' ')}]"
        if name == "span" and element.get("lang"):
            return f"[{content}]{{lang={element['lang']}}}"
        if name == "a":
            return self.link(element, content)
        raise NotWritable

    def marked(self, name, content, within):
        mark, said = MARKS[name]
        if self.spans:
            return f"[{content}]{{.{said}}}"
        if name in ("sup", "sub"):
            content = content.replace(" ", "\\ ")
        elif name == "i" and "b" in within:
            mark = "_"
        return f"{mark}{content}{mark}"

    def link(self, element, content):
        kind, key = element.get("linktype"), element.get("id") or ""
        if kind is None:
            address = element.get("href")
        else:
            known = {"page": self.names.pages, "document": self.names.documents}.get(kind)
            address = known.get(int(key)) if known is not None and key.isdecimal() else None
            if address is None:
                return content
        if not address:
            raise NotWritable
        return f"[{content}]({destination(address)})"
