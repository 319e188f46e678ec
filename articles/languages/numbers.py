"""Numbers as requests name them."""

#: As many digits as every database takes for an id.
DIGITS = 18


def id_in(text):
    """The id that ``text`` from a request names, or ``None`` if no row can have it."""
    text = text or ""
    is_number = text.isascii() and text.isdigit() and len(text) <= DIGITS
    return int(text) if is_number else None
