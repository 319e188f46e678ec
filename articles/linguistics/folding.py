"""Letter folding: what two spellings of a word that differ in case or accents have in common."""

import re
import unicodedata

#: Letters that Unicode does not decompose.
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
#: Accents, once they are decomposed from their letter.
ACCENTS = re.compile("[\u0300-\u036f]")


def fold_text(text):
    """``text`` in lower case without accents or ligatures; spaces and punctuation are kept."""
    text = text.casefold()
    if text.isascii():
        return text
    text = text.translate(PLAIN)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text).casefold().translate(PLAIN)
    return ACCENTS.sub("", text)


def fold_line(text):
    """The folded ``text`` in one line, with straight apostrophes and single spaces."""
    return " ".join(fold_text(text.replace("’", "'")).split())


def fold(word):
    """``word`` in lower case, of nothing but plain letters and digits: "Œuvrées" → "oeuvrees"."""
    word = fold_text(word)
    return word if word.isalnum() else "".join(char for char in word if char.isalnum())
