"""Classes of characters, and the placeholders for tags and other parts that are not text."""

NO_BREAK = "\u00a0"
NARROW = "\u202f"
THIN = "\u2009"
APOSTROPHE = "’"
ELLIPSIS = "…"
EN_DASH = "–"
EM_DASH = "—"
PRIME = "′"
DOUBLE_PRIME = "″"
#: Forbids a line break at its place; it has no width.
WORD_JOINER = "\u2060"

#: Placeholder for a tag within a word or sentence, such as ``<em>``. All three placeholders are
#: noncharacters of Unicode, which texts do not contain.
TAG = "\ufdd0"
#: Placeholder for something read like a word and left unchanged: code, a URL, an image.
OBJECT = "\ufdd1"
#: Placeholder for a line break, ``<br>``.
BREAK = "\ufdd2"
PLACEHOLDERS = f"{TAG}{OBJECT}{BREAK}"

#: Spaces within a line, for character classes of patterns.
SPACES = f" {NO_BREAK}{NARROW}{THIN}"
#: Separators of words; the empty string stands for the start or end of a passage.
BLANK = frozenset(["", *SPACES, *"\t\n\r\f\v\u2003\u2002", BREAK])
#: Characters that may precede an opening quotation mark.
OPENING = frozenset("([{«‹“‘„¿¡")
#: Characters that may precede opening and closing quotation marks.
AMBIGUOUS = frozenset(f"'{APOSTROPHE}:-/{EN_DASH}{EM_DASH}")
#: Characters that a quotation does not start with.
NEVER_FIRST = frozenset(",;:!?)]}»›”’")
#: Characters at the end of a word, or of a sentence in a quotation.
CLOSING = frozenset(f")]}}»›”’\"'%°€$£.,{ELLIPSIS}‰{OBJECT}")
#: Characters that may follow a punctuation mark.
AFTER_MARK = frozenset([*BLANK, *")]}»›”’\"'.,;:!?…"])


def is_word(character):
    """Whether ``character`` belongs to a word or a number."""
    return character.isalnum() or character == OBJECT


def has_placeholders(text):
    """Whether ``text`` contains one of the placeholders itself."""
    return TAG in text or OBJECT in text or BREAK in text
