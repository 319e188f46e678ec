"""The input of a stream, whose description for the browser is made once and not for each form."""

import re
from uuid import uuid4

from django.utils.functional import cached_property
from django.utils.translation.trans_real import catalog
from wagtail.blocks.base import BlockWidget

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
