"""What is translated on a page class, read from modeltranslation's registry."""

from functools import cache

from modeltranslation.translator import NotRegistered, translator

#: State of the page itself: never taken from a revision.
STATE_FIELDS = ("is_public", "first_public_at", "updated_at")
#: What a draft asks for when it is published.
INTENTION_FIELDS = ("goes_public",)


@cache
def translated_fields(model):
    """Map each translated field name of ``model`` to ``{language: column name}``."""
    try:
        options = translator.get_options_for_model(model)
    except NotRegistered:
        return {}
    return {
        name: {field.language: field.name for field in fields}
        for name, fields in options.all_fields.items()
    }


@cache
def text_columns(model, language):
    """The columns of ``model`` that hold what is written in ``language``."""
    skipped = {*STATE_FIELDS, *INTENTION_FIELDS}
    return tuple(
        columns[language]
        for name, columns in translated_fields(model).items()
        if name not in skipped and language in columns
    )


@cache
def state_columns(model):
    """The columns of ``model`` that hold the state of publication, in every language."""
    return tuple(
        column
        for name, columns in translated_fields(model).items()
        if name in STATE_FIELDS
        for column in columns.values()
    )


def stored_value(instance, column):
    """The value of a column as it would be stored, so that two of them can be compared."""
    field = instance._meta.get_field(column)
    value = field.get_prep_value(field.value_from_object(instance))
    return value or ""


def differing_columns(first, second, columns):
    """Those of ``columns`` whose stored values differ between two instances."""
    return [name for name in columns if stored_value(first, name) != stored_value(second, name)]
