"""The plain columns of a page and those of one language, and how texts get from one to the other.

In the database, in the contents of revisions and in the places of comments. A page type that got
the mixin has the texts of its pages in the columns it always had; each of them is copied into the
column of one language.
"""

import json

from django.db.models import Case, DateTimeField, F, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Left
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import AbstractPage

from diptych.articles.languages.config.fields import languages_by_column, translated_fields
from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.translation import MultilingualPageOptions

#: Wagtail's own fields that the translated ones of every page take the place of.
WAGTAIL_FIELDS = {
    "headline": "title",
    "url_slug": "slug",
    "meta_title": "seo_title",
    "meta_description": "search_description",
}
#: Wagtail's own state of publication, by the translated fields.
WAGTAIL_STATE = {
    "is_public": "live",
    "first_public_at": "first_published_at",
    "last_public_at": "last_published_at",
}
#: Translated fields of every page; all others are those that a page type has registered itself.
OF_EVERY_PAGE = frozenset(MultilingualPageOptions.fields)


def own_fields(model):
    """The names of the translated fields that ``model`` has registered itself."""
    return [name for name in translated_fields(model) if name not in OF_EVERY_PAGE]


def adopted_path(path, language):
    """The place of a comment from before, in the field of one language."""
    name, *rest = path.split(".")
    names = {plain_name: name for name, plain_name in WAGTAIL_FIELDS.items()}
    return ".".join([column(names.get(name, name), language), *rest])


def released_path(model, path):
    """The place of a comment in the plain field, whichever language it was tied to."""
    first, *rest = path.split(".")
    for name, columns in translated_fields(model).items():
        if first in columns.values():
            first = WAGTAIL_FIELDS.get(name, name)
    return ".".join([first, *rest])


def has_language(model, content):
    """Whether the ``content`` of a revision has columns for each language."""
    return any(column("headline", code) in content for code in available_languages())


def adopted_content(model, content, language):
    """The ``content`` of a revision from before, with its texts in ``language``."""
    values = dict.fromkeys(languages_by_column(model))
    for name in own_fields(model):
        values[column(name, language)] = content.get(name)
    if issubclass(model, AbstractPage):
        for name, plain_name in WAGTAIL_FIELDS.items():
            values[column(name, language)] = content.get(plain_name)
        slug = values[column("url_slug", language)]
        values[column("url_slug", language)] = slug and slug[: _longest(model)]
        values["source_language"] = language
    values = {name: _allowed(model, name, value) for name, value in values.items()}
    return {**content, **values, **_rows(model, content, adopted_content, language)}


def released_content(model, content, language):
    """The ``content`` of a revision without languages, with the texts of ``language`` alone.

    A page that is not written in it keeps the title, slug and texts of its source language.
    """
    if issubclass(model, AbstractPage) and not content.get(column("headline", language)):
        language = content.get("source_language") or language
    values = {name: content.get(column(name, language)) for name in own_fields(model)}
    values = {name: _allowed(model, name, value) for name, value in values.items()}
    dropped = set(languages_by_column(model))
    if issubclass(model, AbstractPage):
        for name, plain_name in WAGTAIL_FIELDS.items():
            values[plain_name] = content.get(column(name, language)) or ""
        for name in ("title", "slug"):
            values[name] = values[name] or content.get(name)
        dropped |= {*OF_EVERY_PAGE, "source_language"}
    kept = {name: value for name, value in content.items() if name not in dropped}
    return {**kept, **values, **_rows(model, content, released_content, language)}


def _longest(model):
    return model._meta.get_field("url_slug").max_length


def _allowed(model, name, value):
    """``value``, or the empty value of a column that is not nullable in place of ``None``."""
    field = model._meta.get_field(name)
    if value is not None or field.null:
        return value
    return field.get_prep_value(field.get_default()) if field.has_default() else ""


def _rows(model, content, converted, language):
    """The rows below a page in ``content``, those of translated models ``converted``."""
    found = {}
    for relation in get_all_child_relations(model):
        name, child = relation.get_accessor_name(), relation.related_model
        if name in content and translated_fields(child):
            found[name] = [converted(child, row, language) for row in content[name]]
    return found


# The database


def adopt_columns(model, pages, language):
    """Copy the texts and the state of ``pages``, primary keys, into the columns of ``language``.

    A few statements, whatever the number of pages. The columns of all other languages are emptied.
    """
    for owner, values in _by_table(model, _adopted_columns(model, language)).items():
        plain(owner).filter(pk__in=pages).update(**values)
    _copy_rows(model, pages, lambda name: {column(name, language): F(name)})


