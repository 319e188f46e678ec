"""Validation of posted rich text.

Malformed content that is stored would make the page, or its edit screen, fail.
"""

import json

from django.core.exceptions import ImproperlyConfigured, ValidationError
from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.documents import get_document_model
from wagtail.models import Page

from articles.languages.numbers import DIGITS
from articles.richtext.fields import whole_characters

#: Linked models by entity type.
LINKED = {"LINK": lambda: Page, "DOCUMENT": get_document_model}


class SoundRichTextArea(DraftailRichTextArea):
    """Wagtail's widget, which raises ``ValueError`` for malformed content."""

    def value_from_datadict(self, data, files, name):
        try:
            _check_links(data.get(name))
            value = super().value_from_datadict(data, files, name)
        except (ExporterException, ImproperlyConfigured, RecursionError) as error:
            raise ValueError("This is no rich text.") from error
        return value and whole_characters(value)


def sound(widget):
    """A validating version of ``widget``; other widget classes are returned unchanged."""
    if type(widget) is not DraftailRichTextArea:
        return widget
    return SoundRichTextArea(features=widget.features)


def _check_links(content):
    """Reject links with malformed keys; the editor posts ``null`` for an empty text."""
    stored = json.loads(content) if content else None
    for entity in stored["entityMap"].values() if stored is not None else ():
        identity = entity["data"].get("id")
        model = LINKED.get(entity["type"])
        if identity is not None and model and not _is_key(model(), identity):
            raise ValueError("A link leads to what cannot be there.")


def _is_key(model, identity):
    """Whether ``value`` is a possible primary key."""
    try:
        key = model._meta.pk.to_python(identity)
    except ValidationError:
        return False
    return not isinstance(key, int) or 0 < key < 10**DIGITS
