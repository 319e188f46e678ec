"""HTML of other programs as blocks of a body.

:func:`blocks_from_html` reads what Word, LibreOffice, Google Docs and web pages put on the
clipboard, and what :mod:`diptych.articles.imported_documents.docx` makes of a file. The view
``diptych_paste`` (:mod:`diptych.articles.imported_documents.admin.views`) answers scripts:

``POST {admin}/diptych/documents/paste/`` with ``Content-Type: application/json``, the header
``X-CSRFToken`` and ``{"html": "…", "language": "fr"}``, or ``"text"`` instead of ``"html"`` for
plain text, answers with status 200 and::

    {
      "blocks": [{"type": "paragraph", "value": "<p>…</p>", "id": "…"}, …],
      "state": [{"type": "paragraph", "value": …, "id": "…"}, …],
      "notes": ["3 pictures are missing. …", …]
    }

``blocks`` are in the stored form of a stream field; ``state`` are the same blocks, with the same
ids, in the form that the editor's script inserts (``StreamBlock.insert``). ``notes`` say in the
language of the admin what was not taken. A refusal has status 400 (malformed), 403 (no permission
to write in this language) or 413 (too long), and ``{"error": "…"}`` with a sentence for the editor.

Headings keep their order in two levels. A picture becomes an image block without an image, which
keeps its place. Footnotes, linked or numbered in brackets, become footnotes of the text.
"""

import re
import uuid
from dataclasses import dataclass, field
from functools import cache
from html import escape

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from diptych.articles.blocks import BodyBlock
from diptych.articles.imported_documents.blocks import BlockMaker, head_of, note_directions
from diptych.articles.imported_documents.counting import counted, text_of_blocks, text_of_html
from diptych.articles.imported_documents.losses import (
    DocumentRefused,
    Losses,
    refuse_beyond,
    refused_as_too_long,
)
from diptych.articles.imported_documents.notes import (
    MOST_NOTES,
    fragment_of,
    join_listed_notes,
    mark_notes,
)
from diptych.articles.imported_documents.reading import Reader, write_numbers
from diptych.articles.richtext.fields import whole_characters
from diptych.articles.richtext.parsing import (
    DEEPEST,
    NestedTooDeeply,
    parsed,
    topmost,
    without_declarations,
)
from diptych.articles.richtext.passages import is_written_from_the_right

LONGEST_HTML = 2_000_000
#: Elements take most of the time in which a text is read: about a tenth of a millisecond each.
MOST_ELEMENTS = 15_000
_ELEMENT = re.compile("<[a-zA-Z]")
_OFFICE = (
    "urn:schemas-microsoft-com",
    "class=mso",
    'class="mso',
    "libreoffice",
    "docs-internal-guid",
)


@dataclass
class Converted:
    """The texts of a document; ``blocks`` are ``(type, stored value)``."""

    headline: str = ""
    lead: str = ""
    blocks: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    def stored(self):
        """The blocks in the stored form of a stream field, with new ids."""
        return [
            {"type": kind, "value": value, "id": str(uuid.uuid4())} for kind, value in self.blocks
        ]


def blocks_from_html(
    html, *, language, with_head=False, pictures=None, losses=None, keeps_alt=False
):
    """Convert ``html``, whose text is in ``language``.

    ``with_head`` takes the headline and the lead from the beginning. ``pictures`` are primary keys
    of images by the address used in ``html``; ``keeps_alt`` takes their alternative texts.
    ``losses`` may know already what was not taken. Raises :class:`DocumentRefused`.
    """
    if len(html) > LONGEST_HTML:
        raise refused_as_too_long(LONGEST_HTML)
    losses = Losses() if losses is None else losses
    markup = without_declarations(whole_characters(html))
    elements = sum(1 for _start in _ELEMENT.finditer(markup))
    _check_elements(elements)
    try:
        soup = parsed(markup)
    except NestedTooDeeply as error:
        raise DocumentRefused(nested_too_deeply()) from error
    _check_elements(elements + _lines_in(soup))
    start = html[:20_000].lower()
    reader = Reader(losses, language, is_office=any(sign in start for sign in _OFFICE))
    _drop_comments(soup, losses)
    write_numbers(soup)
    mark_notes(soup, reader, MOST_NOTES, LONGEST_HTML)
    parts = join_listed_notes(reader.read(soup), losses, LONGEST_HTML)
    headline, lead, parts = head_of(parts, losses) if with_head else ("", "", parts)
    if not is_written_from_the_right(language):
        note_directions(parts, losses)
    maker = BlockMaker(pictures or {}, losses, paragraph_widget(), keeps_alt)
    blocks = maker.blocks_of(parts)
    made = f"{headline} {lead} {text_of_blocks(blocks)}"
    for word in counted(text_of_html(markup), made, losses.left_out).missing:
        losses.add("words", word)
    return Converted(headline, lead, blocks, losses.messages())


def html_from_text(text):
    """HTML of plain text: a paragraph for each, parted by empty lines or else by lines."""
    lines = "\n".join(map(str.strip, whole_characters(text).splitlines())).strip()
    paragraphs = lines.split("\n\n") if "\n\n" in lines else lines.split("\n")
    return "".join(
        f"<p>{escape(each.strip()).replace(chr(10), '<br>')}</p>"
        for each in paragraphs
        if each.strip()
    )


@cache
def paragraph_widget():
    """The widget that cleans every posted paragraph; created after the features are registered."""
    return BodyBlock().child_blocks["paragraph"].field.widget


def _check_elements(number):
    refuse_beyond(
        MOST_ELEMENTS,
        number,
        _(
            "The markup of this text has %(number)s elements; at most %(allowed)s are read at once."
            " Take it in parts."
        ),
    )


def nested_too_deeply():
    """The sentence on markup that is not read for its nesting."""
    return _(
        "The markup of this text is nested too deeply: at most %(levels)s levels,"
        " and fewer in a long text, can be read."
    ) % {"levels": number_format(DEEPEST, force_grouping=True)}


def _lines_in(soup):
    """The number of lines of preformatted text, each of which ends with a line break."""
    return sum(text.count("\n") for tag in topmost(soup, ("pre",)) for text in tag.strings)


def _drop_comments(soup, losses):
    """Remove the comments of Google Docs, which look like footnotes."""
    for link in soup("a", href=True):
        fragment = fragment_of(link)
        if fragment.startswith("cmnt_ref"):
            (link.find_parent("div") or link.find_parent("p") or link)["hidden"] = ""
        elif fragment.startswith("cmnt"):
            losses.add("comment")
            (link.find_parent("sup") or link)["hidden"] = ""
