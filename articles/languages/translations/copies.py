"""What stands in a translation as it stood in the source, to be written over.

A field that somebody fills with the very word of the source is translated, « Culture » for one.
So what was put there by copying is kept on record, under ``copied``, as long as it is untouched.
A block that says all its source says is a copy, whichever way it came there.
"""

from django.utils.translation import gettext as _

from articles.languages.available import column
from articles.languages.translations.records import record_of
from articles.languages.translations.units import units_in


def copies_in(page, language):
    """``{key: fingerprint}`` of what was copied; it may have been written over."""
    return record_of(page, language).get("copied", {})


def copied_blocks(source, units):
    """``{key: fingerprint}`` of those blocks among ``units`` that say the same as ``source``.

    They would pass for a translation once their source says something else.
    """
    return {
        key: unit.fingerprint
        for key, unit in units.items()
        if unit.is_block and key in source and unit.fingerprint == source[key].fingerprint
    }


def is_copy(unit, copies):
    """Whether ``unit`` still says what was copied."""
    return unit.is_known_as(copies.get(unit.key))


def untouched(copies, units, basis):
    """Those of ``copies`` that stand there still, and that nobody has called a translation."""
    return {
        key: said
        for key, said in copies.items()
        if key in units and is_copy(units[key], copies) and key not in basis
    }


def untranslated_copies(page, language):
    """The fields that nobody has translated since they were copied, and that the source has still.

    Readers of ``language`` would find another one there.
    """
    copies = copies_in(page, language)
    if not copies or language == page.source_language:
        return []
    basis = record_of(page, language).get("basis", {})
    source = units_in(page, page.source_language, rows=())
    due = untouched(copies, units_in(page, language, rows=()), basis)
    return [
        key for key in due if key in source and source[key].has_words and not source[key].is_block
    ]


def problems_of_copies(page, language):
    """``(column, sentence)`` for each of :func:`untranslated_copies`."""
    problems = []
    for key in untranslated_copies(page, language):
        name = page._meta.get_field(key).verbose_name
        sentence = _("Not translated yet: %(field)s.") % {"field": name}
        problems.append((column(key, language), sentence))
    return problems


def own_text(page, name, language):
    """What a plain field says in ``language``; nothing while it says it in the source's.

    An address that is made from a headline would stay in the wrong language.
    """
    if name in untranslated_copies(page, language):
        return ""
    return (page.text_in(name, language) or "").strip()
