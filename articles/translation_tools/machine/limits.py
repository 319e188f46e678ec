"""How much one draft sends, and which texts that is."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from diptych.articles.translation_tools.machine.passages import OpenPassages

#: The most characters of one draft.
MOST_CHARACTERS = 200_000
#: How many characters of a text name it where it is not sent.
BEGINNING = 80


def characters_in(provider, passages):
    return sum(provider.characters_of(each.text) for each in passages)


def fitting(texts, passages_of, provider):
    """``(OpenPassages, left)``: what one draft sends of ``texts``, each of them whole.

    ``passages_of`` makes the passages of a text; ``left`` counts the texts that are left for other
    drafts. A text that is too long for any draft is refused.
    """
    fit, characters = OpenPassages(), 0
    for number, text in enumerate(texts):
        passages = passages_of(text)
        size = characters_in(provider, passages)
        if size > MOST_CHARACTERS:
            fit.refused.append((_name_of(passages[0]), too_long()))
        elif characters + size > MOST_CHARACTERS:
            return fit, len(texts) - number
        else:
            fit.found += passages
            characters += size
    return fit, 0


def too_long():
    """Why a text is too long for any draft."""
    message = _("It is longer than the %(count)s characters that one draft sends at most.")
    return message % {"count": most_characters()}


def most_characters():
    """The most characters of one draft, as it is written in the language of the user."""
    return number_format(MOST_CHARACTERS, force_grouping=True)


def _name_of(passage):
    beginning = " ".join(passage.plain.split())[:BEGINNING]
    return _("%(name)s: %(value)s") % {"name": passage.label, "value": beginning}
