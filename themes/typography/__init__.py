"""Text as a compositor sets it: spaces, quotation marks, dashes and ordinals of each language.

What is stored stays as it was typed; this runs when a page is shown. ``set_html`` sets a piece of
HTML or a whole page, ``set_text`` a text without markup; both take the conventions that
``conventions_for`` finds for a language.

``conventions`` is what each language does, as data; ``vocabulary`` the words beside numbers;
``characters`` what kinds of characters there are; ``patterns`` where something may have to change;
``passage`` the rules; ``quotation`` the quotation marks; ``ranges`` the dashes between numbers;
``protection`` what is never touched; ``markup`` the walk through HTML.
"""

from themes.typography.conventions import ENGLISH, FRANCE, SWITZERLAND, conventions_for
from themes.typography.markup import set_html, set_text

__all__ = ["ENGLISH", "FRANCE", "SWITZERLAND", "conventions_for", "set_html", "set_text"]
