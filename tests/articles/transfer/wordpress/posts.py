"""Posts as the tests of contents read them, with the files and pages they lead to."""

import re
from types import SimpleNamespace

from django.utils.translation import override

from diptych.articles.imported_documents.losses import Losses
from diptych.articles.transfer.wordpress.content import blocks_of

SITE = "https://old.example"


class Files:
    """Pictures and documents by their names: ``a.jpg`` is 1, ``b.jpg`` 2, ``c.jpg`` 3."""

    pictures = {"a.jpg": 1, "b.jpg": 2, "c.jpg": 3, 11: 1, 12: 2, 13: 3}
    files = {"report.pdf": 7, "talk.mp3": 8}

    def _row(self, rows, key):
        found = rows.get(key if isinstance(key, int) else key.rpartition("/")[2])
        address = SimpleNamespace(url=f"/media/{found}")
        row = SimpleNamespace(
            pk=found, file=address, url=f"/documents/{found}/", title=f"File {found}"
        )
        return row if found else None

    def image(self, key):
        return self._row(self.pictures, key)

    def document(self, key):
        return self._row(self.files, key)

    def texts(self, key, language):
        return SimpleNamespace(
            alt="A boat" if key == f"{SITE}/c.jpg" else "", caption="", credit=""
        )


def page_of(address):
    return {f"{SITE}/dams/": 42, f"{SITE}/moved/": "/en/moved/"}.get(address)


def read(content, language="en", footnotes="", pictures_of=lambda _post: []):
    """``(type, what one reads of it)`` of the blocks, and the kinds of what is to be looked at."""
    losses = Losses()
    with override("en"):
        found = blocks_of(
            content,
            language=language,
            media=Files(),
            links=page_of,
            notes=losses,
            footnotes=footnotes,
            pictures_of=pictures_of,
        )
    return [(each["type"], shown(each["type"], each["value"])) for each in found], {*losses.details}


def shown(kind, value):
    if kind == "paragraph":
        return re.sub(r' data-block-key="[^"]*"', "", value)
    if kind == "heading":
        return f"{value['level']} {value['text']}"
    if kind == "quotation":
        return (value["text"], value["attribution"])
    if kind == "note":
        return (value["title"], shown("paragraph", value["text"]))
    if kind == "image":
        return (value["image"], value["alt"], value["caption"])
    if kind == "gallery":
        return ([shown("image", each["value"]) for each in value["pictures"]], value["caption"])
    if kind == "table":
        return (value["caption"], value["table"]["table_header_choice"], value["table"]["data"])
    if kind == "embed":
        return (value["embed"], value["title"])
    if kind == "preformatted":
        return (value["kind"], value["text"])
    return value["text"]


def p(html):
    return ("paragraph", f"<p>{html}</p>")


def wp(name, html, attributes=""):
    settings = f"{attributes} " if attributes else ""
    return f"<!-- wp:{name} {settings}-->\n{html}\n<!-- /wp:{name} -->\n\n"
