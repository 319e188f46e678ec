"""Decide which pages of the trees of several locales can be merged, and why others are left.

A page is merged only if nothing of it is lost, and if all pages below it can be merged or moved: a
page that is left keeps the pages above it.
"""

import json
from copy import copy
from dataclasses import dataclass, field
from functools import cache

import swapper
from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import (
    AbstractPage,
    Comment,
    GroupPagePermission,
    Locale,
    PageLogEntry,
    PageSubscription,
    PageViewRestriction,
    ReferenceIndex,
    Site,
    WorkflowPage,
    WorkflowState,
    get_default_page_content_type,
)

from diptych.articles.languages.admin.history.log_actions import MERGED
from diptych.articles.languages.adoption.from_before import (
    comments_from_before,
    revisions_from_before,
)
from diptych.articles.languages.config.fields import stored_value, untranslated_fields
from diptych.articles.languages.config.language_config import (
    available_language,
    available_languages,
)
from diptych.articles.languages.index.privacy import PrivateBranches
from diptych.articles.languages.models import (
    DraftLink,
    LanguageSchedule,
    PageLanguage,
    TranslationAssignment,
)
from diptych.articles.languages.publication.plain_columns import WAGTAIL_FIELDS
from diptych.articles.languages.publication.rebuilding import multilingual_models
from diptych.articles.languages.translations.units import translated_relations, units_in

#: Pages that are read at once.
BATCH = 50
#: Models whose rows come along, are compared otherwise, or mean nothing without their page.
OF_A_PAGE = (
    Comment,
    GroupPagePermission,
    PageLanguage,
    PageLogEntry,
    PageSubscription,
    PageViewRestriction,
    WorkflowPage,
)
#: Models outside Wagtail's reference index whose rows people have written.
WRITTEN = (DraftLink, LanguageSchedule, TranslationAssignment)


@dataclass(frozen=True)
class Trees:
    """The locale whose pages stay, and those whose pages are merged into them."""

    source: Locale
    others: tuple

    def pages(self):
        """The pages of the other locales, parents first."""
        return stored_pages().filter(locale__in=self.others).select_related("locale")

    def counterpart(self, page):
        """The page of the source locale that ``page`` is a translation of, or ``None``."""
        found = stored_pages().filter(translation_key=page.translation_key, locale=self.source)
        return found.first()

    def counterparts(self, pages):
        """The pages of the source locale that ``pages`` are translations of, by their key."""
        keys = {page.translation_key for page in pages}
        found = stored_pages().filter(translation_key__in=keys, locale=self.source)
        return {page.translation_key: page for page in reversed(found.specific())}

    def can_move(self, page, target):
        """Whether ``page``, which has no counterpart, can stand below ``target``."""
        if type(page) not in multilingual_models() or language_of(page) is None:
            return False
        if target.get_children().filter(slug=page.slug).exists():
            return False
        # Wagtail moves no page below one of another locale.
        moved = copy(page)
        moved.locale = self.source
        return moved.can_move_to(target.specific)


def stored_pages():
    return swapper.load_model("wagtailcore", "Page").objects.order_by("path")


def language_of(page):
    """The language of the pages that the locale of ``page`` stands for, or ``None``."""
    return available_language(page.locale.language_code)


def merged_pages():
    """``{primary key: that of the page it was merged into}`` of pages that are still there."""
    entries = PageLogEntry.objects.filter(action=MERGED, page__in=stored_pages().values("pk"))
    return {entry.page_id: entry.data["into"] for entry in entries}


# The plan


@dataclass
class Plan:
    """Sentences why pages are left, and the keys of those that move with or below another."""

    left: dict = field(default_factory=dict)
    moving: set = field(default_factory=set)


