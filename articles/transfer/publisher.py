"""Stores imported pages: below the right page, through the service that publishes."""

from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import override
from wagtail.models import Page

from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.index.indexing import indexed_once
from diptych.articles.languages.models import LanguageSchedule
from diptych.articles.languages.publication.readiness.grading import NotPublishable
from diptych.articles.languages.publication.schedules.scheduling import set_date
from diptych.articles.languages.routes.slugs import first_free
from diptych.articles.models import (
    FrontArticle,
    HomePage,
)
from diptych.articles.models.new_journal import headline_of

PUBLISH = LanguageSchedule.Act.PUBLISH


class NothingStored(Exception):
    """Ends a transaction of a dry run, and is caught around it."""


class Publisher:
    """Stores the pages of an import below ``home``, the page at which a site starts.

    With ``is_dry`` each transaction is rolled back at its end. ``media`` has a method ``atomic``,
    within which files are stored. Created lists are in the menu if ``in_menu``, which is for a
    journal created by the import.
    """

    def __init__(self, home, *, media=None, owner=None, is_dry=False, in_menu=False):
        self.home, self.media, self.owner, self.is_dry = home, media, owner, is_dry
        self.in_menu = in_menu
        self._sections = {}

    @contextmanager
    def atomic(self):
        """A transaction at whose end pages are indexed once."""
        begin = self.media.atomic if self.media else transaction.atomic
        try:
            with begin(), indexed_once():
                yield
                if self.is_dry:
                    raise NothingStored
        except NothingStored:
            self._sections.clear()
        except BaseException:
            self._sections.clear()
            raise

    def section(self, model, besides=()):
        """The page of type ``model`` that is the parent of pages; created if missing.

        None of the primary keys ``besides`` is taken, such as those of the lists of other folders.
        ``HomePage`` means the root page of the site, of any type.
        """
        if model is HomePage:
            return self.home
        if model not in self._sections:
            found = model.objects.descendant_of(self.home).exclude(pk__in=list(besides)).first()
            self._sections[model] = found or self._made(model)
        return self._sections[model]

    def _made(self, model):
        page = model(live=False, show_in_menus=self.in_menu)
        for language in available_languages():
            with override(language):
                page.set_text("headline", language, headline_of(model))
        with transaction.atomic():
            return self.publish(page, page, available_languages(), HomePage)

    def is_elsewhere(self, page):
        """Whether the stored ``page`` was moved away from below the page where the site starts."""
        return not page.is_descendant_of(self.home)

    def free_slug(self, page, language, slug, parent):
        """``slug``, or with a number, as no other page below ``parent`` has it.

        ``parent`` is a page, or the type of one for :meth:`section`.
        """
        parent = self.section(parent) if isinstance(parent, type) else parent
        return first_free(slug, lambda each: page.slug_is_free(language, each, parent))

    def add(self, page, parent):
        """Store the new ``page`` as a draft below ``parent``, a page or the type of one."""
        parent = self.section(parent) if isinstance(parent, type) else parent
        page.live, page.owner = False, self.owner
        Page.objects.get(pk=parent.pk).add_child(instance=page)

    def publish(self, page, draft, languages, parent):
        """Publish ``draft`` of ``page``, which may be new, as it is; returns the stored page."""
        if page.pk:
            page.publish_languages(languages, draft=draft, as_it_is=True)
        else:
            self.add(page, parent)
            page.publish_languages(languages, as_it_is=True)
        return page

    def schedule(self, page, language, due_at):
        """Let the newest draft of ``language`` go live at ``due_at``; returns why it will not."""
        try:
            set_date(page, language, PUBLISH, due_at, None, newest=True)
        except NotPublishable as refusal:
            if not refusal.can_be_confirmed:
                return refusal.messages
            confirmed = [each.confirmation for each in refusal.gradings]
            set_date(page, language, PUBLISH, due_at, None, newest=True, confirmed=confirmed)
        return []

    def put_on_front_page(self, article):
        """Pick an article next to the lead story; on a draft of the front page if there is one."""
        home = self.home.specific_class._default_manager.get(pk=self.home.pk)
        if not isinstance(home, HomePage):
            return False
        draft = home.stored_draft()
        shown = list(draft.front_articles.all())
        if article.pk in [each.article_id for each in shown]:
            return True
        draft.front_articles = [*shown, FrontArticle(article=article)]
        if home.live and not home.has_unpublished_changes:
            home.publish_languages(home.live_languages, draft=draft, as_it_is=True)
        else:
            draft.save_revision()
        return True
