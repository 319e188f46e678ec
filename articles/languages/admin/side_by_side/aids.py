"""What other applications offer to whoever translates: links in the side-by-side view."""

from dataclasses import dataclass

#: The hook for them: a function called with the draft, the language of the translation and the
#: user; returns a :class:`TranslationAid`, or ``None`` where it offers nothing.
AIDS = "register_diptych_translation_aids"


@dataclass(frozen=True)
class TranslationAid:
    """A screen at ``url`` that fills open passages.

    It stands as a ``label`` at each of them, with the key of the unit as ``?unit=``, and as one of
    the ways to start a translation, with ``?start=1``: ``heading``, ``text`` and ``start_label``.
    """

    url: str
    label: str
    heading: str
    text: str
    start_label: str
    icon: str = "globe"
    #: The keys that open it for the passage in which somebody writes, such as ``"Alt+M"``.
    keys: str = ""
