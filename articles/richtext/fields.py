import swapper
from django import forms
from django.db import models
from django.utils.text import capfirst
from wagtail import fields

swapper.set_app_prefix("wagtailcore", "wagtail")


class StreamField(fields.StreamField):
    """A stream whose kinds of blocks are code, not schema.

    Migrations record no block, so a new block, a label or a translation needs none, in this
    project or in the ones that install it.
    """

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class RichTextField(fields.RichTextField):
    """Rich text that takes from a form only what can be shown again."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.RichTextField", args, kwargs

    def formfield(self, **kwargs):
        from articles.richtext.admin.input import sound  # Wagtail's editor needs the models

        field = super().formfield(**kwargs)
        field.widget = sound(field.widget)
        return field


class SeveralField(models.JSONField):
    """Some of ``kinds``, pairs of a code and a label, ticked in a list; stored as their codes."""

    def __init__(self, *args, kinds=(), **kwargs):
        self.kinds = kinds
        super().__init__(*args, **kwargs)

    def in_words(self, value):
        """The labels of those that are ticked, for people who can only read them."""
        return ", ".join(str(label) for code, label in self.kinds if code in value)

    def deconstruct(self):
        """Without the kinds, which are code and not schema."""
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
    """The link of a page type to Wagtail's page, under a name that no host has taken.

    Django would name it after the class, and a host's own ``HomePage`` would clash with ours.
    """
    return models.OneToOneField(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        parent_link=True,
        related_name="diptych_%(class)s",
    )
