"""Rich text as a browser sends it: what could not be shown again is mended or refused.

Wagtail's editor sends JSON, which can say what no page and no database can hold. Stored once, it
would make the page it stands in, or the screen on which it is edited, fail for good.
"""

import json

from django.core.exceptions import ImproperlyConfigured, ValidationError
from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.documents import get_document_model
from wagtail.models import Page

from articles.languages.numbers import DIGITS
from articles.richtext.characters import whole_characters

#: What a link in the editor's text leads to, by the kind of its entity.
LINKED = {"LINK": lambda: Page, "DOCUMENT": get_document_model}


class SoundRichTextArea(DraftailRichTextArea):
    """Wagtail's rich text; malformed content is a ``ValueError``, as malformed JSON is."""

    def value_from_datadict(self, data, files, name):
        try:
            _check_links(data.get(name))
            value = super().value_from_datadict(data, files, name)
        except (ExporterException, ImproperlyConfigured, RecursionError) as error:
            raise ValueError("This is no rich text.") from error
        return value and whole_characters(value)


def sound(widget):
    """``widget`` that refuses what is malformed; a host's own kind of editor stays as it is."""
    if type(widget) is not DraftailRichTextArea:
        return widget
    return SoundRichTextArea(features=widget.features)


def _check_links(content):
    """Refuse a link to what cannot be there; the editor sends ``null`` for an empty text."""
    stored = json.loads(content) if content else None
    for entity in stored["entityMap"].values() if stored is not None else ():
        identity = entity["data"].get("id")
        model = LINKED.get(entity["type"])
        if identity is not None and model and not _is_key(model(), identity):
            raise ValueError("A link leads to what cannot be there.")


def _is_key(model, identity):
    """Whether a row can have this key."""
    try:
        key = model._meta.pk.to_python(identity)
    except ValidationError:
        return False
    return not isinstance(key, int) or 0 < key < 10**DIGITS
