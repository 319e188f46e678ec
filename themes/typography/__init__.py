"""Typographic conventions of each language: spaces, quotation marks, dashes and ordinals.

They are applied when a page is rendered; stored texts are not changed. ``typeset_html`` processes
a fragment of HTML or a whole page, ``typeset_text`` a text without markup. Both take the
conventions that ``conventions_for`` returns for a language.

The data of each language stand in ``articles/linguistics/languages``; ``conventions`` makes its
conventions of them, ``vocabulary`` holds words and signs next to numbers in every language,
``characters`` classes of characters, ``patterns`` the regular expressions, ``passage`` the rules,
``quotation`` the pairing of quotation marks, ``protection`` URLs and paths, which are not changed,
``markup`` the HTML tokenizer, ``headlines`` expressions without line breaks, ``house_style`` the
choice of a site.
"""

from diptych.themes.typography.conventions import ENGLISH, FRANCE, SWITZERLAND, conventions_for
from diptych.themes.typography.markup import typeset_html, typeset_text

__all__ = ["ENGLISH", "FRANCE", "SWITZERLAND", "conventions_for", "typeset_html", "typeset_text"]
