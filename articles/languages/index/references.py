"""Foreign keys with a column for each language, and the deletion of the objects referred to.

Django clears a foreign key by the name of its field, which queries of a translated model take for
the column of the active language. The columns of the others, and that of the field itself, would
still refer to the deleted object.
"""

from functools import cache

from django.db import models
from django.db.models import DO_NOTHING, SET_NULL
from django.db.models.signals import pre_delete
from modeltranslation.translator import translator

from diptych.articles.languages.config.fields import translated_fields
from diptych.articles.languages.index.querysets import plain

#: Values of ``on_delete`` that the database carries out for each column. Since Django 6.1.
BY_DATABASE = tuple(
    getattr(models, name)
    for name in ("DB_CASCADE", "DB_SET_NULL", "DB_SET_DEFAULT")
    if hasattr(models, name)
)


def references_to(target, keys):
    """The references that deleting rows of the model ``target`` clears in every language.

    Yields ``(rows, column)``: the rows of a model that refer to one of the primary ``keys``, and
    the name of the column in which they do.
    """
    for field in _cleared():
        if issubclass(target, field.remote_field.model):
            for column in (field.name, *translated_fields(field.model)[field.name].values()):
                yield plain(field.model).filter(**{f"{column}__in": keys}), column


def clear_references(sender, instance, using, **kwargs):
    """Clear the references to an object in every language. A receiver of ``pre_delete``."""
    for rows, column in references_to(sender, [instance.pk]):
        rows.using(using).update(**{column: None})


def connect():
    """Connect :func:`clear_references` for each model that translated foreign keys refer to."""
    for model in {field.remote_field.model for field in _cleared()}:
        pre_delete.connect(clear_references, sender=model, dispatch_uid="diptych_references")


@cache
def translated_foreign_keys():
    """The foreign keys of the project that have a column for each language."""
    known = translator.get_registered_models(abstract=False)
    fields = [model._meta.get_field(name) for model in known for name in translated_fields(model)]
    return {field for field in fields if field.many_to_one}


def _cleared():
    return {each for each in translated_foreign_keys() if each.remote_field.on_delete is SET_NULL}


def is_overlooked(field):
    """Whether Django follows ``on_delete`` of a translated foreign key in one language only.

    Without a name of the relation its columns share one, by which Django finds the active
    language’s; for the others, the database refuses the deletion.
    """
    relation = field.remote_field
    return relation.hidden and relation.on_delete not in (SET_NULL, DO_NOTHING, *BY_DATABASE)
