"""Numbers as requests name them."""

from django.core.exceptions import ValidationError

#: As many digits as every database takes for an id.
DIGITS = 18


def id_in(text):
    """The id that ``text`` from a request names, or ``None`` if no row can have it."""
    text = text or ""
    is_number = text.isascii() and text.isdigit() and len(text) <= DIGITS
    return int(text) if is_number else None


def key_in(model, value):
    """The key that ``value`` from a request names, or ``None`` if no row of ``model`` can have it.

    Unlike :func:`id_in` it knows the kind of key: a host may number its images otherwise.
    """
    key = model._meta.pk
    while key.remote_field:
        key = key.target_field
    try:
        return key.clean(value, None)
    except ValidationError:
        return None
