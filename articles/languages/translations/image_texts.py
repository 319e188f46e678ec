"""Texts that readers get from the images of a page and not from the page itself.

An image shown without an alternative text or caption of its own on the page shows those stored
with the image. They belong to no page, so no provenance is known of them.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

ALT, CAPTION = _("The image’s own alternative text"), _("The image’s own caption")


@dataclass
class ImageTexts:
    """Texts of the images of a page in one language, by the key of the unit they stand in.

    ``borrowed`` has lists of ``(label, text)`` taken from the images, ``captions`` the number
    of captions shown, and ``wordless`` the number of images without an alternative text.
    """

    borrowed: dict = field(default_factory=dict)
    captions: Counter = field(default_factory=Counter)
    wordless: Counter = field(default_factory=Counter)

    def borrow(self, key, label, text):
        """Add a text that the unit ``key`` takes from an image."""
        self.borrowed.setdefault(key, []).append((label, text))
