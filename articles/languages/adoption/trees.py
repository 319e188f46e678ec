"""Join the trees of pages that a site has for each language, as Wagtail's own translations are.

The translations of one page share its ``translation_key``. The page of one locale stays; the texts,
state, draft, history and comments of the others become those of one of its languages.

Three steps, each of which can be interrupted and repeated: texts are taken over (:func:`merge`),
references follow (:func:`repoint`), and empty pages are deleted (:func:`delete_merged`). Wagtail's
log records the target of each merged page. Until it is deleted a merged page stays live, for its
tree answers for the pages that are not merged yet.
"""

import json
import re
from dataclasses import dataclass, field

import swapper
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.log_actions import log
from wagtail.models import (
    Comment,
    ReferenceIndex,
    Revision,
    Site,
    get_default_page_content_type,
)

from diptych.articles.languages.admin.history.log_actions import MERGED
from diptych.articles.languages.adoption.adopting import reindex
from diptych.articles.languages.adoption.from_before import REVISIONS
from diptych.articles.languages.adoption.pairing import (
    States,
    language_of,
    merged_pages,
    plan_of,
    reason_to_leave,
    referring_models,
    stored_pages,
)
from diptych.articles.languages.config.content import mapped
from diptych.articles.languages.config.fields import state_columns, text_columns, translated_fields
from diptych.articles.languages.config.known_relations import KEPT_RELATIONS
from diptych.articles.languages.config.language_config import column
from diptych.articles.languages.models import RevisionLanguage
from diptych.articles.languages.publication.plain_columns import (
    stored_content,
    stored_streams,
    with_streams_of,
    write_columns,
)
from diptych.articles.languages.routes.addresses import sync_page
from diptych.articles.languages.routes.public_urls import public_path
from diptych.articles.languages.routes.redirects import can_redirect, record_address
from diptych.articles.languages.translations.marking import record_translations
from diptych.articles.languages.translations.units import translated_relations

#: Pages per transaction.
BATCH = 50


@dataclass
class Merged:
    """The numbers of objects that were, or would be, merged."""

    merged: int = 0
    moved: int = 0
    deleted: int = 0
    references: int = 0
    #: ``(page, sentence)`` of pages that are left as they are.
    left: list = field(default_factory=list)

    def add(self, other):
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


# Texts


def merge(trees, dry_run=False):
    """Take over the texts of the other locales; yields a :class:`Merged` for each batch."""
    plan, done = plan_of(trees), merged_pages()
    pages = trees.pages().iterator()
    yield Merged(
        moved=len(plan.moving) if dry_run else 0,
        left=[(page, plan.left[page.pk]) for page in pages if page.pk in plan.left],
    )
    others = {*done, *plan.left, *plan.moving}
    keys = [pk for pk in trees.pages().values_list("pk", flat=True) if pk not in others]
    for part in _in_parts(keys):
        yield Merged(merged=len(part)) if dry_run else _merge_part(trees, part)


@transaction.atomic
def _merge_part(trees, keys):
    """Merge these pages, apart from those that have changed so that they no longer can be."""
    result = Merged()
    pages = list(trees.pages().filter(pk__in=keys).specific())
    states = States([*pages, *trees.counterparts(pages).values()])
    for page in pages:
        # Read anew: several translations may be merged into one page.
        target = trees.counterpart(page)
        target = target and target.specific
        reason = _("It has changed meanwhile.")
        if target is not None:
            reason = reason_to_leave(page, target, states)
        if reason:
            result.left.append((page, reason))
        else:
            _merge_page(page, target)
            result.merged += 1
    return result


def _merge_page(page, target):
    """Make the texts of ``page`` those of ``target`` in its language."""
    language, old_path = language_of(page), page.url_path
    was_live = page.live
    if not page.alias_of_id:
        _copy_live(page, target, language)
        _copy_draft(page, target, language)
        _take_history(page, target, language)
        Comment.objects.filter(page=page.pk).update(page=target.pk)
    log(instance=page, action=MERGED, data={"into": target.pk, "language": language})
    target = stored_pages().get(pk=target.pk).specific
    sync_page(target)
    reindex(type(target), [target])
    if was_live:
        _redirect(page, language, old_path, target)


