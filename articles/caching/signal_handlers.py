"""Invalidate tags when objects that readers see are changed.

Any model may have a method ``cache_tags()``, which returns further tags. Changes of snippets and of
models with that method invalidate the tag of the object. Applications with other models call
``invalidate_tags`` themselves.
"""

from functools import cache

from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from modelcluster.fields import ParentalKey
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.documents import get_document_model
from wagtail.embeds.models import Embed
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Site,
)
from wagtail.signals import page_unpublished, post_page_move
from wagtail.snippets.models import get_snippet_models

from diptych.articles.caching.signals import changes_seen
from diptych.articles.caching.versions import (
    EVERYTHING,
    depends_on,
    invalidate_everything,
    invalidate_tags,
    tag_of,
)
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.config.signals import (
    addresses_moved,
    languages_changed,
    languages_unpublished,
    links_rendered,
    privacy_changed,
    rows_written,
    sites_changed,
)
from diptych.articles.languages.models import BranchDeletion, DeletedPage
from diptych.articles.languages.publication.pages import MultilingualPageMixin

#: Models a change of which may show anywhere.
SITE_WIDE = (
    Site,
    PageViewRestriction,
    Collection,
    CollectionViewRestriction,
    BranchDeletion,
    DeletedPage,
)
#: The columns of a page or snippet that only editors see.
OF_DRAFTS = frozenset(
    {
        "draft_title",
        "expire_at",
        "go_live_at",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "latest_revision_id",
        "locked",
        "locked_at",
        "locked_by",
        "locked_by_id",
    }
)


def further_tags(instance):
    """The result of ``cache_tags()`` of ``instance``.

    A page without the method may be in menus, as the front page of a site is.
    """
    tags = getattr(instance, "cache_tags", None)
    further = set(tags()) if tags is not None else set()
    if isinstance(instance, Page) and (tags is None or _is_front_page(instance)):
        further.add("menu")
    return further


def _is_front_page(page):
    return any(root.root_path == page.url_path for root in Site.get_site_root_paths())


def invalidate_page(page, languages=None):
    """Invalidate ``page`` and the lists that contain it, in ``languages`` or in all of them."""
    lists = {f"list:{code}" for code in languages or available_languages()}
    before = page.__dict__.pop("_tags_before", set())
    invalidate_tags(f"page:{page.pk}", *lists, *before, *further_tags(page))


# Pages in several languages


def page_rows_written(page, rows, **kwargs):
    """Invalidate the page in its live languages. A receiver of ``rows_written``."""
    if live := [code for code, row in rows.items() if row.live]:
        invalidate_page(page, live)


def page_languages_unpublished(page, languages, **kwargs):
    invalidate_page(page, languages)


def page_addresses_moved(sender, language, page_ids, **kwargs):
    invalidate_tags(f"list:{language}", "menu", *(f"page:{pk}" for pk in page_ids))


def page_about_to_be_saved(sender, instance, raw=False, update_fields=None, **kwargs):
    """Store the further tags of the page as it was; :func:`child_changed` adds to them."""
    if raw or update_fields is not None or not issubclass(sender, Page):
        return
    if instance.live and not instance._state.adding and hasattr(instance, "cache_tags"):
        instance._tags_before = further_tags(instance)


# All pages


def page_saved(sender, instance, update_fields=None, **kwargs):
    if not instance.live:
        return
    if update_fields is None:
        if not isinstance(instance, MultilingualPageMixin) and sender is not Page:
            invalidate_page(instance)
    elif not OF_DRAFTS.issuperset(update_fields):
        invalidate_page(instance)


def page_deleted(sender, instance, **kwargs):
    if instance.live:
        invalidate_page(instance)


def page_has_been_unpublished(sender, instance, **kwargs):
    invalidate_page(instance)


def text_depends_on_links(sender, page_ids, **kwargs):
    """Make the page being rendered depend on the pages that a text links to, in all languages."""
    depends_on(*(f"page:{pk}" for pk in page_ids))


# Everything else


