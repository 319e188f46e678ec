"""The characters that the rules tell apart, and the signs that stand for what is not text."""

NO_BREAK = "\u00a0"
NARROW = "\u202f"
THIN = "\u2009"
APOSTROPHE = "’"
ELLIPSIS = "…"
EN_DASH = "–"
EM_DASH = "—"

#: Stands for a tag that a word may continue across, such as ``<em>``. Unicode keeps these three
#: characters out of every text.
TAG = "\ufdd0"
#: Stands for something that is read like a word and never changed: code, an address, a picture.
OBJECT = "\ufdd1"
#: Stands for the end of a line inside a paragraph, ``<br>``.
BREAK = "\ufdd2"
SIGNS = f"{TAG}{OBJECT}{BREAK}"

#: Spaces within a line, for use inside a class of a pattern.
SPACES = f" {NO_BREAK}{NARROW}{THIN}"
#: What separates words; the empty string is the edge of a passage.
BLANK = frozenset(["", *SPACES, *"\t\n\r\f\v\u2003\u2002", BREAK])
#: What a quotation mark may follow and still open.
OPENING = frozenset("([{«‹“‘„¿¡")
#: What may come before an opening mark, and before a closing one just as well.
AMBIGUOUS = frozenset(f"'{APOSTROPHE}:-/{EN_DASH}{EM_DASH}")
#: What no quotation begins with.
NEVER_FIRST = frozenset(",;:!?)]}»›”’")
#: What a word, or a sentence inside a quotation, may end with.
CLOSING = frozenset(f")]}}»›”’\"'%°€$£.,{ELLIPSIS}‰{OBJECT}")
#: What may follow a mark of punctuation that ends something.
AFTER_MARK = frozenset([*BLANK, *")]}»›”’\"'.,;:!?…"])


def is_word(character):
    """Whether a character is part of a word or of a number."""
    return character.isalnum() or character == OBJECT


def has_signs(text):
    """Whether a text has a character of its own that is a sign here, which no proper text has."""
    return TAG in text or OBJECT in text or BREAK in text
