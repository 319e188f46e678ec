"""Images and documents: their uses, their deletion into the bin, and their restoration."""

from dataclasses import dataclass, field
from itertools import groupby

import swapper
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.delete import DeleteAction
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Collection, ModelLogEntry, ReferenceIndex
from wagtail.permissions import policy_registry
from wagtail.tasks import update_reference_index_task

from diptych.articles.languages.bin import rows
from diptych.articles.languages.bin.deleting import DAYS_KEPT, Gone, kept_until
from diptych.articles.languages.bin.restoring import NotRestorable
from diptych.articles.languages.config.background import after_commit
from diptych.articles.languages.config.fields import language_of, translated_fields
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.index.indexing import indexed_once
from diptych.articles.languages.models import DeletedFile, PageLanguage
from diptych.articles.languages.permissions.policy import languages_denied
from diptych.articles.languages.publication.pages import MultilingualPageMixin


def file_models():
    """The models whose objects go to the bin: the image and the document model of the project."""
    return get_image_model(), get_document_model()


# Uses of a file


@dataclass
class Use:
    """A page or another object that refers to an image or a document.

    ``languages`` are those in which readers see it there: the live ones of a page, all of them for
    an object that is no page. ``is_live`` is false for a page that readers do not find.
    """

    source: object
    is_live: bool
    languages: list = field(default_factory=list)
    is_page: bool = True

    def denied_to(self, user):
        """Whether it is live in a language that ``user`` may not publish."""
        if not self.is_live:
            return False
        if not self.is_page:
            return bool(languages_denied(user, "publish"))
        permissions = self.source.permissions_for_user(user)
        if isinstance(self.source, MultilingualPageMixin):
            return not all(permissions.can_publish_in(code) for code in self.languages)
        return not permissions.can_publish()


def uses_of(instance):
    """The :class:`Use` of each object that refers to an image or a document, pages first.

    A reference in the text of a language counts for that language only, one in shared content for
    all in which the page is live.
    """
    found = ReferenceIndex.get_references_to(instance).select_related("content_type")
    found = found.order_by("base_content_type_id", "object_id")
    grouped = {
        key: list(group)
        for key, group in groupby(found, lambda row: (row.base_content_type_id, row.object_id))
    }
    page_type = ContentType.objects.get_for_model(swapper.load_model("wagtailcore", "Page"))
    of_pages = {key: group for (kind, key), group in grouped.items() if kind == page_type.pk}
    others = [group for (kind, _key), group in grouped.items() if kind != page_type.pk]
    return [*_uses_on_pages(of_pages), *_uses_outside_pages(others)]


def _uses_on_pages(references):
    """A use for each page; ``references`` are rows of the index by the key of the page."""
    model = swapper.load_model("wagtailcore", "Page")
    keys = [model._meta.pk.to_python(key) for key in references]
    live = {}
    rows_live = PageLanguage.objects.filter(page__in=keys, live=True, page__live=True)
    for pk, language in rows_live.values_list("page_id", "language"):
        live.setdefault(pk, set()).add(language)
    for page in model.objects.filter(pk__in=keys).specific().order_by("path"):
        if not isinstance(page, MultilingualPageMixin):
            yield Use(page, page.live)
            continue
        shown_in = _languages_of(references[str(page.pk)])
        languages = [c for c in available_languages() if c in shown_in & live.get(page.pk, set())]
        yield Use(page, bool(languages), languages)


def _uses_outside_pages(groups):
    for group in groups:
        source = group[0].content_type.model_class()._base_manager.filter(pk=group[0].object_id)
        if instance := source.first():
            yield Use(instance, True, available_languages(), is_page=False)


def _languages_of(references):
    found = set()
    for each in references:
        found |= _languages_of_path(each.content_type.model_class(), each.model_path.split("."))
    return found