def plan_of(trees):
    """The :class:`Plan` for all pages of ``trees`` that have not been merged yet."""
    plan, done = Plan(), merged_pages()
    step = swapper.load_model("wagtailcore", "Page").steplen
    others = stored_pages().exclude(locale__in=trees.others).values_list("path", flat=True)
    keepers = {path[:-step] for path in others}
    keys = list(trees.pages().reverse().values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        pages = {page.pk: page for page in trees.pages().filter(pk__in=part).specific()}
        targets = trees.counterparts(pages.values())
        states = States([*pages.values(), *targets.values()])
        for page in (pages[pk] for pk in part):
            target, reason = targets.get(page.translation_key), None
            if page.pk not in done:
                reason = (
                    reason_to_leave(page, target, states)
                    if target
                    else _reason_to_stay(trees, page)
                )
                if reason is None and page.path in keepers:
                    reason = _("A page below it is left.")
            if reason:
                plan.left[page.pk] = reason
            elif target is None:
                plan.moving.add(page.pk)
            if reason or page.path in keepers:
                keepers.add(page.path[:-step])
    _keep_below(trees, plan)
    return plan


def _keep_below(trees, plan):
    """Let pages without a counterpart stay below those that are left."""
    paths = set()
    for page in trees.pages().iterator():
        if page.pk in plan.left:
            paths.add(page.path)
        elif page.pk in plan.moving and page.path[: -page.steplen] in paths:
            paths.add(page.path)
            plan.moving.discard(page.pk)
            plan.left[page.pk] = _("There is no page that it is a translation of.")


def _reason_to_stay(trees, page):
    """Why ``page``, without a counterpart, cannot move with or below its parent."""
    if type(page) not in multilingual_models():
        return _("Its type has not got several languages.")
    if language_of(page) is None:
        return _("Its locale is none of the languages of pages.")
    parent = page.get_parent()
    if parent is None or parent.locale not in trees.others:
        return _("There is no page that it is a translation of.")
    target = trees.counterpart(parent)
    if target is not None and not trees.can_move(page, target):
        return _("It cannot stand below the page that its parent is a translation of.")
    return None


class States:
    """The reasons against merging some of ``pages``, apart from their texts; a few queries."""

    def __init__(self, pages):
        keys = {page.pk for page in pages}
        texts = [str(pk) for pk in keys]
        self.sites = set(
            Site.objects.filter(root_page__in=keys).values_list("root_page", flat=True)
        )
        self.dated = set(
            LanguageSchedule.objects.filter(page__in=keys).values_list("page", flat=True)
        )
        workflows = WorkflowState.objects.active().filter(
            base_content_type=get_default_page_content_type(), object_id__in=texts
        )
        if not getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True):
            workflows = workflows.none()
        self.in_workflow = {int(pk) for pk in workflows.values_list("object_id", flat=True)}
        self.from_before = set()
        for model in {type(page) for page in pages} & set(multilingual_models()):
            revisions = revisions_from_before(model).filter(object_id__in=texts).order_by()
            self.from_before.update(map(int, revisions.values_list("object_id", flat=True)))
            comments = comments_from_before(model).filter(page__in=keys)
            self.from_before.update(comments.values_list("page", flat=True))
        self.private = PrivateBranches()
        self.restrictions = [
            (each.page.path, (each.restriction_type, each.password, _keys(each.groups.all())))
            for each in PageViewRestriction.objects.select_related("page").prefetch_related(
                "groups"
            )
        ]

    def readers_of(self, page):
        """Who may read ``page``, by its view restrictions and those of the pages above it."""
        above = {who for path, who in self.restrictions if page.path.startswith(path)}
        return page.path in self.private, above


def _keys(rows):
    return frozenset(row.pk for row in rows)


def reason_to_leave(page, target, states):
    """Why ``page`` is not merged into ``target``, as a sentence; ``None`` if it is."""
    language = language_of(page)
    if type(page) not in multilingual_models():
        return _("Its type has not got several languages.")
    if language is None:
        return _("Its locale is none of the languages of pages.")
    if target.content_type_id != page.content_type_id:
        return _("The page that it is a translation of is of another type.")
    if page.pk in states.sites:
        return _("A site starts at it.")
    referring = referring_models(page)
    if referring:
        return _("Other objects refer to it: %(names)s.") % {"names": ", ".join(referring)}
    if page.alias_of_id:
        return None if page.alias_of_id == target.pk else _("It is an alias of another page.")
    target = target.specific
    reason = _reason_in_state(page, target, language, states)
    return reason or _reason_in_texts(page, target, language)


def _reason_in_state(page, target, language, states):
    is_adopted, keys = page.source_language == language, {page.pk, target.pk}
    if not is_adopted or not page.text_in("headline", language) or keys & states.from_before:
        return _("It has not been adopted in its language; run diptych_adopt.")
    if target.text_in("headline", language) or target.source_language == language:
        return _("The page that it is a translation of has a text in this language already.")
    if states.readers_of(page) != states.readers_of(target):
        return _("The two pages are not open to the same readers.")
    if keys & states.in_workflow:
        return _("A workflow is in progress.")
    if keys & states.dated or any(
        each.go_live_at or each.expire_at or each.scheduled_revision for each in (page, target)
    ):
        return _("It waits for a date.")
    return None


