"""The beginning of a journal: a front page, its lists, and the site that starts there."""

from django.db import transaction
from django.utils.translation import gettext_lazy, override
from wagtail.models import Page, Site

from diptych.articles.languages.config.language_config import available_languages, column
from diptych.articles.languages.index.indexing import indexed_once
from diptych.articles.models import (
    ArticleIndexPage,
    AuthorIndexPage,
    HomePage,
    JournalSettings,
    PrintIssueIndexPage,
    TopicIndexPage,
)

#: The lists that a journal begins with, in the order of its menu.
LISTS = (ArticleIndexPage, TopicIndexPage, AuthorIndexPage)
HEADLINES = {
    HomePage: gettext_lazy("Home"),
    ArticleIndexPage: gettext_lazy("Articles"),
    AuthorIndexPage: gettext_lazy("Authors"),
    TopicIndexPage: gettext_lazy("Topics"),
    PrintIssueIndexPage: gettext_lazy("Print issues"),
}


class HasOtherPages(Exception):
    """The site starts at a page of another type that is no page of welcome: see ``page``."""

    def __init__(self, page):
        super().__init__()
        self.page = page


def headline_of(model):
    """The headline of the front page, or of a list, of type ``model`` in the active language."""
    return str(HEADLINES[model])


@transaction.atomic
@indexed_once()
def make_journal(site=None, name="", in_menu=True):
    """Create the missing front page, lists and name of ``site``, or of the default one.

    The front page replaces Wagtail's welcome page, unless another site starts at that; an existing
    front page at which no site starts is used. Existing pages are not changed, except for the draft
    of a front page that is live in no language: it is published in languages that are complete and
    were never public. ``name`` is that of the journal in all languages. Created lists are in the
    menu if ``in_menu``.

    Returns the :class:`HomePage` and the list of the created pages. Raises :exc:`HasOtherPages`
    without changing anything.
    """
    site = site or _default_site()
    root = site.root_page.specific if site.root_page_id else None
    made = []
    if isinstance(root, HomePage):
        home = root
    elif root is not None and (type(root) is not Page or root.numchild):
        raise HasOtherPages(root)
    else:
        home = _home_of_no_site() or _made(HomePage, Page.get_first_root_node(), made, False)
        site.root_page = home
        site.save()
        # Sites are deleted with the page at which they start.
        if root is not None and not Site.objects.filter(root_page=root.pk).exists():
            Page.objects.get(pk=root.pk).delete()
    if not home.live_languages:
        ready = [
            code
            for code in home.languages_written()
            if not home.text_in("first_public_at", code) and not home.publication_problems(code)
        ]
        if ready:
            home.publish_languages(ready, as_it_is=True)
    for model in LISTS:
        if not model.objects.descendant_of(home).exists():
            _made(model, Page.objects.get(pk=home.pk), made, in_menu)
    _write_name(site, name)
    return HomePage.objects.get(pk=home.pk), made


def _default_site():
    found = Site.objects.filter(is_default_site=True).first() or Site.objects.first()
    return found or Site(hostname="localhost", is_default_site=True)


def _home_of_no_site():
    """The only front page at which no site starts, or ``None``."""
    roots = Site.objects.values("root_page")
    found = list(HomePage.objects.filter(depth=2, alias_of=None).exclude(pk__in=roots)[:2])
    return found[0] if len(found) == 1 else None


def _made(model, parent, made, in_menu):
    page = model(live=False, show_in_menus=in_menu)
    for code in available_languages():
        with override(code):
            page.set_text("headline", code, headline_of(model))
    parent.add_child(instance=page)
    page.publish_languages(available_languages(), as_it_is=True)
    made.append(page)
    return model.objects.get(pk=page.pk)


def _write_name(site, name):
    """Write ``name`` where the journal, and its site, have none yet."""
    if not name:
        return
    journal = JournalSettings.for_site(site)
    for code in available_languages():
        own = column("name", code)
        setattr(journal, own, getattr(journal, own) or name)
    journal.save()
    if not site.site_name:
        site.site_name = name
        site.save()
