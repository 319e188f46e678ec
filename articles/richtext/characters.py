"""Characters that JSON can say and that no page and no database can hold."""


def whole_characters(text):
    """``text`` with a sign for each half of a character, and without the one that is none."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "")
