"""Foreign keys of a page and of the rows below it, read at once and not looked up again.

A page is made of the content of its revision, and validated, several times in a request. Django and
modelcluster would look up every object that it refers to each time, with one query for each.
"""

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations

from diptych.articles.languages.config.wagtail_compat import forget_rows

#: Relations that a version takes from the stored page, not from its revision.
KEPT_RELATIONS = frozenset(
    {"content_type", "locale", "owner", "locked_by", "latest_revision", "live_revision", "alias_of"}
)


def without_kept(content):
    """``content``, of its own type, without :data:`KEPT_RELATIONS`, which need no look-up."""
    return type(content)({k: v for k, v in content.items() if k not in KEPT_RELATIONS})


class RelatedObjects:
    """The objects to which the serialized ``data`` of an instance of ``model`` refers.

    The foreign keys of the rows below it are included, except for their parental keys.
    """

    def __init__(self, model, data):
        self.keys = _keys_in(model, data)
        self.found = {
            (target, name): target._default_manager.order_by().in_bulk(keys, field_name=name)
            for (target, name), keys in self.keys.items()
        }

    @property
    def are_complete(self):
        """Whether all objects referred to exist."""
        return all(keys <= self.found[target].keys() for target, keys in self.keys.items())

    def attach_to(self, instance):
        """Set the related objects of ``instance`` and of the rows directly below it."""
        relations = get_all_child_relations(type(instance))
        rows = [
            row for each in relations for row in getattr(instance, each.get_accessor_name()).all()
        ]
        for owner in (instance, *rows):
            for field in owner._meta.concrete_fields:
                key = _foreign_key(type(owner), field.name)
                found = key and self.found.get(_target_of(key), {}).get(getattr(owner, key.attname))
                if found:
                    setattr(owner, field.name, found)


def unbroken(contents):
    """The keys of those of ``contents`` whose foreign keys all exist.

    ``contents`` are ``(model, serialized data)`` by key; one query is made for each model that any
    of them refers to.
    """
    keys = {key: _keys_in(model, data) for key, (model, data) in contents.items()}
    asked = {}
    for each in keys.values():
        for target, values in each.items():
            asked.setdefault(target, set()).update(values)
    found = {
        (model, name): set(
            model._default_manager.filter(**{f"{name}__in": values}).values_list(name, flat=True)
        )
        for (model, name), values in asked.items()
    }
    return {
        key
        for key, each in keys.items()
        if all(values <= found[target] for target, values in each.items())
    }


def _keys_in(model, data, keys=None):
    """The keys that ``data`` of an instance of ``model`` names, by target; see `_target_of`."""
    keys = {} if keys is None else keys
    for name, value in data.items():
        key = _foreign_key(model, name)
        if key and value is not None:
            keys.setdefault(_target_of(key), set()).add(key.to_python(value))
    for relation in get_all_child_relations(model):
        for row in data.get(relation.get_accessor_name(), ()):
            _keys_in(relation.related_model, row, keys)
    return keys


def _foreign_key(model, name):
    """The field ``name`` if it is a foreign key and not a parental key, else ``None``."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    is_key = isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey)
    return field if is_key else None


def _target_of(key):
    """The model and the name of its unique column that a foreign key refers to."""
    return key.remote_field.model, key.target_field.attname


class KnownRelationsMixin(models.Model):
    """For pages and the rows below them: foreign keys in memory are not queried for validation."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude=None):
        """As Django does, but for foreign keys to objects that have been read into memory."""
        known = [field.name for field in self._meta.concrete_fields if _is_known(self, field)]
        super().clean_fields({*(exclude or ()), *known})


def _is_known(instance, field):
    """Whether ``instance`` holds the stored object that the foreign key ``field`` leads to."""
    if not field.many_to_one or field.get_limit_choices_to():
        return False
    target = field.get_cached_value(instance, default=None)
    if target is None or target._state.adding:
        return False
    return getattr(target, field.target_field.attname) == getattr(instance, field.attname)


class CheckedContent(dict):
    """The content of a revision whose references have been checked in this transaction."""


def leave_stored_rows(page):
    """Let saving ``page`` write only rows that differ from those that are stored.

    modelcluster writes every row of a relation that is in memory. Rows with rows of their own are
    left to it.
    """
    for each in get_all_child_relations(type(page)):
        rows = getattr(page, each.get_accessor_name())
        if not rows.is_deferring or issubclass(each.related_model, ClusterableModel):
            continue
        if _values_of(rows.get_object_list()) == _values_of(rows.get_live_queryset()):
            forget_rows(page, each.get_accessor_name())


def _values_of(rows):
    return [
        [each.get_prep_value(each.value_from_object(row)) for each in row._meta.concrete_fields]
        for row in rows
    ]
