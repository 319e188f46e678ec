"""Primary keys in requests."""

from django.core.exceptions import ValidationError

#: Maximum number of digits of a primary key in all databases.
DIGITS = 18


def id_in(text):
    """The integer primary key in ``text``, or ``None`` if it is malformed or too large."""
    text = text or ""
    is_number = text.isascii() and text.isdigit() and len(text) <= DIGITS
    return int(text) if is_number else None


def key_in(model, value):
    """``value`` as a primary key of ``model``, or ``None`` if it is malformed.

    Works for any type of primary key, such as UUIDs of a host's image model.
    """
    key = model._meta.pk
    while key.remote_field:
        key = key.target_field
    try:
        return key.clean(value, None)
    except ValidationError:
        return None
