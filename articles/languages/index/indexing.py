"""Update Wagtail's search index and reference index once for a page that is saved several times.

Publishing one language saves the page and the rows below it up to three times, and each save would
index the whole page anew, before the indexed values are complete.
"""

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache

from django.apps import apps
from django.db import models
from django_tasks import TaskResultStatus
from modelcluster.fields import ParentalKey
from modelsearch import index
from modelsearch.backends import get_search_backends
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import ReferenceIndex
from wagtail.tasks import update_reference_index_task

from diptych.articles.languages.config.background import (
    SEARCH_BACKEND,
    TableLocked,
    after_commit,
    on_backend,
    waiting_briefly,
)
from diptych.articles.languages.config.wagtail_compat import reference_index_paused
from diptych.articles.languages.index.searching import index_languages_task
from diptych.articles.languages.models import PageInLanguage, PageLanguage
from diptych.articles.languages.models.searched_languages import types_searched_by_language

logger = logging.getLogger(__name__)

#: The columns of a page that saving a draft writes; none of them holds a reference.
BOOKKEEPING = frozenset(
    {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}
)


@dataclass
class Pending:
    """The objects to index at the end: arguments of Wagtail's tasks, in order and once each."""

    search: dict = field(default_factory=dict)
    references: dict = field(default_factory=dict)


_pending = ContextVar("diptych_pending_index_updates", default=None)


@contextmanager
def indexed_once():
    """A context in which saved objects are recorded, to be indexed once each at its end.

    Does nothing within another one, nor if it is left by an exception.
    """
    if _pending.get() is not None:
        yield
        return
    pending = Pending()
    token = _pending.set(pending)
    try:
        with reference_index_paused():
            yield
    finally:
        _pending.reset(token)
    for key in pending.references:
        update_reference_index_task.enqueue(*key)
    for key in pending.search:
        _index(key)


def _index(key):
    """Index a page for Wagtail's search now, or in the background if its table is locked."""
    work = {insert_or_update_object_task: key}
    if apps.get_model(*key[:2]).is_searched_by_language:
        work[index_languages_task] = key[2:]
    try:
        with waiting_briefly():
            for each, arguments in work.items():
                result = each.enqueue(*arguments)
                if result.status == TaskResultStatus.FAILED:
                    raise TableLocked(result.errors[-1].exception_class_path)
    except TableLocked as error:
        logger.warning("Wagtail's search gets %s later: %s", " ".join(key), error)
        for each, arguments in work.items():
            after_commit(on_backend(each, SEARCH_BACKEND).enqueue, *arguments)


class IndexedOnceMixin(models.Model):
    """A page whose search index waits for the end of :func:`indexed_once`."""

    #: Its saves are followed by :func:`reindex_saved`, as Wagtail's own receiver reads it at each.
    search_auto_update = False
    #: Whether ``search`` of a queryset finds the live texts of the active language.
    is_searched_by_language = True

    class Meta:
        abstract = True

    def get_indexed_instance(self):
        """Nothing for now if the page is indexed later, as Wagtail's search asks for each save."""
        pending = _pending.get()
        if pending is None:
            return super().get_indexed_instance()
        pending.search[_key(self)] = True
        return None


def reindex_saved(instance, raw=False, update_fields=None, **kwargs):
    """Index a page, and queue the owner of changed references. A receiver of ``post_save``."""
    pending = _pending.get()
    if isinstance(instance, IndexedOnceMixin) and not raw:
        if pending is None:
            _index(_key(instance))
        else:
            pending.search[_key(instance)] = True
    if pending is None or raw or type(instance) not in ReferenceIndex.tracked_models:
        return
    if update_fields and BOOKKEEPING.issuperset(update_fields):
        return
    pending.references[_key(_owner(instance))] = True


def reindex_taken_down(page):
    """Index a page that is searched by language, after some were taken down without its save."""
    if page.is_searched_by_language:
        reindex_saved(page)


def leave_indexed(page):
    """Do not index ``page`` for the save of a draft that changes nothing in the search index.

    For use within :func:`indexed_once`, after the draft was saved by :data:`BOOKKEEPING` alone.
    """
    if searches_stored_columns(type(page)) and _only_texts_are_kept():
        _pending.get().search.pop(_key(page), None)


def is_to_be_indexed(page):
    """Whether ``page`` will be indexed at the end of the :func:`indexed_once` around this call."""
    return _key(page) in _pending.get().search


def _only_texts_are_kept():
    """Whether all search backends are Wagtail's in the database, which keep no values to filter."""
    backends = get_search_backends(with_auto_update=True)
    return all(getattr(each, "keeps_only_texts", False) for each in backends)


@cache
def searches_stored_columns(model):
    """Whether the search fields of ``model`` are its columns, apart from ``draft_headlines``."""
    columns = {field.name for field in model._meta.concrete_fields} - BOOKKEEPING
    searched = model.get_search_fields()
    texts = [each for each in searched if not isinstance(each, index.FilterField)]
    return all(each.field_name in {*columns, "draft_headlines"} for each in texts)


def unindex_deleted(instance, **kwargs):
    """Remove a deleted object from both indexes. A receiver of ``post_delete``."""
    if isinstance(instance, IndexedOnceMixin):
        index.remove_object(instance)
    if isinstance(instance, PageLanguage) and types_searched_by_language():
        index.remove_object(PageInLanguage(pk=instance.pk))
    pending = _pending.get()
    if pending is None or type(instance) not in ReferenceIndex.tracked_models:
        return
    owner = _owner(instance)
    if owner is instance:
        ReferenceIndex.remove_for_object(instance)
        pending.references.pop(_key(instance), None)
        pending.search.pop(_key(instance), None)
    elif owner.pk:
        pending.references[_key(owner)] = True
    ReferenceIndex.remove_references_to(instance)


def _owner(instance):
    """The object to which the references of ``instance`` are ascribed: a row's is its page."""
    for each in instance._meta.get_fields():
        if isinstance(each, ParentalKey):
            parent = getattr(instance, each.name)
            return _owner(parent) if parent is not None else instance
    return instance


def _key(instance):
    return instance._meta.app_label, instance._meta.model_name, str(instance.pk)
