"""Characters that are valid in JSON but not in databases and pages."""


def whole_characters(text):
    """``text`` without NULs, with U+FFFD for each lone surrogate."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "")
