"""Comments on the units of a text: Wagtail's own, found and written by unit.

Wagtail ties a comment to a field or a block by a content path, such as ``body_en.<block id>``.
Rows below a page have none.
"""

from django.conf import settings
from django.utils import timezone
from wagtail.blocks import FieldBlock, StructBlock
from wagtail.models import COMMENTS_RELATION_NAME, Comment

from diptych.articles.languages.config.fields import translated_fields, untranslated_fields
from diptych.articles.languages.config.language_config import column


def are_enabled():
    """Whether Wagtail's editor shows comments."""
    return getattr(settings, "WAGTAILADMIN_COMMENTS_ENABLED", True)


def content_path(key, unit, language):
    """The content path of a comment on the unit ``key`` in ``language``; ``""`` if there is none.

    ``unit`` is the unit with that key, or ``None`` if nothing is written yet: then only a field of
    the page has a path.
    """
    name, _dot, identity = key.partition(".")
    if unit is None or not unit.is_block:
        is_field = not identity and (unit is None or unit.row is None)
        return column(name, language) if is_field else ""
    if identity.startswith("#"):  # a block without an id
        return ""
    return ".".join([column(name, language), identity, *_first_field(unit.block)])


def _first_field(block):
    """The names that lead to the first field of a block with fields, to which comments are tied."""
    if not isinstance(block, StructBlock):
        return []
    for name, child in block.child_blocks.items():
        if isinstance(child, FieldBlock):
            return [name]
        if inner := _first_field(child):
            return [name, *inner]
    return []


def open_comments(page, language):
    """The unresolved comments on ``page`` in ``language``, with replies, by key of the unit."""
    if not are_enabled():
        return {}
    names = _names_in(page, language)
    rows = Comment.objects.filter(page_id=page.pk, resolved_at=None).select_related("user")
    found = {}
    for comment in rows.prefetch_related("replies__user").order_by("created_at", "pk"):
        if key := _key_of(comment, names):
            found.setdefault(key, []).append(comment)
    return found


def comments_of_draft(draft):
    """The unresolved comments on ``draft``, with those that are not stored yet."""
    if not are_enabled():
        return []
    return [each for each in getattr(draft, COMMENTS_RELATION_NAME).all() if not each.resolved_at]


def in_language(comments, draft, language):
    """``(key of the unit, comment)`` of each of ``comments`` on a unit in ``language``."""
    names = _names_in(draft, language)
    return [(key, each) for each in comments if (key := _key_of(each, names))]


def on_shared_content(comments, draft):
    """``(key, comment)`` of each of ``comments`` on a field that all languages share.

    The key has the name of the field, and the id of its block, as that of a unit has. Those on
    blocks that are gone are left out.
    """
    fields = [*untranslated_fields(type(draft)), *draft._meta.many_to_many]
    names = {field.name: field.name for field in fields}
    found = [(_key_of(each, names), each) for each in comments]
    return [(key, each) for key, each in found if key and _is_there(draft, key)]


def _is_there(draft, key):
    name, _dot, block_id = key.partition(".")
    blocks = getattr(getattr(draft, name), "raw_data", ()) if block_id else ()
    return not block_id or any(block.get("id") == block_id for block in blocks)


def _names_in(page, language):
    """The names of the translated fields by their columns in ``language``."""
    fields = translated_fields(type(page)).items()
    return {columns[language]: name for name, columns in fields if language in columns}


def _key_of(comment, names):
    field_name, *inside = comment.contentpath.split(".")
    return ".".join([names[field_name], *inside[:1]]) if field_name in names else ""


def add_comment(page, path, text, user):
    """Tie a new comment to ``path``; the editor shows it there from now on."""
    # As JSON, the words of a rich text that it is about: none in particular.
    values = {"text": text, "contentpath": path, "position": "[]"}
    comment = Comment.objects.create(page_id=page.pk, user=user, **values)
    comment.log_create(page_revision=page.latest_revision, user=user)
    return comment


def resolve_comment(page, comment, user):
    """Resolve an open comment on ``page``; the editor does not show it any more."""
    comment.resolved_at, comment.resolved_by = timezone.now(), user
    comment.save()
    comment.log_resolve(page_revision=page.latest_revision, user=user)