def _copy_live(page, target, language):
    model = type(page)
    names = [*text_columns(model, language), *_state_columns(model, language)]
    for name in names:
        setattr(target, name, getattr(page, name))
    for relation in translated_relations(model):
        for row, own in zip(
            getattr(page, relation).all(), getattr(target, relation).all(), strict=True
        ):
            values = _stored_values(row, row, text_columns(type(row), language))
            write_columns(type(row), own.pk, values)
    if not page.live:
        setattr(target, column("is_public", language), False)
    record_translations(target)
    write_columns(model, target.pk, _stored_values(page, target, names))
    if page.live and not target.live:
        dates = {"first_published_at": page.first_published_at, "live": True}
        changes = {**dates, "has_unpublished_changes": True}
        stored_pages().filter(pk=target.pk).update(**changes)
        target.live = True


def _stored_values(original, copied, names):
    """The columns ``names`` of ``copied``, with all blocks of ``original`` that are stored."""
    streams = stored_streams(original)
    return {name: streams.get(name, getattr(copied, name)) for name in names}


def _state_columns(model, language):
    in_language = {columns[language] for columns in translated_fields(model).values()}
    return [name for name in state_columns(model) if name in in_language]


def _copy_draft(page, target, language):
    """Make the newest draft of ``page`` part of that of ``target``."""
    newest = target.latest_revision
    if newest is None and not page.has_unpublished_changes:
        return
    content = newest.content if newest else stored_content(target)
    other, user = _newest_content(page)
    content = _with_language(type(page), content, other, language)
    is_ahead = page.has_unpublished_changes
    if newest is not None and not is_ahead:
        newest.content = content
        newest.save(update_fields=["content"])
        return
    revision = target.with_content_json(content)
    revision.latest_revision, revision.is_arranged = newest, True
    saved = revision.save_revision(user=user, clean=False)
    saved.content = with_streams_of(type(page), saved.content, content)
    saved.save(update_fields=["content"])


def _newest_content(page):
    """``(content, user)`` of the newest version of ``page``, with all its blocks."""
    revision = page.latest_revision
    if revision is None:
        return stored_content(page), None
    other = page.get_latest_revision_as_object().serializable_data()
    return with_streams_of(type(page), other, revision.content), revision.user


def _with_language(model, content, other, language):
    """The revision ``content`` with the texts in ``language`` from the content ``other``."""
    values = {name: other.get(name) for name in text_columns(model, language)}
    for relation in translated_relations(model):
        child = next(
            each.related_model
            for each in get_all_child_relations(model)
            if each.get_accessor_name() == relation
        )
        rows, others = content.get(relation, []), other.get(relation, [])
        if len(rows) == len(others):
            values[relation] = [
                _with_language(child, row, other, language)
                for row, other in zip(rows, others, strict=True)
            ]
    return {**content, **values}


def _take_history(page, target, language):
    """Move the revisions of ``page`` to ``target``, with the other texts of the target."""
    model, newest = type(target), target.latest_revision
    content = newest.content if newest else stored_content(target)
    revisions = Revision.page_revisions.filter(object_id=str(page.pk))
    keys = list(revisions.order_by("pk").values_list("pk", flat=True))
    stored_pages().filter(pk=page.pk).update(latest_revision=None, live_revision=None)
    for start in range(0, len(keys), REVISIONS):
        part = list(Revision.objects.filter(pk__in=keys[start : start + REVISIONS]))
        for revision in part:
            revision.content = _with_language(model, content, revision.content, language)
            revision.object_id = str(target.pk)
        Revision.objects.bulk_update(part, ["content", "object_id"])
        RevisionLanguage.objects.filter(revision__in=part).exclude(language=language).delete()


