"""Follow changes that Wagtail makes without calling the page's own methods."""

from django.db.models.signals import post_delete, post_save
from wagtail.models import Site
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from articles.languages.addresses import sync_page
from articles.languages.pages import LanguagePageMixin
from articles.languages.rebuilding import sync_outdated, sync_tree


def page_moved(instance, **kwargs):
    """Wagtail moves the base page; the addresses of a whole branch may have changed.

    Descendants of a translated page follow it by themselves; those of another kind of page
    are written one by one.
    """
    page = instance.specific
    if isinstance(page, LanguagePageMixin):
        sync_page(page)
    else:
        _write_branch(page)


def page_withdrawn(instance, **kwargs):
    """Wagtail unpublishes the base page: no language is live any more."""
    page = instance.specific
    if isinstance(page, LanguagePageMixin):
        type(page)._default_manager.get(pk=page.pk).withdraw_all()


def other_page_renamed(instance, **kwargs):
    """A page of another kind stands above translated pages and has a new address."""
    if not isinstance(instance.specific, LanguagePageMixin):
        _write_branch(instance)


def site_changed(instance, raw=False, **kwargs):
    """The root of a site has the same address in every language; it may be another page now."""
    if not raw:
        Site.clear_site_root_paths_cache()
        sync_outdated()


def _write_branch(page):
    for _page in sync_tree(page):
        pass


def connect():
    """Connect the handlers; called once when the app is ready."""
    post_page_move.connect(page_moved, dispatch_uid="diptych_page_moved")
    page_unpublished.connect(page_withdrawn, dispatch_uid="diptych_page_withdrawn")
    page_slug_changed.connect(other_page_renamed, dispatch_uid="diptych_other_page_renamed")
    post_save.connect(site_changed, sender=Site, dispatch_uid="diptych_site_saved")
    post_delete.connect(site_changed, sender=Site, dispatch_uid="diptych_site_deleted")
