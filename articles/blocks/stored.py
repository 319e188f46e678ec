"""Reading streams in their stored form, as lists and dictionaries."""


def strings_in(stored):
    """Yield every string in ``value``, a stored stream or a part of one."""
    if isinstance(stored, str):
        yield stored
    elif isinstance(stored, dict | list):
        for each in stored.values() if isinstance(stored, dict) else stored:
            yield from strings_in(each)