def _languages_of_path(model, path):
    """The languages that show the value at ``path``, such as ``["body_fr", "image"]``."""
    if path[0] in translated_fields(model):
        return set()  # the field without a language mirrors one of those with
    if language := language_of(model, path[0]):
        return {language}
    if len(path) > 2:
        try:
            related = model._meta.get_field(path[0]).related_model
        except FieldDoesNotExist:
            related = None
        if related is not None and (language := language_of(related, path[2])):
            return {language}
    return set(available_languages())


def uses_denied(user, uses):
    """The ``uses`` that keep ``user`` from deleting the file."""
    return [use for use in uses if use.denied_to(user)]


def is_live_where_denied(user, instance):
    """Whether ``instance`` is shown in a language, or on a page, that ``user`` may not publish.

    Changes of its shared fields, such as credit, file and collection, would be live there at once.
    """
    denied = set(languages_denied(user, "publish"))
    if not denied:
        return False
    live = (use for use in uses_of(instance) if use.is_live)
    return not all(_may_publish(user, use, denied) for use in live)


def _may_publish(user, use, denied):
    """Whether ``user`` may publish all languages in which readers see ``use``, which is live."""
    if use.is_page and not isinstance(use.source, MultilingualPageMixin):
        return use.source.permissions_for_user(user).can_publish()
    return denied.isdisjoint(use.languages)


# Deleting


class NotReadable(Exception):
    """A file cannot be read at the moment, so that no copy of it would be kept."""


def not_deleted(title):
    """The message on a file that is :exc:`NotReadable`."""
    message = _("“%(title)s” has not been deleted: its file cannot be read now. Try again later.")
    return message % {"title": title}


@transaction.atomic
def move_file_to_bin(instance, user=None):
    """Delete an image or a document and keep it in the bin; returns the :class:`DeletedFile`.

    The file leaves the address it had. Permissions are the caller's to check. Raises :exc:`Gone`
    if somebody else has deleted it meanwhile, and :exc:`NotReadable`.
    """
    model = type(instance)
    stored = model._base_manager.select_for_update().filter(pk=instance.pk)
    instance = stored.first()
    if instance is None:
        raise Gone
    uses = uses_of(instance)
    shown_in = {code for use in uses if use.is_live for code in use.languages}
    deleted = DeletedFile(
        content_type=ContentType.objects.get_for_model(model),
        key=str(instance.pk),
        title=instance.title[:255],
        name=instance.file.name,
        collection=instance.collection_id,
        shown_in=sorted(shown_in),
        sources=[[*_label(use.source), str(use.source.pk)] for use in uses],
        rows=rows.snapshot(stored),
        deleted_by=user,
    )
    _keep_file(deleted, instance.file)
    deleted.save()
    DeleteAction(instance, user=user).execute(skip_permission_checks=True)
    return deleted


def _keep_file(deleted, file):
    """Copy ``file`` into the bin; one that is missing is restored as missing."""
    try:
        content = file.storage.open(file.name)
    except FileNotFoundError:
        return
    except OSError as error:
        raise NotReadable from error
    with content:
        deleted.file.save(file.name, File(content), save=False)


def _label(instance):
    return instance._meta.app_label, instance._meta.model_name


class BinFileAction(DeleteAction):
    """Wagtail's action for images and documents, which its screens and its API use."""

    def user_has_permission(self):
        allowed = super().user_has_permission()
        return allowed and not uses_denied(self.user, uses_of(self.instance))

    def execute(self, skip_permission_checks=False):
        self.check(skip_permission_checks=skip_permission_checks)
        try:
            return move_file_to_bin(self.instance, self.user)
        except Gone as error:
            raise Http404(_("Somebody else has deleted it meanwhile.")) from error
        except NotReadable as error:
            raise PermissionDenied(not_deleted(self.instance.title)) from error


def register_actions(registry):
    """Hook for ``register_actions``."""
    for model in file_models():
        registry.register(model, BinFileAction)


# Restoring


