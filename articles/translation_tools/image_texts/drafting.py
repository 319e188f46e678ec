"""Which texts of an image are missing in a language, and what a machine makes of them."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from diptych.articles.images.unconfirmed import waiting_for
from diptych.articles.languages.config.content import is_visible
from diptych.articles.languages.config.fields import translated_fields
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.translation_tools.glossary.matching import Glossary
from diptych.articles.translation_tools.importing import Refused
from diptych.articles.translation_tools.machine import drafting, markup
from diptych.articles.translation_tools.machine.interface import (
    LONGEST,
    MachineError,
    Text,
    within,
)
from diptych.articles.translation_tools.machine.passages import OpenPassage


def missing_fields(image, language):
    """``(source language, {name: columns})`` of the texts that ``image`` lacks in ``language``.

    The source is the first language that has any of them. Decorative pictures lack none, and what
    waits to be confirmed is not missing.
    """
    if getattr(image, "is_decorative", False):
        return "", {}
    waiting = waiting_for([image])
    missing = {
        name: columns
        for name, columns in translated_fields(type(image)).items()
        if not getattr(image, columns[language]) and (image.pk, columns[language]) not in waiting
    }
    for source in available_languages():
        found = {name: each for name, each in missing.items() if text_of(image, each[source])}
        if found:
            return source, found
    return "", {}


def missing_texts(image, language):
    """``(source language, passages)`` of the texts that ``image`` lacks in ``language``."""
    source, missing = missing_fields(image, language)
    glossary, found = Glossary.current() if missing else None, []
    for name in (each.name for each in image._meta.get_fields() if each.name in missing):
        text = text_of(image, missing[name][source])
        label = capfirst(str(image._meta.get_field(name).verbose_name))
        terms = glossary.preferred(text, source, language)
        found.append(passage_of(missing[name][language], name, label, text, terms))
    return source, found


def passage_of(entry, key, label, text, terms):
    """The :class:`OpenPassage` of a text of an image."""
    return OpenPassage(entry, key, label, Text(markup.written([text]), terms=terms), text)


def text_of(image, column):
    """The text of ``image`` in a column, without space at its ends."""
    return str(getattr(image, column, "") or "").strip()


def drafted(image, language, provider, user):
    """``({column: text}, [(label, reason)])`` that the machine answers now, the second refused.

    What is sent is noted in the history of the image before; raises :class:`MachineError`.
    """
    source, passages = missing_texts(image, language)
    if not passages:
        raise MachineError(_("There is nothing to translate here."))
    drafting.log_sent(image, passages, language, provider, user)
    texts = [each.text for each in passages]
    answers = within(LONGEST, provider.translate, texts, source, language)
    if not isinstance(answers, list) or len(answers) != len(passages):
        raise MachineError(_("The answer of the machine cannot be read."))
    found, refused = {}, []
    for passage, answer in zip(passages, answers, strict=True):
        try:
            found[passage.entry] = plain(answer)
        except Refused as refusal:
            refused.append((passage.label, str(refusal)))
    return found, refused


def plain(answer):
    """The text of an answer on one line; raises :class:`Refused` if it has codes, or no text."""
    pieces = markup.read(answer) if isinstance(answer, str) else ()
    if not all(isinstance(each, str) for each in pieces):
        raise Refused(_("It has a code that is not in the source."))
    text = " ".join("".join(pieces).split())
    if not is_visible(text):
        raise Refused(_("The machine answered without a text."))
    return text