def _redirect(page, language, old_path, target):
    """Leave a redirect from where ``page`` stood in the tree of its language, if it is another."""
    root, own_root = _roots(page)
    if root is None:
        return
    old = public_path(language, old_path, own_root)
    if old and old != public_path(language, target.address_in(language), root):
        record_address(root, old, target)


def _roots(page):
    """Where the site of ``page`` starts, and the same for the tree of its locale."""
    for root in Site.get_site_root_paths():
        key = stored_pages().filter(url_path=root.root_path).values("translation_key")
        starts = stored_pages().filter(translation_key__in=key, locale=page.locale_id)
        for start in starts:
            if page.path.startswith(start.path):
                return root, root._replace(root_path=start.url_path)
    return None, None


# References


def repoint():
    """Replace references to merged pages by references to their targets.

    Yields a :class:`Merged` for each batch of objects.
    """
    mapping = merged_pages()
    if not mapping:
        return
    for part in _in_parts(_objects_referring_to(mapping)):
        with transaction.atomic():
            done = Merged(references=sum(_repoint(*each, mapping) for each in part))
        yield done
    pages = stored_pages().filter(latest_revision__isnull=False)
    for part in _in_parts(list(pages.values_list("latest_revision", flat=True))):
        with transaction.atomic():
            done = Merged(references=_repoint_revisions(part, mapping))
        yield done
    _repoint_redirects(mapping)


def _in_parts(found):
    for start in range(0, len(found), BATCH):
        yield found[start : start + BATCH]


def _objects_referring_to(mapping):
    """``(model, primary key)`` of each object that has a reference to one of the pages."""
    found = {}
    for part in _in_parts([str(pk) for pk in mapping]):
        rows = ReferenceIndex.objects.filter(
            to_content_type=get_default_page_content_type(), to_object_id__in=part
        )
        for content_type, pk in rows.values_list("content_type", "object_id"):
            model = ContentType.objects.get_for_id(content_type).model_class()
            if model is not None:
                found[model, pk] = True
    return list(found)


def _repoint(model, pk, mapping):
    instance = model._base_manager.filter(pk=pk).first()
    if instance is None or not _repoint_row(instance, mapping):
        return 0
    ReferenceIndex.create_or_update_for_object(model._base_manager.get(pk=pk))
    return 1


def _repoint_row(instance, mapping):
    """Repoint the columns of an object and of the rows below it; returns whether any was."""
    model, values, streams = type(instance), {}, stored_streams(instance)
    for each in model._meta.concrete_fields:
        stored = streams.get(each.name, each.value_from_object(instance))
        value = _repointed(each, stored, mapping)
        if value is not stored:
            values[each.name] = value
    write_columns(model, instance.pk, values)
    rows = [
        row
        for relation in get_all_child_relations(model)
        for row in getattr(instance, relation.get_accessor_name()).all()
    ]
    return any([bool(values), *(_repoint_row(row, mapping) for row in rows)])


def _repointed(column_field, stored, mapping):
    """A stored value with other pages in place of those of ``mapping``; itself without any."""
    if isinstance(column_field, StreamField):
        if not stored:
            return stored
        raw = json.loads(stored) if isinstance(stored, str) else stored
        found = _in_stream(column_field.stream_block, raw, mapping)
        if found == raw:
            return stored
        return json.dumps(found) if isinstance(stored, str) else found
    if isinstance(column_field, RichTextField):
        found = _in_rich_text(stored or "", mapping)
        return stored if found == (stored or "") else found
    if _is_link(column_field) and stored in mapping:
        return mapping[stored]
    return stored


def _is_link(column_field):
    """Whether a field is a reference that people have set, to a page."""
    if not isinstance(column_field, models.ForeignKey) or column_field.name in KEPT_RELATIONS:
        return False
    page, target = swapper.load_model("wagtailcore", "Page"), column_field.related_model
    is_above = column_field.remote_field.parent_link or isinstance(column_field, ParentalKey)
    return issubclass(target, page) and not is_above


