"""Follow changes that Wagtail makes without calling the page's own methods."""

import swapper
from django.apps import apps
from django.db.models.signals import (
    post_delete,
    post_migrate,
    post_save,
    pre_delete,
    pre_migrate,
    pre_save,
)
from wagtail.models import PageLogEntry, PageViewRestriction, Revision, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from diptych.articles.languages.config.background import after_commit
from diptych.articles.languages.config.columns import add_missing_columns
from diptych.articles.languages.config.signals import sites_changed
from diptych.articles.languages.index.aliases import follow_the_original
from diptych.articles.languages.index.indexing import reindex_saved, unindex_deleted
from diptych.articles.languages.index.privacy import write_privacy
from diptych.articles.languages.index.statistics import database_migrated
from diptych.articles.languages.models import PageLanguage, UnmovedBranch, record_publication
from diptych.articles.languages.permissions.policy import create_permissions
from diptych.articles.languages.publication.pages import MultilingualPageMixin
from diptych.articles.languages.publication.rebuilding import (
    follow_languages,
    sync_outdated,
    sync_tree,
)
from diptych.articles.languages.publication.service import (
    follow_cancelled_schedule,
    follow_publication,
    follow_unpublication,
)
from diptych.articles.languages.routes.addresses import sync_page
from diptych.articles.languages.routes.moving_branches import branch_stored


def page_moved(instance, **kwargs):
    """Wagtail moves the base page; the addresses of a whole branch may have changed.

    Descendants of a translated page follow it by themselves; those of another kind of page
    are written one by one.
    """
    page = instance.specific
    if isinstance(page, MultilingualPageMixin):
        sync_page(page)
    else:
        _write_branch(page)
    write_privacy(page.path)


def restriction_changed(instance, **kwargs):
    """Update the rows of a page and those below it when a view restriction changes."""
    before = instance.__dict__.pop("_path_before", None)
    paths = {before, _pages().filter(pk=instance.page_id).values_list("path", flat=True).first()}
    write_privacy(*paths - {None})


def restriction_about_to_change(instance, **kwargs):
    """Remember to which page the restriction has belonged so far."""
    stored = PageViewRestriction.objects.filter(pk=instance.pk)
    instance._path_before = stored.values_list("page__path", flat=True).first()


def page_about_to_be_deleted(instance, **kwargs):
    """Remember the aliases of the page, which become pages of their own."""
    instance._aliases_before = list(instance.aliases.values_list("pk", flat=True))


def page_deleted(instance, **kwargs):
    """Update the former aliases of a deleted page, which are pages of their own now."""
    for alias in _pages().filter(pk__in=instance.__dict__.pop("_aliases_before", ())):
        if isinstance(alias.specific, MultilingualPageMixin):
            sync_page(alias.specific)
        write_privacy(alias.path)


def page_has_been_unpublished(instance, **kwargs):
    """Take all languages offline once Wagtail has unpublished the base page."""
    page = instance.specific
    if isinstance(page, MultilingualPageMixin):
        follow_unpublication(page.stored(), getattr(page, "unpublished_by", None))


def page_went_live(instance, revision=None, **kwargs):
    """Follow Wagtail's publication of a page, or of a copy that is live."""
    page = instance.specific
    if isinstance(page, MultilingualPageMixin):
        follow_publication(page, revision)


def about_to_be_logged(instance, raw=False, **kwargs):
    """Log the published languages, for every way of publishing."""
    if not raw:
        record_publication(instance)


def other_page_renamed(instance, **kwargs):
    """Update the addresses below a page of a type without languages."""
    if not isinstance(instance.specific, MultilingualPageMixin):
        _write_branch(instance)


def alias_converted(instance, update_fields=None, **kwargs):
    """Update an alias that Wagtail has converted to a page by saving its ``alias_of`` only."""
    if {"alias_of", "alias_of_id"}.isdisjoint(update_fields or ()):
        return
    if isinstance(instance, MultilingualPageMixin):
        sync_page(instance)
        write_privacy(instance.path)


def site_about_to_change(instance, raw=False, **kwargs):
    """Remember which page the site has started at so far."""
    stored = Site.objects.filter(pk=instance.pk).values_list("root_page_id", flat=True)
    instance._root_before = None if raw else stored.first()


def site_changed(instance, raw=False, **kwargs):
    """Update addresses when a site starts at another page."""
    if not raw and instance.root_page_id != instance._root_before:
        _follow_sites()


def site_removed(instance, origin=None, **kwargs):
    """A site that goes with the page it starts at waits until that is deleted altogether."""
    if isinstance(origin, Site) or getattr(origin, "model", None) is Site:
        _follow_sites()
    else:
        after_commit(_follow_sites)


def _pages():
    return swapper.load_model("wagtailcore", "Page").objects.order_by()


def _follow_sites():
    Site.clear_site_root_paths_cache()
    sync_outdated()
    sites_changed.send(Site)


def _write_branch(page):
    for _page in sync_tree(page):
        pass


def connect():
    """Connect the handlers; called once when the app is ready."""
    post_save.connect(reindex_saved, dispatch_uid="diptych_index_later")
    post_delete.connect(unindex_deleted, dispatch_uid="diptych_deleted_before_indexed")
    pre_save.connect(follow_the_original, dispatch_uid="diptych_alias_saved")
    post_save.connect(alias_converted, dispatch_uid="diptych_alias_converted")
    post_page_move.connect(page_moved, dispatch_uid="diptych_page_moved")
    page_unpublished.connect(page_has_been_unpublished, dispatch_uid="diptych_page_unpublished")
    page_published.connect(page_went_live, dispatch_uid="diptych_page_went_live")
    _connect_privacy()
    pre_save.connect(
        about_to_be_logged, sender=PageLogEntry, dispatch_uid="diptych_about_to_be_logged"
    )
    post_save.connect(branch_stored, sender=UnmovedBranch, dispatch_uid="diptych_branch_stored")
    page_slug_changed.connect(other_page_renamed, dispatch_uid="diptych_other_page_renamed")
    post_save.connect(
        follow_cancelled_schedule, sender=Revision, dispatch_uid="diptych_schedule_cancelled"
    )
    pre_save.connect(
        site_about_to_change, sender=Site, dispatch_uid="diptych_site_about_to_be_saved"
    )
    post_save.connect(site_changed, sender=Site, dispatch_uid="diptych_site_saved")
    post_delete.connect(site_removed, sender=Site, dispatch_uid="diptych_site_deleted")
    _connect_migrations()


def _connect_migrations():
    """Connect, once and in this order, the receivers that run before and after migrations."""
    sender = apps.get_app_config(PageLanguage._meta.app_label)
    for signal, receiver in (
        (pre_migrate, add_missing_columns),
        (post_migrate, create_permissions),
        (post_migrate, follow_languages),
        (post_migrate, database_migrated),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=f"diptych_{receiver.__name__}")


def _connect_privacy():
    model = swapper.load_model("wagtailcore", "Page")
    pre_save.connect(
        restriction_about_to_change,
        sender=PageViewRestriction,
        dispatch_uid="diptych_restriction_about_to_be_saved",
    )
    for signal in (post_save, post_delete):
        signal.connect(
            restriction_changed, sender=PageViewRestriction, dispatch_uid="diptych_restriction"
        )
    pre_delete.connect(
        page_about_to_be_deleted, sender=model, dispatch_uid="diptych_aliases_before"
    )
    post_delete.connect(page_deleted, sender=model, dispatch_uid="diptych_aliases_left")
