"""Chooser blocks for pages and images that accept any posted value without an error."""

from copy import copy

from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.images import blocks as image_blocks

from diptych.articles.languages.admin.inputs.malformed import RowField, rows_by_key
from diptych.articles.languages.config.primary_keys import key_in


class RowChooserMixin:
    """Turns a malformed primary key into an unsaved object, which ``clean`` rejects.

    Migrations name Wagtail's own block, whose stored form is the same.
    """

    stands_for = None

    @cached_property
    def field(self):
        original = super().field
        return RowField(
            queryset=original.queryset,
            widget=self.widget,
            required=original.required,
            validators=original.validators,
            help_text=original.help_text,
        )

    def value_from_form(self, value):
        if isinstance(value, str) and key_in(self.model_class, value) is None:
            return self.model_class(pk=value)
        if value is None or isinstance(value, self.model_class):
            return value
        return self.bulk_to_python([key_in(self.model_class, value)])[0]

    def bulk_to_python(self, values):
        """The rows with the keys ``values``, in this order, each an instance of its own."""
        rows = rows_by_key(self.model_class, values)
        return [copy(rows.get(key)) for key in values]

    def get_form_state(self, value):
        key = getattr(value, "pk", value)
        return super().get_form_state(value if key_in(self.model_class, key) else None)

    def deconstruct(self):
        _path, args, kwargs = super().deconstruct()
        return self.stands_for, args, kwargs


class ImageChooserBlock(RowChooserMixin, image_blocks.ImageChooserBlock):
    stands_for = "wagtail.images.blocks.ImageChooserBlock"


class PageChooserBlock(RowChooserMixin, blocks.PageChooserBlock):
    stands_for = "wagtail.blocks.PageChooserBlock"

    @cached_property
    def widget(self):
        from diptych.articles.languages.admin.inputs.page_choosers import AdminPageChooser

        return AdminPageChooser(
            target_models=self.target_models, can_choose_root=self.can_choose_root
        )