def _in_stream(block, raw, mapping):
    def leaf(each, value):
        if isinstance(each, blocks.ChooserBlock):
            return mapping.get(value, value) if isinstance(value, int) else value
        if isinstance(each, blocks.RichTextBlock):
            return _in_rich_text(str(value or ""), mapping)
        return value

    found = mapped(block, raw, leaf, with_unknown=True)
    # Lists that are empty may be written otherwise, which is no reason to write.
    same = mapped(block, raw, lambda _block, value: value, with_unknown=True)
    return raw if found == same else found


_LINK = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*>')
_ID = re.compile(r'\bid="(\d+)"')


def _in_rich_text(html, mapping):
    def number(found):
        return f'id="{mapping.get(int(found[1]), found[1])}"'

    return _LINK.sub(lambda found: _ID.sub(number, found[0]), html)


def _repoint_revisions(keys, mapping):
    changed = []
    for revision in Revision.objects.filter(pk__in=keys):
        model = revision.content_type.model_class()
        content = _content_repointed(model, revision.content, mapping) if model else None
        if content is not None and content != revision.content:
            revision.content = content
            changed.append(revision)
    Revision.objects.bulk_update(changed, ["content"])
    return len(changed)


def _content_repointed(model, content, mapping):
    values = {
        each.name: _repointed(each, content[each.name], mapping)
        for each in model._meta.concrete_fields
        if each.name in content
    }
    for relation in get_all_child_relations(model):
        name, child = relation.get_accessor_name(), relation.related_model
        if name in content:
            values[name] = [_content_repointed(child, row, mapping) for row in content[name]]
    return {**content, **values}


def _repoint_redirects(mapping):
    if not can_redirect():
        return
    from wagtail.contrib.redirects.models import Redirect

    for redirect in Redirect.objects.filter(redirect_page__in=mapping):
        redirect.redirect_page_id = mapping[redirect.redirect_page_id]
        redirect.save(update_fields=["redirect_page"])


# Empty pages


def delete_merged(trees):
    """Delete merged pages and move those that stand alone below them, the deepest first."""
    mapping = merged_pages()
    keys = list(trees.pages().order_by("-depth", "path").values_list("pk", flat=True))
    for part in _in_parts(keys):
        yield _clear_part(trees, part, mapping)


@transaction.atomic
def _clear_part(trees, keys, mapping):
    result = Merged()
    for pk in keys:
        # Read anew: the paths of pages change as those beside and above them move.
        page = stored_pages().select_related("locale").get(pk=pk)
        if page.pk in mapping:
            result.add(_delete(page))
        elif page.depth > 1 and page.get_parent().pk in mapping:
            target = stored_pages().get(pk=mapping[page.get_parent().pk])
            result.add(_move(trees, page.specific, target))
    return result


def _delete(page):
    """Delete a merged page without pages below it and without references to it."""
    if page.numchild:
        return Merged(left=[(page, _("It has been merged, but a page below it is left."))])
    page = page.specific
    referring = referring_models(page, with_repointed=True)
    if referring:
        names = ", ".join(referring)
        reason = _("It has been merged, but other objects refer to it: %(names)s.")
        return Merged(left=[(page, reason % {"names": names})])
    page.delete()
    return Merged(deleted=1)


def _move(trees, page, target):
    """Put a page without a counterpart below the page that its parent was merged into."""
    branch = stored_pages().filter(path__startswith=page.path)
    keys = branch.order_by().values("translation_key")
    paired = stored_pages().filter(locale=trees.source, translation_key__in=keys)
    if paired.exists() or not trees.can_move(page, target):
        return Merged()
    language, old_path, (root, own_root) = language_of(page), page.url_path, _roots(page)
    branch.update(locale=trees.source)
    page = stored_pages().get(pk=page.pk).specific
    page.move(target.specific, pos="last-child")
    page = stored_pages().get(pk=page.pk).specific
    if root is not None and page.live:
        old = public_path(language, old_path, own_root)
        if old and old != public_path(language, page.address_in(language), root):
            record_address(root, old, page)
    return Merged(moved=1)
