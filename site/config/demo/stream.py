"""From the blocks of a text to what a page stores in its body.

The identity of a block follows from the article, the kind and the how-manieth of its kind it
is. So it is the same at every load, and the same in both languages, which is how the site knows
that two paragraphs are one.
"""

import uuid
from collections import Counter

from config.demo.inline import InlineError, plain, rich_list, rich_paragraph

NAMESPACE = uuid.UUID("6f0f6d0c-7c1e-5a55-9d0b-3f5f6f3c1d11")


def block_id(*parts):
    """The identity of a block, from what it is part of."""
    return str(uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts)))


def stream_data(text, key, images, articles):
    """The stored form of ``text``, which belongs to the page called ``key``.

    ``images`` and ``articles`` give the primary keys of what the text mentions by name.
    """
    counted, data = Counter(), []
    for block in text.blocks:
        seed = f"{key}/{block.kind}/{counted[block.kind]}"
        counted[block.kind] += 1
        try:
            kind, value = WRITERS[block.kind](block.value, seed, images, articles)
        except InlineError as error:
            text.fail(block.line, str(error))
        except KeyError as error:
            text.fail(block.line, f"nothing is called {error.args[0]!r}")
        data.append({"type": kind, "value": value, "id": block_id(seed)})
    return data


def _heading(value, *_):
    return "heading", {"text": plain(value["text"]), "level": f"h{value['level']}"}


def _paragraph(value, seed, *_):
    return "paragraph", rich_paragraph(value, seed)


def _list(value, seed, *_):
    return "paragraph", rich_list(value, seed)


def _quotation(value, *_):
    return "quotation", {**value, "text": plain(value["text"]), "source": ""}


def _pull(value, *_):
    return "pull_quote", {"text": plain(value)}


def _note(value, seed, *_):
    paragraphs = (
        rich_paragraph(words, f"{seed}/{number}")
        for number, words in enumerate(value["paragraphs"])
    )
    return "note", {"title": value["title"], "text": "".join(paragraphs)}


def _question(value, seed, *_):
    return "question", {
        "question": plain(value["question"]),
        "answer": rich_paragraph(value["answer"], seed),
    }


def _table(value, *_):
    table = {
        "data": value["rows"],
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_header_choice": "both",
        "table_caption": "",
    }
    return "table", {"caption": value["caption"], "table": table, "source": ""}


def _picture(value, images):
    return {**value, "image": images[value["image"]], "decorative": False}


def _image(value, seed, images, _articles):
    return "image", _picture(value, images)


def _gallery(value, seed, images, _articles):
    pictures = [
        {"type": "item", "value": _picture(each, images), "id": block_id(seed, number)}
        for number, each in enumerate(value["pictures"])
    ]
    return "gallery", {"pictures": pictures, "caption": value["caption"]}


def _article(value, _seed, _images, articles):
    return "article", {"article": articles[value]}


WRITERS = {
    "heading": _heading,
    "paragraph": _paragraph,
    "list": _list,
    "quotation": _quotation,
    "pull": _pull,
    "note": _note,
    "question": _question,
    "table": _table,
    "image": _image,
    "gallery": _gallery,
    "article": _article,
}
