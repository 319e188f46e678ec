"""Restore pages from the bin, with the languages in which they were live."""

from collections import Counter
from dataclasses import dataclass, field

import swapper
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from diptych.articles.languages.bin import rows
from diptych.articles.languages.bin.deleting import Gone, branch_of
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.config.wagtail_compat import path_of_next_child
from diptych.articles.languages.index.indexing import indexed_once
from diptych.articles.languages.index.privacy import is_being_deleted, write_privacy
from diptych.articles.languages.models import DeletedPage, DeletedPagePart
from diptych.articles.languages.permissions.policy import languages_denied
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.readiness.grading import NotPublishable
from diptych.articles.languages.publication.schedules.scheduling import restore_newest_draft
from diptych.articles.languages.routes.redirects import remove_redirects
from diptych.articles.languages.routes.slugs import first_free
from diptych.articles.languages.translations.progress import record_progress


class NotRestorable(Exception):
    """A page cannot be restored there; the reason is the message."""


@dataclass
class Restored:
    """A page that was restored, with its live languages and its drafts."""

    page: object
    #: The languages in which the page itself is live again.
    live: list = field(default_factory=list)
    #: ``(page, languages, reason)`` of texts that were live and are drafts now.
    drafts: list = field(default_factory=list)


# Where, and by whom


def places_of(deleted):
    """For each of the ``deleted`` pages, by key: the nearest page above it that still exists.

    ``(page, is_parent)``, where ``is_parent`` is whether it was the parent.
    """
    model = swapper.load_model("wagtailcore", "Page")
    pages = model.objects.in_bulk({key for each in deleted for key in each.ancestors})
    found = {}
    for each in deleted:
        above = next((key for key in reversed(each.ancestors) if key in pages), None)
        # The root of the tree has been replaced since.
        place = pages[above] if above else model.get_first_root_node()
        found[each.key] = place, place.pk == above == each.ancestors[-1]
    return found


def can_manage(user, deleted, place):
    """Whether ``user`` may see, restore and delete for good a page that was at or below ``place``.

    As for deleting it: they need the permissions there, and those for every language it was written
    and live in.
    """
    if not user.is_active or user.is_superuser:
        return user.is_active
    if set(languages_denied(user, "edit")) & set(deleted.written_in):
        return False
    live = {code for codes in deleted.live_pages.values() for code in codes}
    if set(languages_denied(user, "publish")) & live:
        return False
    allowed = place.permissions_for_user(user).permissions
    if deleted.deleted_by_id == user.pk and "add" in allowed:
        return True
    needed = {"change"}
    needed |= {"publish"} if deleted.live_pages else set()
    needed |= {"bulk_delete"} if deleted.page_count > 1 else set()
    return needed <= allowed


def manageable(user):
    """The pages in the bin that ``user`` may restore."""
    deleted = list(DeletedPage.objects.defer("rows"))
    places = places_of(deleted)
    return [each for each in deleted if can_manage(user, each, places[each.key][0])]


def check_place(deleted, parent, user=None):
    """Raise :exc:`NotRestorable` unless the page may stand below ``parent``.

    ``user`` needs the permission to add pages where it did not stand before.
    """
    model = deleted.content_type and deleted.content_type.model_class()
    if model is None:
        raise NotRestorable(_("Pages of its type no longer exist on this site."))
    stood_there = bool(deleted.ancestors) and deleted.ancestors[-1] == parent.pk
    is_old_type = stood_there and not model.is_creatable
    if not (is_old_type or model.can_create_at(parent.specific)):
        raise NotRestorable(_("A page of its type cannot stand there."))
    is_allowed = user is None or stood_there or parent.permissions_for_user(user).can_add_subpage()
    if not is_allowed:
        raise NotRestorable(_("You may not add pages there."))
    if is_being_deleted(parent.specific):
        raise NotRestorable(_("The page above it is being deleted."))


# Restoring


@transaction.atomic
@indexed_once()
def restore_from_bin(key, user=None, parent=None):
    """Restore the page with the primary key ``key``, below ``parent`` or at its former place.

    Its texts, drafts, versions and relations are restored, and the references to it. Languages that
    were live are published by the one service; those that ``user`` may not publish, or that it
    refuses, stay drafts. Redirects made for the deletion are removed. Returns :class:`Restored`;
    raises :exc:`Gone` or :exc:`NotRestorable`.
    """
    pages = swapper.load_model("wagtailcore", "Page").objects
    deleted = DeletedPage.objects.select_for_update().filter(key=key).first()
    if deleted is None:
        raise Gone
    place, is_parent = places_of([deleted])[key]
    if user is not None and not can_manage(user, deleted, place):
        raise PermissionDenied
    if parent is None and not is_parent:
        raise NotRestorable(_("The page above it is gone. Choose another place."))
    parent = pages.select_for_update().get(pk=parent.pk if parent is not None else place.pk)
    check_place(deleted, parent, user)
    parts = list(DeletedPagePart.objects.filter(key=key))
    remove_redirects([pk for each in (deleted, *parts) for pk in each.redirects])
    _write_pages(deleted, parts, parent)
    restored = Restored(pages.get(pk=key).specific)
    branch = list(branch_of(restored.page))
    _save_pages(branch, parent)
    write_privacy(restored.page.path)
    live_pages = {pk: codes for each in (deleted, *parts) for pk, codes in each.live_pages.items()}
    restored.drafts = _publish_again(branch, live_pages, user)
    restored.page = pages.get(pk=key).specific
    if isinstance(restored.page, MultilingualPageMixin):
        restored.live = restored.page.live_languages
    PageLogEntry.objects.filter(page__in=[each.pk for each in branch]).update(deleted=False)
    log(
        instance=restored.page,
        action="diptych.restore_from_bin",
        user=user,
        data={"live_in": restored.live, "pages": deleted.page_count},
    )
    deleted.delete()
    DeletedPagePart.objects.filter(pk__in=[each.pk for each in parts]).defer("rows").delete()
    return restored