def can_manage_file(user, deleted):
    """Whether ``user`` may see, restore and delete for good a file that was in its collection.

    The permission to delete it there is needed. Who deleted it counts as its owner.
    """
    model = deleted.content_type and deleted.content_type.model_class()
    if model is None or not user.is_active:
        return user.is_superuser and user.is_active
    if set(languages_denied(user, "publish")) & set(deleted.shown_in):
        return False
    stood = model(collection=_collection_of(deleted), uploaded_by_user=deleted.deleted_by)
    policy = policy_registry.get_by_type(model)
    return policy.user_has_permission_for_instance(user, "delete", stood)


def _collection_of(deleted):
    """The collection it was in, the topmost one if that is gone."""
    found = Collection.objects.filter(pk=deleted.collection).first()
    return found or Collection.get_first_root_node()


def manageable_files(user):
    """The images and documents in the bin that ``user`` may restore."""
    stored = DeletedFile.objects.defer("rows").select_related("content_type", "deleted_by")
    return [each for each in stored if can_manage_file(user, each)]


@transaction.atomic
@indexed_once()
def restore_file(pk, user=None):
    """Restore an image or a document under the primary key it had, and return it.

    References to it are restored. Raises :exc:`Gone` or :exc:`NotRestorable`.
    """
    deleted = DeletedFile.objects.select_for_update().filter(pk=pk).first()
    if deleted is None:
        raise Gone
    model = deleted.content_type and deleted.content_type.model_class()
    if model is None:
        raise NotRestorable(_("Files of its type no longer exist on this site."))
    objects, references = rows.read(deleted.rows)
    instance = next(each for each in objects if type(each) is model and str(each.pk) == deleted.key)
    instance.collection = _collection_of(deleted)
    if deleted.file:
        with deleted.file.storage.open(deleted.file.name) as content:
            stored_as = instance.file.storage.save(deleted.name, File(content))
        instance.file.name = stored_as
    rows.write(objects, references)
    restored = model._base_manager.filter(pk=instance.pk).first()
    if restored is None:
        raise NotRestorable(_("Another file has its number by now."))
    restored.save()
    _refer_again(deleted.sources)
    _log_restoration(restored, deleted, user)
    _remove(deleted)
    return restored


def _refer_again(sources):
    """Index the references of ``sources``, which Wagtail deleted with the file."""
    for app_label, model_name, pk in sources:
        kind = ContentType.objects.filter(app_label=app_label, model=model_name).first()
        model = kind and kind.model_class()
        if model is not None and model._base_manager.filter(pk=pk).exists():
            update_reference_index_task.enqueue(app_label, model_name, pk)


def _log_restoration(restored, deleted, user):
    entries = ModelLogEntry.objects.filter(
        content_type=deleted.content_type, object_id=str(restored.pk)
    )
    entries.update(deleted=False)
    data = {"live_in": []}
    log(instance=restored, action="diptych.restore_from_bin", user=user, data=data)


def _remove(deleted):
    """Remove the row from the bin, and the copy of the file once that is certain."""
    file = deleted.file
    deleted.delete()
    if file:
        after_commit(file.storage.delete, file.name)


# Emptying


@transaction.atomic
def delete_file_for_good(deleted, user=None):
    """Remove a file from the bin; it cannot be restored any more. Raises :exc:`Gone`."""
    stored = DeletedFile.objects.select_for_update().defer("rows").filter(pk=deleted.pk).first()
    if stored is None:
        raise Gone
    log(
        instance=stored,
        action="diptych.delete_for_good",
        user=user,
        title=stored.title,
        deleted=True,
        data={"file": stored.key},
    )
    _remove(stored)


def expired_files(days=DAYS_KEPT):
    """The files that have been in the bin for ``days`` days or longer, the oldest first."""
    now = timezone.now()
    stored = DeletedFile.objects.defer("rows").order_by("deleted_at", "pk")
    return [each for each in stored if kept_until(each, days) <= now]
