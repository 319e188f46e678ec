"""Fields of pages, images, documents and settings as values of YAML, and back.

What refers to an image, a page or a document is written by its name. Values that are those of a new
object are left out.
"""

from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from diptych.articles.languages.config.content import mapped
from diptych.articles.languages.config.fields import (
    RECORD_FIELDS,
    REQUEST_FIELDS,
    STATE_FIELDS,
    translated_fields,
    untranslated_fields,
)
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.transfer.markdown import data

#: Fields of every page that Wagtail or the importer sets, or that front matter has elsewhere.
OF_EVERY_PAGE = {each.name for each in Page._meta.concrete_fields} - {"show_in_menus"}
RECORDS = {*STATE_FIELDS, *REQUEST_FIELDS, *RECORD_FIELDS}
ELSEWHERE = {"headline", "url_slug", "source_language", "alias_of"}


class Unknown(ValueError):
    """A name that leads nowhere."""

    def __init__(self, name):
        super().__init__(_("nothing is called “%(name)s”") % {"name": name})


def kind_of(model):
    """Which names a relation to ``model`` uses: ``"images"``, ``"pages"``, ``"documents"``."""
    if issubclass(model, Page):
        return "pages"
    if issubclass(model, get_image_model()):
        return "images"
    return "documents" if issubclass(model, get_document_model()) else None


def shared_fields(model, skipped=()):
    """The fields of ``model`` without a language that are written."""
    return [
        field
        for field in untranslated_fields(model)
        if field.name not in skipped
        and not isinstance(field, (ParentalKey, models.FileField))
        and not (field.is_relation and (field.one_to_one or kind_of(field.related_model) is None))
    ]


def text_fields(model, skipped=()):
    """``{name: {language: field}}`` of the translated fields of ``model`` that are written."""
    return {
        name: {code: model._meta.get_field(column) for code, column in columns.items()}
        for name, columns in sorted(translated_fields(model).items())
        if name not in skipped and name not in RECORDS
    }


# Writing


def shared_values(item, names, skipped=()):
    """The values of the fields of ``item`` without a language, by name."""
    values = {each.name: written(each, item, names) for each in shared_fields(type(item), skipped)}
    return {name: value for name, value in values.items() if value is not None}


def texts_in(item, language, names, skipped=()):
    """The values of the translated fields of ``item`` in ``language``, by name."""
    values = {
        name: written(columns[language], item, names)
        for name, columns in text_fields(type(item), skipped).items()
        if language in columns
    }
    return {name: value for name, value in values.items() if value is not None}


def all_texts(item, names, skipped=()):
    """The values of the translated fields of ``item`` as ``{name: {language: value}}``."""
    found = {}
    for language in available_languages():
        for name, value in texts_in(item, language, names, skipped).items():
            found.setdefault(name, {})[language] = value
    return found


def rows_of(page, names):
    """The rows below ``page``, by relation: a list of mappings, or of values of a single field."""
    found = {}
    for relation in relations_of(page):
        name = relation.get_accessor_name()
        rows = [row_of(each, names) for each in getattr(page, name).all()]
        rows = [row for row in rows if row is not None]
        if rows:
            found[name] = rows
    return found


def relations_of(model):
    """The relations to rows below pages of ``model`` that are written."""
    return [each for each in get_all_child_relations(model) if is_written(each.related_model)]


def is_written(model):
    """Whether rows of ``model`` are written: those of the journal and of projects."""
    return not model.__module__.startswith("wagtail.")


def row_of(row, names):
    skipped = {"sort_order"}
    values = {**shared_values(row, names, skipped), **all_texts(row, names)}
    fields = shared_fields(type(row), skipped)
    targets = [each for each in fields if each.is_relation and not each.null]
    if not values or any(each.name not in values for each in targets):
        return None
    is_single = len(fields) == 1 and len(values) == 1
    return next(iter(values.values())) if is_single else values


def written(field, item, names):
    """The value of ``field`` as it is written; ``None`` if it is that of a new object."""
    value = getattr(item, field.attname)
    if field.is_relation:
        return getattr(names, kind_of(field.related_model)).get(value) if value else None
    if isinstance(field, StreamField):
        stored = value.get_prep_value() if value else []
        block = field.stream_block
        return mapped(block, stored, lambda *leaf: data.with_names(*leaf, names)) or None
    if value in (None, field.get_default()) or (value == "" and field.null):
        return None
    if isinstance(field, RichTextField):
        return data.html_with_names(str(value), names)
    return value if isinstance(value, (bool, int, float, str, list, dict, date)) else str(value)


# Reading