def _write_pages(deleted, parts, parent):
    """Insert the rows of the pages, at their old place in the tree if that is free."""
    model = swapper.load_model("wagtailcore", "Page")
    objects, references = rows.read(deleted.rows)
    top = next(each for each in objects if type(each) is model and each.pk == deleted.key)
    for part in parts:
        more, cleared = rows.read(part.rows)
        _follow_top(top, part, [each for each in more if type(each) is model])
        objects += more
        references += cleared
    branch = sorted((each for each in objects if type(each) is model), key=lambda page: page.path)
    children = Counter(page.path[: -page.steplen] for page in branch)
    old_path, old_depth, old_url_path = top.path, top.depth, top.url_path
    siblings = model.objects.child_of(parent)
    slug = first_free(top.slug, lambda slug: not siblings.filter(slug=slug).exists())
    path = _free_path(parent, old_path)
    for page in branch:
        page.numchild = children[page.path]
        page.path = path + page.path[len(old_path) :]
        page.depth += parent.depth + 1 - old_depth
        page.url_path = f"{parent.url_path}{slug}/" + page.url_path[len(old_url_path) :]
    top.slug = slug
    model.objects.filter(pk=parent.pk).update(numchild=F("numchild") + 1)
    rows.write([*branch, *(each for each in objects if type(each) is not model)], references)


def _follow_top(top, part, pages):
    """Put ``pages`` below the place where ``top`` stood last."""
    for page in pages:
        page.path = top.path + page.path[len(part.path) :]
        page.depth = len(page.path) // page.steplen
        page.url_path = top.url_path + page.url_path[len(part.url_path) :]


def _free_path(parent, old_path):
    """A free path below ``parent``: ``old_path`` if it is one, else the last."""
    is_taken = type(parent).objects.filter(path__startswith=old_path).exists()
    if old_path[: -parent.steplen] == parent.path and not is_taken:
        return old_path
    return path_of_next_child(parent)


def _save_pages(branch, parent):
    """Save the restored pages as drafts, which rebuilds the rows derived from them."""
    for number, each in enumerate(branch):
        page = each.specific
        if not isinstance(page, MultilingualPageMixin):
            page.save(clean=False)
            continue
        if number == 0:
            _free_slugs(page, parent)
        page.mirror_source()
        page.save(clean=False)
        if page.alias_of_id:
            continue
        draft = page.get_latest_revision_as_object()
        draft.record_draft() if page.has_unpublished_changes else record_progress(draft)


def _free_slugs(page, parent):
    """Number the slugs of ``page`` that other pages below ``parent`` have by now."""
    for language in available_languages():
        slug = page.text_in("url_slug", language)
        if slug:
            free = first_free(slug, lambda each: page.slug_is_free(language, each, parent))  # noqa: B023
            page.set_text("url_slug", language, free)


def _publish_again(branch, live_pages, user):
    """Publish the pages of ``live_pages`` in their languages; return those that stay drafts.

    ``live_pages`` is ``{primary key: languages}``. Returns a list of ``(page, languages, reason)``.
    """
    drafts = []
    for each in branch:
        languages = live_pages.get(str(each.pk))
        if languages is None:
            continue
        page = type(each).objects.get(pk=each.pk).specific
        if page.expire_at and page.expire_at <= timezone.now():
            drafts.append((page, languages, _("Its expiry date has passed.")))
        elif isinstance(page, MultilingualPageMixin) and not page.alias_of_id:
            drafts += _publish_languages_again(page, languages, user)
        elif user is not None and not page.permissions_for_user(user).can_publish():
            drafts.append((page, languages, _("You may not publish it.")))
        elif page.alias_of_id:
            _follow_original(page)
        else:
            _publish_plain(page, user)
    return drafts


def _follow_original(alias):
    """Let an alias be live again, if its original is."""
    original = alias.alias_of.specific
    if original.live and not alias.live:
        original.update_aliases()


def _publish_plain(page, user):
    """Publish a page that has no languages as it was; a newer draft stays one."""
    kept = page.get_latest_revision_as_object()
    is_newer = kept.serializable_data() != page.serializable_data()
    page.save_revision(user=user).publish(user=user)
    if is_newer:
        kept.save_revision(user=user)


def _publish_languages_again(page, languages, user):
    denied = []
    if user is not None:
        permissions = page.permissions_for_user(user)
        denied = [code for code in languages if not permissions.can_publish_in(code)]
    drafts = [(page, denied, _("You may not publish it."))] if denied else []
    allowed, confirmed = [code for code in languages if code not in denied], []
    while allowed:
        try:
            _publish_as_it_was(page.stored(), allowed, user, confirmed)
            break
        except NotPublishable as refusal:
            for each in refusal.gradings:
                if each.is_of_comments and each.confirmation not in confirmed:
                    confirmed.append(each.confirmation)
                    continue
                drafts.append((page, [each.language], " ".join(each.sentences)))
                allowed.remove(each.language)
    return drafts


@transaction.atomic
def _publish_as_it_was(page, languages, user, confirmed):
    """Publish the stored text of ``page``, which was live last; a newer draft stays one."""
    newest, kept = page.get_latest_revision(), page.get_latest_revision_as_object()
    draft = page.stored()
    draft.request_publication(languages)
    draft.is_arranged, draft.unwritten = True, available_languages()
    revision = draft.save_revision(user=user, clean=False)
    draft.publish_languages(languages, user, revision=revision, confirmed=confirmed)
    restore_newest_draft(page.stored(), kept, newest)
