"""Streams as they are stored: lists and dictionaries of numbers and strings."""


def strings_in(stored):
    """Every string in a stream, or in a part of one, as it is stored."""
    if isinstance(stored, str):
        yield stored
    elif isinstance(stored, dict | list):
        for each in stored.values() if isinstance(stored, dict) else stored:
            yield from strings_in(each)
