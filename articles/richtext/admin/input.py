"""Validation and cleaning of posted rich text, whoever posts it: a form, a script or the API.

Malformed content that is stored would make the page, or its edit screen, fail. Links that readers
cannot follow and paragraphs without words, as a word processor leaves them, are not stored.
"""

import json
import re
from threading import RLock

from django.core.exceptions import ImproperlyConfigured, ValidationError
from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.documents import get_document_model
from wagtail.models import Page

from diptych.articles.languages.config.primary_keys import DIGITS
from diptych.articles.richtext.fields import whole_characters
from diptych.articles.richtext.links import public_href

#: Linked models by entity type.
LINKED = {"LINK": lambda: Page, "DOCUMENT": get_document_model}


#: Marks, links and line breaks in one block, which are read in the square of their number.
MOST_MARKS = 5000
#: Where the exporter ends a list after one of another type inside it: numbers would begin anew.
_SPLIT_LIST = re.compile(r"</(ol|ul)><\1>")


#: Held while a text is converted: Wagtail's parser of a widget serves all threads.
_converting = RLock()


class SoundRichTextArea(DraftailRichTextArea):
    """Wagtail's widget, which cleans content and raises ``ValueError`` for what is malformed."""

    def format_value(self, value):
        """As Wagtail does, one text at a time, so that the texts of two editors never mix."""
        with _converting:
            return super().format_value(value)

    def value_from_datadict(self, data, files, name):
        try:
            posted = data.get(name)
            content = json.loads(posted) if posted else None
            if content is not None:
                _check_size(content)
                _check_links(content)
                posted = json.dumps(_cleaned(content))
            value = super().value_from_datadict({name: posted}, files, name)
        except (ExporterException, ImproperlyConfigured, RecursionError) as error:
            raise ValueError("This is no rich text.") from error
        return value and _SPLIT_LIST.sub("", whole_characters(value))


def validated(widget):
    """A validating version of ``widget``; other widget classes are returned unchanged."""
    if type(widget) is not DraftailRichTextArea:
        return widget
    return SoundRichTextArea(features=widget.features)


def _check_size(content):
    """Reject a block with more marks and line breaks than anybody sets in one paragraph."""
    for block in content["blocks"]:
        ranges = len(block["entityRanges"]) + len(block["inlineStyleRanges"])
        if ranges + block["text"].count("\n") > MOST_MARKS:
            raise ValueError("A paragraph has too many marks.")


def _check_links(content):
    """Reject links with malformed keys."""
    for entity in content["entityMap"].values():
        identity = entity["data"].get("id")
        model = LINKED.get(entity["type"])
        if identity is not None and model and not _is_key(model(), identity):
            raise ValueError("A link leads to what cannot be there.")


def _cleaned(content):
    """``content`` without links that readers cannot follow and without blank paragraphs."""
    dropped = {key for key, entity in content["entityMap"].items() if _is_hidden_link(entity)}
    blocks = [
        {
            **block,
            "entityRanges": [
                each for each in block["entityRanges"] if str(each["key"]) not in dropped
            ],
        }
        for block in content["blocks"]
        if not _is_blank(block)
    ]
    return {**content, "blocks": blocks}


def _is_hidden_link(entity):
    data = entity["data"]
    return entity["type"] == "LINK" and data.get("id") is None and not public_href(data.get("url"))


def _is_blank(block):
    """Whether a block has nothing but spaces: U+00A0 is what word processors fill lines with."""
    return block["type"] != "atomic" and not (block["text"].strip() or block["entityRanges"])


def _is_key(model, identity):
    """Whether ``value`` is a possible primary key."""
    try:
        key = model._meta.pk.to_python(identity)
    except ValidationError:
        return False
    return not isinstance(key, int) or 0 < key < 10**DIGITS