def release_columns(model, pages, language):
    """Copy the texts of ``pages`` in ``language`` into their plain columns; Wagtail's own apart."""
    values = {name: F(column(name, language)) for name in own_fields(model)}
    filled = {name: _filled(model, name, value) for name, value in values.items()}
    for owner, each in _by_table(model, filled).items():
        plain(owner).filter(pk__in=pages).update(**each)
    _copy_rows(model, pages, lambda name: {name: F(column(name, language))})


def write_columns(model, pk, values):
    """Write the columns ``values`` of one page or row, whichever tables they are in."""
    for owner, each in _by_table(model, values).items():
        plain(owner).filter(pk=pk).update(**each)


def stored_streams(instance):
    """The blocks of each stream of ``instance`` by its column, as they are in the database.

    Those of types that no longer exist are among them; Wagtail leaves them out when it reads a row.
    """
    model = type(instance)
    names = _stream_names(model)
    if not names:
        return {}
    texts = (Cast(name, TextField()) for name in names)
    row = plain(model).filter(pk=instance.pk).values_list(*texts).get()
    return {name: json.loads(text or "[]") for name, text in zip(names, row, strict=True)}


def _stream_names(model):
    return [each.name for each in model._meta.concrete_fields if isinstance(each, StreamField)]


def stored_content(instance):
    """The content of a revision of ``instance``, with all blocks that the database has."""
    return _with_stored_streams(instance, instance.serializable_data())


def _with_stored_streams(instance, content):
    streams = {name: json.dumps(each) for name, each in stored_streams(instance).items()}
    rows = {}
    for relation in get_all_child_relations(type(instance)):
        name = relation.get_accessor_name()
        if name in content:
            pairs = zip(getattr(instance, name).all(), content[name], strict=True)
            rows[name] = [_with_stored_streams(*pair) for pair in pairs]
    return {**content, **streams, **rows}


def with_streams_of(model, content, other):
    """The ``content`` of a revision with the streams of ``other``, which has all their blocks."""
    streams = {name: other[name] for name in _stream_names(model) if name in other}
    rows = {}
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        own, others = content.get(name, []), other.get(name, [])
        if len(own) == len(others):
            pairs = zip(own, others, strict=True)
            rows[name] = [with_streams_of(relation.related_model, *pair) for pair in pairs]
    return {**content, **streams, **rows}


def _filled(model, name, value):
    """The expression ``value`` for a column that may not be null."""
    field = model._meta.get_field(name)
    if field.null:
        return value
    default = field.get_prep_value(field.get_default()) if field.has_default() else ""
    is_empty = When(**{f"{value.name}__isnull": True}, then=Value(default, field))
    return Case(is_empty, default=value, output_field=field)


def _adopted_columns(model, language):
    values = {}
    for name, columns in translated_fields(model).items():
        for code, each in columns.items():
            is_adopted = code == language
            values[each] = _adopted_value(model, name) if is_adopted else _nothing(model, each)
    values["source_language"] = Value(language)
    return values


def _adopted_value(model, name):
    """The expression for a translated field of a page, from Wagtail's columns or its own."""
    if name == "url_slug":
        slug = _page_row(model).annotate(cut=Left("slug", _longest(model)))
        return Subquery(slug.values("cut"))
    if name == "updated_at":
        is_later = When(last_published_at__gt=F("first_published_at"), then="last_published_at")
        updated = Case(is_later, output_field=DateTimeField())
        return Subquery(_page_row(model).annotate(updated=updated).values("updated"))
    if known := (WAGTAIL_FIELDS | WAGTAIL_STATE).get(name):
        return _of_page(model, known)
    return _nothing(model, name) if name in OF_EVERY_PAGE else F(name)


def _nothing(model, name):
    field = model._meta.get_field(name)
    if field.null:
        return None
    return field.get_default()


def _page_row(model):
    page = model.base_page_model
    return plain(page).filter(pk=OuterRef("pk"))


def _of_page(model, name):
    return Subquery(_page_row(model).values(name))


def _by_table(model, values):
    """``values`` by the model whose table has the column, with inheritance of several tables."""
    found = {}
    for name, value in values.items():
        found.setdefault(model._meta.get_field(name).model, {})[name] = value
    return found


def _copy_rows(model, pages, values_for):
    """Copy the translated fields of the rows below ``pages``."""
    for relation in get_all_child_relations(model):
        child = relation.related_model
        values = {}
        for name in translated_fields(child):
            values |= values_for(name)
        if values:
            rows = plain(child).filter(**{f"{relation.field.name}__in": pages})
            for owner, each in _by_table(child, values).items():
                plain(owner).filter(pk__in=rows.values("pk")).update(**each)
