import re
from uuid import uuid4

import swapper
from django import forms
from django.db import models
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation.trans_real import catalog
from wagtail import fields
from wagtail.blocks.base import BlockWidget

swapper.set_app_prefix("wagtailcore", "wagtail")

#: The id of an item of a list, in JSON.
ID = re.compile(r'"id": "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"')


class StreamInput(BlockWidget):
    """As Wagtail's own; what is posted is read once, and not again to see whether it has changed.

    Blocks whose description is always the same have a dictionary ``descriptions``, in which it is
    kept by the catalogue of its texts.
    """

    _posted = None

    @property
    def js_context(self):
        return self._description.js_context

    @cached_property
    def block_json(self):
        """The description, in which the items that new blocks begin with have ids of their own."""
        return ID.sub(lambda _found: f'"id": "{uuid4()}"', self._description.block_json)

    @property
    def media(self):
        return self._description.media

    @cached_property
    def _description(self):
        """Wagtail's own input of these blocks, which describes them in the language of now."""
        known = getattr(self.block_def, "descriptions", None)
        if known is None:
            return BlockWidget(self.block_def)
        texts = catalog()
        if texts not in known:
            described = BlockWidget(self.block_def)
            described.media  # noqa: B018 as later the language may be another
            known[texts] = described
        return known[texts]

    def value_from_datadict(self, data, files, name):
        known_data, known_name, value = self._posted or (None, None, None)
        if known_data is not data or known_name != name:
            value = super().value_from_datadict(data, files, name)
            self._posted = data, name, value
        return value


class StreamField(fields.StreamField):
    """A stream field whose blocks are left out of migrations.

    A new block or label needs no migration, here or in projects that install the plugin. Given a
    class, the blocks are made when they are first used, once for the columns of all languages.
    """

    @cached_property
    def stream_block(self):
        original = getattr(self, "translated_field", self)
        return super().stream_block if original is self else original.stream_block

    def formfield(self, **kwargs):
        return super().formfield(**{"widget": StreamInput(self.stream_block), **kwargs})

    def deconstruct(self):
        name, path, _args, kwargs = super(fields.StreamField, self).deconstruct()
        return name, path, [[]], kwargs


class RichTextField(fields.RichTextField):
    """A rich text field with a validating widget."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.RichTextField", args, kwargs

    def formfield(self, **kwargs):
        from diptych.articles.richtext.admin.input import (
            validated,
        )  # Wagtail's editor needs the models

        field = super().formfield(**kwargs)
        field.widget = validated(field.widget)
        return field


class SeveralField(models.JSONField):
    """Multiple choice of ``kinds``, pairs of code and label; stored as a list of codes."""

    def __init__(self, *args, kinds=(), **kwargs):
        self.kinds = kinds
        super().__init__(*args, **kwargs)

    def in_words(self, value):
        """The labels of the chosen codes, for read-only rendering."""
        return ", ".join(str(label) for code, label in self.kinds if code in value)

    def deconstruct(self):
        """Leave ``kinds`` out of migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.kinds,
            required=not self.blank,
            label=kwargs.get("label", capfirst(self.verbose_name)),
            help_text=kwargs.get("help_text", self.help_text),
            initial=self.get_default(),
            widget=forms.CheckboxSelectMultiple,
        )


def page_link():
    """The parent link of a page type, with a reverse name of its own.

    The default is the class name, which clashes with a host's ``HomePage``.
    """
    return models.OneToOneField(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        parent_link=True,
        related_name="diptych_%(class)s",
    )


def whole_characters(text):
    """``text`` without NULs, with U+FFFD for each lone surrogate."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "")