def child_changed(sender, instance, **kwargs):
    """Invalidate the page of a changed or deleted child row, such as an article's author."""
    page = getattr(instance, parent_name(sender), None)
    if page is None or not page.live:
        return
    if "_tags_before" in page.__dict__:  # saved with the page, which is invalidated afterwards
        page._tags_before |= further_tags(instance)
    else:
        is_translated = isinstance(page, MultilingualPageMixin)
        languages = page.languages_public() if is_translated else available_languages()
        lists = {f"list:{code}" for code in languages}
        invalidate_tags(f"page:{page.pk}", *lists, *further_tags(instance))


def settings_changed(sender, instance, **kwargs):
    invalidate_tags("settings", *further_tags(instance))


def image_changed(sender, instance, created=False, **kwargs):
    """Invalidate a changed image; a new one is not shown anywhere yet."""
    if not created:
        invalidate_tags(f"image:{instance.pk}")


def rendition_deleted(sender, instance, **kwargs):
    invalidate_tags(f"image:{instance.image_id}")


def anything_changed(sender, **kwargs):
    invalidate_everything()


def file_or_embed_changed(sender, instance, created=False, **kwargs):
    """Invalidate everything unless the document or embed is new, so not shown anywhere."""
    if not created:
        invalidate_everything()


def forget_sites(sender, tags, **kwargs):
    """Clear the root paths of sites if another process may have changed a site or its front page.

    Wagtail caches both for an hour, in each process if processes share no cache.
    """
    if not tags.isdisjoint((EVERYTHING, "menu", "page:*")):
        Site.clear_site_root_paths_cache()


def object_changed(sender, instance, update_fields=None, **kwargs):
    """Invalidate a snippet, or another object that pages may show."""
    if update_fields is None or not OF_DRAFTS.issuperset(update_fields):
        invalidate_tags(tag_of(sender, instance.pk), *further_tags(instance))


def many_to_many_changed(sender, instance, action, **kwargs):
    """Handle a changed relation of settings or of an image."""
    handler = handler_of(type(instance)) if action.startswith("post_") else None
    if handler not in (None, page_saved):
        handler(sender=type(instance), instance=instance, created=False)


@cache
def parent_name(model):
    """The name of the ``ParentalKey`` from ``model`` to a page type, or ``None``."""
    for field in model._meta.get_fields():
        if isinstance(field, ParentalKey) and issubclass(field.related_model, Page):
            return field.name
    return None


@cache
def handler_of(model):
    """The handler for saved and deleted instances of ``model``, or ``None``."""
    image = get_image_model()
    kinds = (
        (Page, page_saved),
        (image, image_changed),
        ((BaseSiteSetting, BaseGenericSetting), settings_changed),
        (SITE_WIDE, anything_changed),
        ((Embed, get_document_model()), file_or_embed_changed),
    )
    for kind, handler in kinds:
        if issubclass(model, kind):
            return handler
    if parent_name(model):
        return child_changed
    is_shown = hasattr(model, "cache_tags") or model in get_snippet_models()
    return object_changed if is_shown else None


def anything_saved(sender, instance, raw=False, **kwargs):
    """Call the handler of the model; invalidate everything after ``loaddata``.

    Its objects may be saved before the objects that they refer to.
    """
    handler = handler_of(sender)
    if handler and raw:
        invalidate_everything()
    elif handler:
        handler(sender=sender, instance=instance, **kwargs)


def anything_deleted(sender, instance, **kwargs):
    handler = page_deleted if issubclass(sender, Page) else handler_of(sender)
    if handler:
        handler(sender=sender, instance=instance)


def connect():
    """Connect the handlers; called once when the app is ready."""
    for signal, handler in (
        (rows_written, page_rows_written),
        (languages_unpublished, page_languages_unpublished),
        (addresses_moved, page_addresses_moved),
        (links_rendered, text_depends_on_links),
        (sites_changed, anything_changed),
        (languages_changed, anything_changed),
        (privacy_changed, anything_changed),
        (post_page_move, anything_changed),
        (page_unpublished, page_has_been_unpublished),
        (pre_save, page_about_to_be_saved),
        (post_save, anything_saved),
        (post_delete, anything_deleted),
        (changes_seen, forget_sites),
        (m2m_changed, many_to_many_changed),
    ):
        signal.connect(handler, dispatch_uid=f"diptych_caching_{handler.__name__}")
    renditions = get_image_model().get_rendition_model()
    post_delete.connect(
        rendition_deleted, sender=renditions, dispatch_uid="diptych_caching_rendition_deleted"
    )
