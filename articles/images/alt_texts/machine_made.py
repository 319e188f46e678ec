"""Recognition of machine-made image descriptions by their phrases.

Word processors, social networks and browsers insert them as alternative texts, in the languages
of their interfaces. They occur in texts of any language.
"""

import re
from functools import cache

from diptych.articles.linguistics.languages import known_languages, language_data


@cache
def _phrases():
    """One regular expression for the phrases of all languages."""
    known = (language_data(language).MACHINE_PHRASES for language in known_languages())
    return re.compile("|".join(phrase for phrases in known for phrase in phrases))


def is_machine_made(folded_text):
    """Whether a text, folded by ``fold_line``, holds such a phrase."""
    return _phrases().search(folded_text) is not None


def without_phrases(folded_text):
    """The rest of a description without such phrases."""
    return _phrases().sub(" ", folded_text)
