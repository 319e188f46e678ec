"""Rich text in one form, whichever editor or import wrote it."""

import re
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

#: Elements that mean the same; the second is how Wagtail's editor writes it.
SYNONYMS = {"strong": "b", "em": "i"}
#: Elements that the editor does not keep, while their text stays; but see :data:`PASSAGE`.
DROPPED = frozenset({"div", "span", "font", "html", "body"})
#: Words in another language are kept, by the attribute that says so.
PASSAGE = ("span", "lang")
WITHOUT_END = frozenset({"br", "hr", "embed", "img"})
#: Attributes that carry nothing of the text.
EDITOR_ATTRIBUTES = frozenset({"data-block-key", "class", "style", "dir", "lang"})

_SPACES = re.compile(r"[ \t\r\n]+")
_SPACE_AROUND_LINES = re.compile(r" ?(</?(?:p|h\d|ul|ol|li|blockquote|hr|br|embed)\b[^>]*>) ?")


@lru_cache(maxsize=4096)
def plain_form(html):
    """``html`` without the marks of editors, equal for two texts that an editor shows alike."""
    parser = _Normaliser()
    parser.feed(html)
    parser.close()
    text = _SPACE_AROUND_LINES.sub(r"\1", "".join(parser.pieces)).strip()
    if text and not text.startswith("<"):
        text = f"<p>{text}</p>"
    return "" if text == "<p></p>" else text


class _Normaliser(HTMLParser):
    """Write what it reads with the attributes in order and without needless space."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces = []
        #: For each element of passages that is open, whether it was kept.
        self.passages = []

    def handle_starttag(self, tag, attributes):
        tag = SYNONYMS.get(tag, tag)
        if tag == PASSAGE[0]:
            language = dict(attributes).get(PASSAGE[1])
            self.passages.append(bool(language))
            if language:
                self.pieces.append(f'<{tag} {PASSAGE[1]}="{escape(language)}">')
        elif tag not in DROPPED:
            kept = [pair for pair in attributes if pair[0] not in EDITOR_ATTRIBUTES]
            written = "".join(f' {name}="{escape(value or "")}"' for name, value in sorted(kept))
            self.pieces.append(f"<{tag}{written}>")

    def handle_endtag(self, tag):
        tag = SYNONYMS.get(tag, tag)
        if tag == PASSAGE[0]:
            if self.passages and self.passages.pop():
                self.pieces.append(f"</{tag}>")
        elif tag not in DROPPED and tag not in WITHOUT_END:
            self.pieces.append(f"</{tag}>")

    def handle_data(self, data):
        self.pieces.append(escape(_SPACES.sub(" ", data)))
