import swapper
from django.db import models
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
