"""Blocks that choose a page or an image, and answer whatever is posted for them."""

from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.images import blocks as image_blocks

from articles.languages.admin.choices import RowField
from articles.languages.numbers import key_in


class RowChooserMixin:
    """Keeps what can be no choice as one that was never saved, for ``clean`` to refuse.

    In migrations it is Wagtail's own block, which stores the same.
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
        return super().value_from_form(value)

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