def set_shared(item, values, names, skipped=(), problem=None):
    """Set the fields of ``item`` without a language; those that ``values`` lacks to defaults.

    ``problem(name, error)`` is told of values that are none; without it, they raise ``ValueError``.
    """
    for field in shared_fields(type(item), skipped):
        _set(item, field, values.get(field.name), names, problem)


def set_texts(item, language, values, names, skipped=(), problem=None):
    """Set the translated fields of ``item`` in ``language``."""
    for name, columns in text_fields(type(item), skipped).items():
        if language in columns:
            _set(item, columns[language], values.get(name), names, problem)


def set_all_texts(item, values, names, problem=None):
    """Set the translated fields of ``item``, said as ``{name: {language: value}}``."""
    for name, columns in text_fields(type(item)).items():
        said = values.get(name)
        said = said if isinstance(said, dict) else {}
        for language, field in columns.items():
            _set(item, field, said.get(language), names, problem)


def _set(item, field, said, names, problem):
    longest = getattr(field, "max_length", None)
    if problem and isinstance(said, str) and longest and len(said) > longest:
        message = _("longer than %(count)d characters; its end is left out")
        problem(field.name, message % {"count": longest})
        said = said[:longest]
    try:
        value = read(field, said, names)
    except ValueError as error:
        if problem is None:
            raise
        problem(field.name, str(error))
        value = read(field, None, names)
    setattr(item, field.attname, value)


def set_rows(page, values, names, language, problem):
    """Replace the rows below ``page`` by those of ``values``; a plain role is in ``language``."""
    for relation in relations_of(page):
        model, name = relation.related_model, relation.get_accessor_name()
        said = values.get(name)
        said = said if isinstance(said, list) else [said] if said else []
        made = []
        for each in said:
            try:
                made.append(row_from(model, each, names, language))
            except ValueError as error:
                problem(name, str(error))
        for number, row in enumerate(made):
            row.sort_order = number
        setattr(page, name, made)


def row_from(model, said, names, language):
    """A row of ``model``, said by its fields or by its only one."""
    skipped = {"sort_order"}
    if not isinstance(said, dict):
        fields = [each for each in shared_fields(model, skipped) if each.is_relation]
        said = {fields[0].name: said} if fields else {}
    row = model()
    set_shared(row, said, names, skipped)
    for field in shared_fields(model, skipped):
        if field.is_relation and not field.null and getattr(row, field.attname) is None:
            raise Unknown("")
    texts = {
        name: value if isinstance(value, dict) else {language: value}
        for name, value in said.items()
    }
    set_all_texts(row, texts, names)
    return row


def read(field, said, names):
    """The value of ``field`` that ``said`` stands for; a ``ValueError`` if it is none."""
    if said is None:
        return None if field.is_relation or field.null else field.get_default()
    if field.is_relation:
        return _related(field.related_model, said, names)
    if isinstance(field, StreamField):
        return _stream(field, said, names)
    if isinstance(field, models.DateTimeField):
        return moment(said)
    if isinstance(field, (models.CharField, models.TextField)):
        text = said if isinstance(said, str) else str(said)
        if isinstance(field, RichTextField):
            text = data.cleaned(field.formfield().widget, data.html_with_keys(text, names))
        if field.max_length and len(text) > field.max_length:
            message = _("%(name)s is longer than %(count)d characters")
            raise ValueError(message % {"name": field.name, "count": field.max_length})
        return text
    try:
        return field.clean(said, None)
    except Exception as error:
        # ``ValidationError``, and what fields raise for a value of another type.
        raise ValueError(_("%(name)s: %(value)s") % {"name": field.name, "value": said}) from error


def _related(model, said, names):
    known = getattr(names, kind_of(model))
    if said not in known:
        raise Unknown(said)
    found = known[said]
    if model is not Page and not model._default_manager.filter(pk=found).exists():
        raise Unknown(said)
    return found


def _stream(field, said, names):
    block = field.stream_block
    if not data.is_of(block, said):
        raise ValueError(_("%(name)s holds no blocks") % {"name": field.name})
    stored = mapped(block, said, lambda *leaf: data.with_keys(*leaf, names))
    return block.to_python(stored)


def moment(said):
    """A date or a date with a time, as one with a time zone."""
    if isinstance(said, str):
        try:
            said = datetime.fromisoformat(said.strip())
        except ValueError:
            raise ValueError(_("“%(value)s” is not a date") % {"value": said}) from None
    if isinstance(said, datetime):
        return said if timezone.is_aware(said) else timezone.make_aware(said)
    if isinstance(said, date):
        return timezone.make_aware(datetime(said.year, said.month, said.day))
    raise ValueError(_("“%(value)s” is not a date") % {"value": said})
