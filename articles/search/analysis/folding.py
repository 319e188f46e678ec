"""Letters as search compares them: without case, accents, ligatures or marks."""

import unicodedata

#: Letters that Unicode does not take apart.
PLAIN = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ŧ": "t",
        "ƒ": "f",
    }
)


def fold(word):
    """``word`` in small plain letters and digits: « Œuvrées » is ``oeuvrees``."""
    word = word.casefold().translate(PLAIN)
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word).casefold().translate(PLAIN)
    return word if word.isalnum() else "".join(char for char in word if char.isalnum())
