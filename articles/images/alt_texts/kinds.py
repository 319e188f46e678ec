"""Kinds of faults of image texts, with the advice for each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """Kinds of faults, most serious first."""

    EMPTY = "empty", _("No alternative text")
    MACHINE_MADE = "machine_made", _("Written by a machine")
    FILE_NAME = "file_name", _("Name of a file")
    SAYS_NOTHING = "says_nothing", _("Says nothing")
    SAME_AS_CAPTION = "same_as_caption", _("Same as the caption")
    WRONG_LANGUAGE = "wrong_language", _("Wrong language")
    WRONG_FIELD = "wrong_field", _("Belongs in another field")
    TOO_LONG = "too_long", _("Too long")
    OPENING = "opening", _("Needless opening")
    CAPTION_BY_MACHINE = "caption_by_machine", _("Caption written by a machine")
    CAPTION_IN_WRONG_LANGUAGE = "caption_language", _("Caption in the wrong language")


#: The advice shown to editors; ``language`` is the language of the text.
ADVICE = {
    Kind.EMPTY: _("There is no alternative text."),
    Kind.MACHINE_MADE: _(
        "The alternative text was written by a machine. Say in your own words what one sees."
    ),
    Kind.FILE_NAME: _("The alternative text is the name of a file. Say what one sees."),
    Kind.SAYS_NOTHING: _("The alternative text says nothing about the picture."),
    Kind.SAME_AS_CAPTION: _(
        "The alternative text and the caption say the same: people who hear the page hear it twice."
    ),
    Kind.WRONG_LANGUAGE: _(
        "The alternative text seems to be written in another language: %(language)s."
    ),
    Kind.WRONG_FIELD: _(
        "The alternative text names a source, a right or an address. "
        "These belong in the caption or the credit."
    ),
    Kind.TOO_LONG: _(
        "The alternative text has %(length)s characters; it is heard in one go. "
        "Keep to %(longest)s and tell the rest in the caption or the article."
    ),
    Kind.OPENING: _(
        "The alternative text need not say that it describes an image: that is announced anyway."
    ),
    Kind.CAPTION_BY_MACHINE: _("The caption was written by a machine."),
    Kind.CAPTION_IN_WRONG_LANGUAGE: _(
        "The caption seems to be written in another language: %(language)s."
    ),
}

#: Kinds that are hints: they never prevent a publication.
HINTS = (Kind.OPENING,)
