"""What a provider of machine translation is asked, and what it answers or raises.

A project adds one of its own by a subclass of :class:`Provider`, whose path it sets.
"""

import threading
from dataclasses import dataclass
from typing import ClassVar

from django.db import connections
from django.utils import translation
from django.utils.translation import gettext as _

#: Seconds after which no answer is waited for.
LONGEST = 10


@dataclass(frozen=True)
class Text:
    """One passage to translate.

    ``markup`` is its text, escaped as in HTML, with codes: ``<g id="1">…</g>`` around what is bold
    or a link, ``<x id="2"/>`` for a note or a line break. The answer has to have each of them once.
    ``before`` and ``after`` are the texts beside it. Of a passage that is out of date,
    ``old_source`` is the text from which ``old_translation`` was made. ``terms`` are pairs of a
    term in the source language and the one to use.
    """

    markup: str
    before: str = ""
    after: str = ""
    old_source: str = ""
    old_translation: str = ""
    terms: tuple = ()


class MachineError(Exception):
    """The machine gave no translation; the text says why, to those who wait for it."""


class Busy(MachineError):
    """It takes no more requests for ``seconds``, and has not translated what it was sent."""

    def __init__(self, message, seconds=60):
        super().__init__(message)
        self.seconds = seconds


class Provider:
    """Translates texts; made with the setting, a dictionary.

    ``price`` is what a million characters cost in ``currency``, ``None`` if that is not known.
    """

    #: What people read.
    name = ""
    #: The keys that the setting has to have.
    needed: ClassVar[tuple] = ()
    #: The most of one request.
    most_texts = 50
    most_characters = 10_000

    def __init__(self, options):
        self.options = options
        self.price = options.get("PRICE")
        self.currency = options.get("CURRENCY", "EUR")
        self.tone = options.get("TONE", "")

    def translate(self, texts, source_language, target_language):
        """The translations of a list of :class:`Text`, as markup, in the same order.

        Raises :class:`MachineError`; takes a few seconds at most.
        """
        raise NotImplementedError

    @property
    def decisive_options(self):
        """The part of the setting, but for name and tone, by which an answer may be another one."""
        options = {**self.options, "KEY": None, "PRICE": None, "CURRENCY": None}
        return sorted((key, str(value)) for key, value in options.items())

    def characters_of(self, text):
        """How many characters of a :class:`Text` are counted."""
        return len(text.markup)


def within(seconds, function, *arguments):
    """The result of a function, or :class:`MachineError` if it takes longer.

    It goes on in a thread that nothing waits for: a server may send one byte at a time for ever.
    """
    result, language = {}, translation.get_language()

    def call():
        try:
            with translation.override(language):
                result["value"] = function(*arguments)
        except Exception as error:  # raised again where it is waited for
            result["error"] = error
        finally:
            connections.close_all()

    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    thread.join(seconds)
    if "error" in result:
        raise result["error"]
    if "value" not in result:
        message = _("The machine did not answer within %(seconds)s seconds.")
        raise MachineError(message % {"seconds": round(seconds)})
    return result["value"]
