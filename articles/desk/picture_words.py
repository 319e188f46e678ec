"""The words of pictures beside those of a text: what readers get from the images themselves.

A place without words of its own shows those of its image. They belong to no page, so nothing is
known of how they are translated, only whether there are any in a language.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from articles.models.illustrated import IllustratedMixin

ALT, CAPTION = _("The image’s own alternative text"), _("The image’s own caption")


@dataclass
class PictureWords:
    """For the pieces of a page in one language, by key: the words of the pictures in them.

    ``borrowed`` has ``(what it is, text)`` of what the images say; ``captions`` counts the
    captions, and ``wordless`` the pictures that lack an alternative text.
    """

    borrowed: dict = field(default_factory=dict)
    captions: Counter = field(default_factory=Counter)
    wordless: Counter = field(default_factory=Counter)

    def note(self, place, alt_key, caption_key):
        """Add what readers get at a :class:`PicturePlace`."""
        figure = place.figure
        if not figure.alt and not figure.decorative:
            self.wordless[alt_key] += 1
        if figure.alt and place.borrows_alt:
            self.borrowed.setdefault(alt_key, []).append((ALT, figure.alt))
        if figure.caption and not place.own_caption:
            self.borrowed.setdefault(caption_key, []).append((CAPTION, figure.caption))
        self.captions[caption_key] += bool(figure.caption)


def picture_words(page, language):
    """The :class:`PictureWords` of ``page`` in ``language``."""
    words = PictureWords()
    if isinstance(page, IllustratedMixin):
        for place in page.picture_places(language):
            words.note(place, *_keys_of(page, place))
    return words


def _keys_of(page, place):
    """The keys of the pieces that hold the alternative text of a place and its caption."""
    if not place.path:
        return place.field, place.field.replace("alt", "caption")
    number = place.path[0]
    block = page.text_in(place.field, place.language)[number]
    key = f"{place.field}.{block.id or f'#{number}'}"
    return key, key
