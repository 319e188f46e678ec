from wagtail import fields


class StreamField(fields.StreamField):
    """A stream whose kinds of blocks are code, not schema.

    Migrations record no block, so a new block, a label or a translation needs none, in this
    project or in the ones that install it.
    """

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
