"""Log changes of permissions, accounts, images and documents that Wagtail does not log.

Wagtail's screens log that a group or an account was edited, but not its changes, and log nothing
for several uploads, selections, commands and code. Receivers of signals log them all instead, for
the user who is signed in; without one, the entry is the system's.
"""

import logging
from copy import copy

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import DatabaseError, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import GroupCollectionPermission, GroupPagePermission, ModelLogEntry

from diptych.articles.languages.config.background import after_commit

logger = logging.getLogger(__name__)

PERMISSIONS, GROUPS, ACCOUNT = "diptych.permissions", "diptych.groups", "diptych.account"
#: The fields of an account on which its rights and its sign-in depend.
OF_ACCOUNTS = ("is_active", "is_superuser", "password")


def log_later(instance, action, *, only_if_none=False, **data):
    """Log ``action`` once the transaction is committed; permissions that code gives, with these.

    Entries about the same object of one request become one. With ``only_if_none``, nothing is
    logged if anything else has been meanwhile.
    """
    context = get_active_log_context()
    arguments = copy(instance), action, context, timezone.now(), data
    if context.uuid is None and action == PERMISSIONS:
        _write_at_once(*arguments)
    else:
        after_commit(_write, *arguments, only_if_none=only_if_none)


def _write_at_once(*arguments):
    """Store an entry in the transaction of the change, which holds if that fails."""
    try:
        with transaction.atomic():
            _write(*arguments, only_if_none=False)
    except DatabaseError:
        logger.exception("A change of permissions could not be logged.")


def _write(instance, action, context, since, data, *, only_if_none):
    known = ModelLogEntry.objects.for_instance(instance)
    if only_if_none and known.filter(timestamp__gte=since).exists():
        return
    entry = None
    if context.uuid and data:
        entry = known.filter(uuid=context.uuid, action=action).first()
    if entry is None:
        is_deletion = action == "wagtail.delete"
        log(
            instance=instance,
            action=action,
            user=context.user,
            uuid=context.uuid,
            data=data,
            deleted=is_deletion,
        )
        return
    for name, values in data.items():
        entry.data[name] = [*entry.data.get(name, ()), *values]
    entry.save(update_fields=["data"])


# Permissions and groups


def relation_changed(instance, action, reverse, model, pk_set, **kwargs):
    """Permissions of a group or account, or groups of an account, were added or removed."""
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    name = "added" if action == "post_add" else "removed"
    if reverse:
        for each in model._base_manager.filter(pk__in=pk_set or ()):
            _log_relation(each, type(instance), name, [instance])
        return
    if action == "pre_clear":
        field = "permissions" if isinstance(instance, Group) else "user_permissions"
        others = instance.groups.all() if model is Group else getattr(instance, field).all()
    else:
        others = model._base_manager.filter(pk__in=pk_set)
    _log_relation(instance, model, name, others)


def _log_relation(instance, model, name, others):
    names = sorted(_name_of(each) for each in others)
    if names:
        log_later(instance, GROUPS if model is Group else PERMISSIONS, **{name: names})


def _name_of(instance):
    if not isinstance(instance, Permission):
        return str(instance)
    return f"{instance.content_type.app_label}.{instance.codename}"


def place_permission_changed(instance, name):
    """A permission of a group for a page or a collection was given or taken back."""
    place = getattr(instance, "page", None) or getattr(instance, "collection", None)
    grant = f"{_name_of(instance.permission)}: {place} ({place.pk})"
    log_later(instance.group, PERMISSIONS, **{name: [grant]})


def place_permission_saved(instance, raw=False, **kwargs):
    if not raw:
        place_permission_changed(instance, "added")


def place_permission_deleted(instance, **kwargs):
    if Group.objects.filter(pk=instance.group_id).exists():
        place_permission_changed(instance, "removed")


# Accounts


def account_about_to_be_saved(instance, raw=False, update_fields=None, **kwargs):
    """Remember which of :data:`OF_ACCOUNTS` are about to change."""
    names = [each for each in OF_ACCOUNTS if update_fields is None or each in update_fields]
    if raw or not names or instance._state.adding:
        return
    stored = type(instance)._base_manager.filter(pk=instance.pk).values(*names).first() or {}
    instance._decisive_changes = [
        each for each in stored if stored[each] != getattr(instance, each)
    ]


def account_saved(instance, created, raw=False, **kwargs):
    changed = instance.__dict__.pop("_decisive_changes", [])
    if raw:
        return
    if created:
        log_later(instance, "wagtail.create", only_if_none=True)
    elif changed:
        log_later(instance, ACCOUNT, changed=changed)


def account_deleted(instance, **kwargs):
    log_later(instance, "wagtail.delete", only_if_none=True)


# Images and documents


def file_saved(instance, created, raw=False, update_fields=None, **kwargs):
    """An image or document was uploaded or edited, by any way; Wagtail logs single ones."""
    if not raw and update_fields is None:
        log_later(instance, "wagtail.create" if created else "wagtail.edit", only_if_none=True)


def selection_changed(request, action_type, objects, action):
    """Hook for ``after_bulk_action``: log changes made by queries, which send no signals."""
    for each in objects:
        if isinstance(each, (get_image_model(), get_document_model())):
            if action_type in ("add_tags", "add_to_collection"):
                log_later(each, "wagtail.edit")
        elif isinstance(each, get_user_model()) and action_type == "set_active_state":
            log_later(each, ACCOUNT, changed=["is_active"])


def connect():
    """Connect the receivers; called once when the application is ready."""
    user = get_user_model()
    for relation in (Group.permissions, user.groups, user.user_permissions):
        m2m_changed.connect(relation_changed, sender=relation.through)
    for model in (GroupPagePermission, GroupCollectionPermission):
        post_save.connect(place_permission_saved, sender=model)
        post_delete.connect(place_permission_deleted, sender=model)
    pre_save.connect(account_about_to_be_saved, sender=user)
    post_save.connect(account_saved, sender=user)
    post_delete.connect(account_deleted, sender=user)
    for model in (get_image_model(), get_document_model()):
        post_save.connect(file_saved, sender=model)
