"""Go back to an old version in one language and leave the others as they are."""

import json
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.log_actions import log

from diptych.articles.languages.config.fields import written_columns
from diptych.articles.languages.permissions.policy import can
from diptych.articles.languages.publication.partial_publication import carry_over


class NothingToRestore(Exception):
    """The newest draft already has the text of the old version."""


class Locked(Exception):
    """Nobody, or only somebody else, may change the page now."""


@dataclass
class Remainder:
    """The content of an old version that cannot be restored into a draft.

    ``rows`` are those below the page, such as an author, that have been deleted; ``blocks`` counts
    blocks of a type that no longer exists.
    """

    rows: list = field(default_factory=list)
    blocks: int = 0

    def __bool__(self):
        return bool(self.rows or self.blocks)


def can_restore(user, page, language):
    """Whether ``user`` may write ``language`` of ``page``."""
    can_edit = page.permissions_for_user(user).can_edit() and can(user, "edit", language)
    return can_edit and not page.alias_of_id


def restored_draft(page, revision, language):
    """The newest draft of ``page`` with the text of ``revision`` in ``language``; saves nothing.

    Returns ``(draft, changed)``; ``changed`` is whether the draft differs from the stored one.
    """
    draft = page.stored().get_latest_revision_as_object()
    return draft, carry_over(revision.as_object(), draft, [language])


@transaction.atomic
def restore_language(page, revision, language, user):
    """Save and return a new draft with the text of ``revision`` in ``language``.

    Publishes nothing. Raises :exc:`NothingToRestore` when the newest draft already has this text,
    :exc:`Locked` when the page is locked for ``user``.
    """
    if not can_restore(user, page, language):
        raise PermissionDenied
    page.lock_row()
    if page.stored().is_locked_for(user):
        raise Locked
    draft, changed = restored_draft(page, revision, language)
    if not changed:
        raise NothingToRestore
    new = draft.save_revision(user=user, clean=False, changed=True)
    data = {
        "language": language,
        "revision": {"id": revision.pk, "created": revision.created_at.isoformat()},
    }
    log(
        instance=draft,
        action="diptych.restore_language",
        user=user,
        data=data,
        revision=new,
        content_changed=True,
    )
    return new


def remainder(page, revision, language):
    """The :class:`Remainder` of ``revision`` in ``language``, beside the newest draft."""
    draft = page.stored().get_latest_revision_as_object()
    return Remainder(
        rows=_rows_left_out(revision.as_object(), draft, language),
        blocks=_blocks_left_out(type(page), revision.content, language),
    )


def _rows_left_out(old, draft, language):
    left_out = []
    for relation in get_all_child_relations(type(draft)):
        columns = written_columns(relation.related_model, language)
        name = relation.get_accessor_name()
        known = {row.pk for row in getattr(draft, name).all()}
        for row in getattr(old, name).all():
            texts = [str(getattr(row, each)) for each in columns if getattr(row, each)]
            if texts and row.pk not in known:
                left_out.append(", ".join(texts))
    return left_out


def _blocks_left_out(model, content, language):
    """The number of blocks of a type that the editor no longer has, which are left out."""
    count = 0
    for name in written_columns(model, language):
        stream = model._meta.get_field(name)
        if isinstance(stream, StreamField):
            known = stream.stream_block.child_blocks
            count += sum(1 for each in _stored_blocks(content.get(name)) if each not in known)
    return count


def _stored_blocks(stored):
    try:
        return [each["type"] for each in json.loads(stored or "[]")]
    except (TypeError, ValueError, KeyError):
        return []
