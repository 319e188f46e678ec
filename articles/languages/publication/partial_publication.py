"""Publish some languages of a draft and keep the rest of it as a newer draft.

Wagtail publishes a whole page. Before some languages are published,
:func:`prepare_partial_publication` replaces the draft's texts in the other languages, and shared
fields that the user may not publish, by the live ones; :meth:`PartialPublication.restore` then
saves the replaced values as a newer draft. :func:`carry_over` copies the texts of some languages
from one version of a page to another.
"""

from copy import copy
from dataclasses import dataclass

from django.db import models

from diptych.articles.languages.config.fields import differing_columns, text_columns
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.permissions.policy import (
    can,
    can_edit_shared,
    can_publish_shared,
    languages_denied,
)
from diptych.articles.languages.translations.shared import keep_shared, shared_relations
from diptych.articles.languages.translations.units import load_rows, pairs, translated_relations


@dataclass
class PartialPublication:
    """The unpublished content of ``draft`` while ``user`` publishes its ``languages`` only."""

    draft: models.Model
    languages: list
    user: object = None

    def equals(self, draft):
        return self.draft.serializable_data() == draft.serializable_data()

    def restore(self, page):
        """Save the unpublished content as a newer draft of the stored ``page``; return the draft.

        ``page`` has just been published, or will be at its date. Returns the revision, ``None``
        when the draft holds nothing that is not published.
        """
        public = copy(page)  # without a newer draft, the page itself becomes one
        is_newest = page.live_revision_id == page.latest_revision_id
        kept, draft = self.draft, page if is_newest else page.get_latest_revision_as_object()
        load_rows(draft, shared_relations(type(draft)))
        changed = carry_over(kept, draft, other_than(self.languages))
        if _shared_waits(draft, self.user):
            changed = keep_shared(kept, draft) or changed
        elif _expiry_waits(page, self.user) and draft.expire_at != kept.expire_at:
            draft.expire_at, changed = kept.expire_at, True
        if not changed:
            return None
        draft.request_publication([])
        draft.is_arranged, draft.stored_page = True, public
        draft.unwritten = self.languages
        draft.follows = kept.follows or kept.serializable_data()
        return draft.save_revision(user=self.user, clean=False)


def prepare_partial_publication(draft, languages, user=None):
    """Replace the unpublished content of ``draft`` by the live one; return it, or ``None``.

    ``draft`` is the page about to be published in ``languages`` only; its content is returned as a
    :class:`PartialPublication`, ``None`` when all of it can be published. Of a page that is not
    live, the texts in languages that ``user`` may not publish are emptied in ``draft``, except for
    the stored slugs, so that addresses do not move.

    Sets ``draft.is_arranged``, as its other languages are not the work of the user.
    """
    waiting = other_than(languages)
    if not (waiting or _shared_waits(draft, user) or _expiry_waits(draft, user)):
        return None
    draft.is_arranged = True
    if not draft.live:
        denied = languages_denied(user, "publish") if user is not None else []
        waiting = [code for code in denied if code in waiting and code in draft.languages_written()]
        if not waiting:
            return None
    content = draft.serializable_data()
    # Foreign keys were checked when the draft itself was made.
    kept = type(draft).from_serializable_data(content, check_fks=False)
    newest = draft.latest_revision
    kept.follows = newest.content if newest else None
    draft.unwritten = waiting
    if not draft.live:
        _clear(draft, waiting)
        return PartialPublication(kept, languages, user)
    draft.stored_page = public = draft.stored_page or draft.stored()
    load_rows(public, translated_relations(type(public)))
    _put_back(public, draft, waiting)
    if _shared_waits(public, user):
        keep_shared(public, draft)
    elif _expiry_waits(public, user):
        draft.expire_at = public.expire_at
    return PartialPublication(kept, languages, user)


def keep_unpublished(public, page, languages):
    """Restore in ``page`` the stored texts of all languages but ``languages``, before it is saved.

    A language that was public keeps its texts in the row while it is offline; of one that never
    was, only the slug is stored, as pages below have their addresses from it. ``public`` is the
    page as it is stored. Returns whether ``page`` was changed.
    """
    waiting = other_than(languages)
    if not waiting:
        return False
    known = [code for code in waiting if public and public.text_in("first_public_at", code)]
    content = page.serializable_data()
    if known:
        _put_back(public, page, known)
    _clear(page, [code for code in waiting if code not in known])
    return page.serializable_data() != content


def carry_over(source, target, languages):
    """Copy the texts in ``languages`` from one version of a page to another.

    The rows below the page that both versions have, such as its authors, are included. Returns
    whether anything was different.
    """
    changed = _copy_columns(source, target, languages)
    for name in translated_relations(type(target)) if languages else ():
        children = list(getattr(target, name).all())
        common = pairs(children, getattr(source, name).all())
        if any([_copy_columns(known, child, languages) for child, known in common]):
            getattr(target, name).set(children)
            changed = True
    return changed


def _put_back(source, page, languages):
    """Copy the texts in ``languages`` from ``source`` to ``page``; empty rows it lacks."""
    carry_over(source, page, languages)
    for name in translated_relations(type(page)) if languages else ():
        _clear_rows(page, name, languages, getattr(source, name).all())


def _clear(page, languages):
    """Empty the texts of ``page`` in ``languages``, and those of the rows below it.

    Stored slugs are kept, as live pages below have their addresses from them.
    """
    _copy_columns(type(page)(), page, languages)
    stored = page.stored() if page.pk else type(page)()
    for language in languages:
        page.set_text("url_slug", language, stored.text_in("url_slug", language))
    for name in translated_relations(type(page)):
        _clear_rows(page, name, languages)


def _clear_rows(page, name, languages, known=()):
    """Empty the texts in ``languages`` of the rows of relation ``name`` that are not ``known``."""
    children = list(getattr(page, name).all())
    kept = {id(child) for child, _same in pairs(children, known)}
    cleared = [child for child in children if id(child) not in kept]
    if any([_copy_columns(type(child)(), child, languages) for child in cleared]):
        getattr(page, name).set(children)


def keep_denied(page, user, newest):
    """Restore in ``page`` the content that ``user`` may not edit, from the draft ``newest()``.

    ``newest`` is called only when there is something to restore. Changes ``page`` and saves
    nothing; returns the languages that were restored.
    """
    denied = languages_denied(user, "edit")
    if not denied:
        return []
    previous = newest()
    _put_back(previous, page, denied)
    if not can_edit_shared(user, previous):
        keep_shared(previous, page)
    return denied


def other_than(languages):
    return [language for language in available_languages() if language not in languages]


def _shared_waits(page, user):
    return user is not None and not can_publish_shared(user, page)


def _expiry_waits(page, user):
    """Whether ``user`` may not decide when the page goes offline in all its languages."""
    if user is None or not languages_denied(user, "publish"):
        return False
    return not all(can(user, "publish", each) for each in page.live_languages)


def _copy_columns(source, target, languages):
    columns = [name for each in languages for name in text_columns(type(target), each)]
    different = differing_columns(source, target, columns)
    for name in different:
        setattr(target, name, getattr(source, name))
    return bool(different)
