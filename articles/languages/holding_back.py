"""Publishing one language while another is still being written.

Wagtail publishes a whole page. What is being written in the languages that wait is put aside
first, and saved as a newer draft afterwards. What all languages share is published with any of
them, but only by somebody who may publish the language it belongs to.
"""

from articles.languages.available import available_languages
from articles.languages.fields import differing_columns, text_columns
from articles.languages.permissions.policy import (
    languages_denied,
    may,
    may_edit_shared,
    may_publish_shared,
)
from articles.languages.permissions.shared import keep_shared
from articles.languages.translations.units import pairs, translated_relations


def hold_back(draft, languages, user=None):
    """Put the live text of all other languages into ``draft``, and return it as it was.

    ``draft`` is the page about to be published in ``languages`` only. ``None`` when the page
    is not live, as then nothing of it is public and nothing needs holding back, nor when
    everything is published.

    Marks ``draft`` as arranged: its other languages are not what the person publishing wrote.
    """
    if not (other_than(languages) or _shared_waits(draft, user) or _expiry_waits(draft, user)):
        return None
    draft.is_arranged = True
    if not draft.live:
        return None
    kept = draft.with_content_json(draft.serializable_data())
    draft.unwritten = other_than(languages)
    newest = draft.latest_revision
    kept.follows = newest.content if newest else None
    public = draft.stored()
    carry_over(public, draft, other_than(languages))
    if _shared_waits(public, user):
        keep_shared(public, draft)
    elif _expiry_waits(public, user):
        draft.expire_at = public.expire_at
    return kept


def restore_draft(page, kept, languages, user):
    """Save a newer draft of ``page`` with what ``kept`` says in other languages.

    ``page`` has just been published in ``languages``, or will be at its date. Returns the
    revision, or ``None`` when there is nothing to restore.
    """
    if kept is None:
        return None
    draft = page.get_latest_revision_as_object()
    changed = carry_over(kept, draft, other_than(languages))
    if _shared_waits(draft, user):
        changed = keep_shared(kept, draft) or changed
    elif _expiry_waits(page, user) and draft.expire_at != kept.expire_at:
        draft.expire_at, changed = kept.expire_at, True
    if not changed:
        return None
    draft.ask_to_publish([])
    draft.is_arranged = True
    draft.unwritten, draft.follows = languages, kept.follows or kept.serializable_data()
    return draft.save_revision(user=user, clean=False)


def carry_over(source, target, languages):
    """Copy what is written in ``languages`` from one version of a page to another.

    That includes the rows below the page, such as its authors, that both versions have.
    Returns whether anything was different.
    """
    changed = _copy_columns(source, target, languages)
    for name in translated_relations(type(target)):
        children = list(getattr(target, name).all())
        common = pairs(children, getattr(source, name).all())
        if any([_copy_columns(known, child, languages) for child, known in common]):
            getattr(target, name).set(children)
            changed = True
    return changed


def keep_denied(page, user, newest):
    """Put what ``user`` may not edit back into ``page``, as the draft ``newest`` says it.

    ``newest`` is called for the draft and only when there is something to put back. Changes
    ``page`` and saves nothing; returns the languages that were kept.
    """
    denied = languages_denied(user, "edit")
    if not denied:
        return []
    previous = newest()
    carry_over(previous, page, denied)
    if not may_edit_shared(user, previous):
        keep_shared(previous, page)
    return denied


def other_than(languages):
    return [language for language in available_languages() if language not in languages]


def _shared_waits(page, user):
    return user is not None and not may_publish_shared(user, page)


def _expiry_waits(page, user):
    """Whether ``user`` may not decide when the page goes offline in all its languages."""
    return user is not None and not all(may(user, "publish", each) for each in page.live_languages)


def _copy_columns(source, target, languages):
    columns = [name for each in languages for name in text_columns(type(target), each)]
    different = differing_columns(source, target, columns)
    for name in different:
        setattr(target, name, getattr(source, name))
    return bool(different)
