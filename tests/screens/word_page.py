"""A Word file as a page that looks like Word's own, with tracked changes in sight.

Written apart from what the importer uses, so that the two can be compared.
"""

import base64
from html import escape
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

STYLES = {
    "Title": "h1",
    "Subtitle": "h4",
    "Heading1": "h2",
    "Heading2": "h3",
    "Quote": "blockquote",
}
MARKS = {"b": "b", "i": "i", "del": "del", "ins": "ins", "oMath": "code"}


def html_of(content):
    """The HTML of the bytes of a .docx."""
    with ZipFile(BytesIO(content)) as archive:
        page = _WordPage(archive)
        body = page.inside(ElementTree.fromstring(archive.read("word/document.xml")))
        notes = ElementTree.fromstring(archive.read("word/footnotes.xml"))
        return f"{body}<hr>{page.inside(notes)}"


class _WordPage:
    def __init__(self, archive):
        self.archive = archive

    def inside(self, element):
        return "".join(map(self.html, element))

    def html(self, element):
        name = _name(element)
        method = getattr(self, f"_{name}", None)
        if method:
            return method(element)
        inside = self.inside(element)
        mark = MARKS.get(name)
        return f"<{mark}>{inside}</{mark}>" if mark and inside else inside

    def _p(self, element):
        style = _value(element, "pStyle")
        tag, level = STYLES.get(style, "p"), _value(element, "ilvl")
        inside = self.inside(element)
        if level:
            return f'<p dir="auto" style="margin-left:{2 * int(level) + 2}em">• {inside}</p>'
        return f'<{tag} dir="auto" class="{style}">{inside}</{tag}>'

    def _r(self, element):
        inside = self.inside(element)
        for mark in ("b", "i"):
            if element.find(f".//{{*}}{mark}") is not None:
                inside = f"<{mark}>{inside}</{mark}>"
        return f"<sup>{inside}</sup>" if _value(element, "vertAlign") else inside

    def _rPr(self, _element):
        return ""

    def _pPr(self, _element):
        return ""

    def _t(self, element):
        return escape(element.text or "")

    _delText = _t

    def _hyperlink(self, element):
        return f'<a href="#">{self.inside(element)}</a>'

    def _footnoteReference(self, element):
        return f"<sup>[{_attribute(element, 'id')}]</sup>"

    def _footnote(self, element):
        return f"<small>[{_attribute(element, 'id')}] {self.inside(element)}</small>"

    def _commentReference(self, _element):
        return "<mark>[comment]</mark>"

    def _blip(self, element):
        path = f"word/media/{_attribute(element, 'embed')}"
        if not path.endswith(".png"):
            return "<mark>[picture]</mark>"
        data = base64.b64encode(self.archive.read(path)).decode()
        return f'<img width="260" src="data:image/png;base64,{data}">'

    def _tbl(self, element):
        return f"<table border=1>{self.inside(element)}</table>"

    def _tr(self, element):
        return f"<tr>{self.inside(element)}</tr>"

    def _tc(self, element):
        return f'<td colspan="{_value(element, "gridSpan") or 1}">{self.inside(element)}</td>'


def _name(element):
    return element.tag.rpartition("}")[2]


def _attribute(element, name):
    found = (value for key, value in element.items() if key.rpartition("}")[2] == name)
    return next(found, "")


def _value(element, name):
    """The ``val`` of the first ``name`` within ``element``."""
    found = element.find(f".//{{*}}{name}")
    return "" if found is None else _attribute(found, "val")