def _reason_in_texts(page, target, language):
    versions = [(page, target)]
    if page.has_unpublished_changes and page.latest_revision_id:
        versions.append([each.get_latest_revision_as_object() for each in (page, target)])
    others = [code for code in available_languages() if code != language]
    names = []
    for own, other in versions:
        if any(units_in(own, code) for code in others):
            return _("It has texts in other languages.")
        for relation in translated_relations(type(page)):
            if getattr(own, relation).count() != getattr(other, relation).count():
                return _("The rows below the two pages differ in number.")
        names += _differing(own, other)
    if names:
        names = ", ".join(dict.fromkeys(names))
        return _("What all languages share is not the same: %(names)s.") % {"names": names}
    return None


# Shared content


def _differing(page, target):
    """The labels of filled fields and rows without languages that differ from ``target``."""
    model = type(page)
    names = _differing_fields(page, target)
    for each in model._meta.many_to_many:
        own, other = (set(each.value_from_object(it)) for it in (page, target))
        if own and own != other:
            names.append(capfirst(str(each.verbose_name)))
    for relation in get_all_child_relations(model):
        child, accessor = relation.related_model, relation.get_accessor_name()
        if child is Comment:
            continue
        own, other = (list(getattr(it, accessor).all()) for it in (page, target))
        is_other = own and len(own) != len(other)
        pairs = zip(own, other, strict=False)
        if is_other or any(_differing_fields(*pair) for pair in pairs):
            names.append(capfirst(str(child._meta.verbose_name_plural)))
    return names


def _differing_fields(instance, other):
    return [
        capfirst(str(each.verbose_name))
        for each in _shared_fields(type(instance))
        if _shared(instance, each) not in ("", _shared(other, each))
    ]


@cache
def _shared_fields(model):
    """The fields that editors fill in for all languages at once."""
    of_wagtail = {each.name for each in AbstractPage._meta.get_fields()}
    others = {*of_wagtail, *WAGTAIL_FIELDS.values(), "source_language", "sort_order"}
    return [
        each
        for each in untranslated_fields(model)
        if each.editable
        and each.name not in others
        and not isinstance(each, ParentalKey)
        and not getattr(each.remote_field, "parent_link", False)
    ]


def _shared(instance, each):
    """A stored value for comparison; ``""`` for none. The translations of a page are equal."""
    value = stored_value(instance, each.name)
    if value and isinstance(each, StreamField):
        return json.loads(value) or ""
    is_key = value and isinstance(each, models.ForeignKey)
    if is_key and issubclass(each.related_model, AbstractPage):
        found = stored_pages().filter(pk=value).values_list("translation_key", flat=True)
        return found.first() or ""
    return value


# References to a page


def referring_models(page, with_repointed=False):
    """The names of models with rows that deleting ``page`` would delete or empty.

    Without ``with_repointed``, those in Wagtail's reference index are left out.
    """
    found = []
    for relation in page._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.many_to_many:
            continue
        model, key = relation.related_model, relation.field
        if _is_of_page(page, relation):
            continue
        if model in ReferenceIndex.tracked_models and not with_repointed:
            continue
        if model._base_manager.filter(**{key.name: page.pk}).exists():
            found.append(str(model._meta.verbose_name_plural))
    return found


def _is_of_page(page, relation):
    """Whether the rows of a relation are part of ``page``, or derived from it."""
    model, key = relation.related_model, relation.field
    if isinstance(key, ParentalKey) or key.remote_field.parent_link or model in OF_A_PAGE:
        return True
    if relation.on_delete is models.DO_NOTHING or model._meta.label == "wagtailredirects.Redirect":
        return True
    if model in WRITTEN:
        return False
    if any(getattr(each, "wagtail_reference_index_ignore", False) for each in (model, key)):
        return True
    return any(_is_row_of(each, model, key) for each in page._meta.many_to_many)


def _is_row_of(field, model, key):
    """Whether ``model`` is the table of a many-to-many field of the page, and ``key`` its key.

    Managers of tags are among these fields, and do not name their key.
    """
    name = field.m2m_field_name() if isinstance(field, models.ManyToManyField) else key.name
    return model is field.remote_field.through and key.name == name
