"""The mixin of page types in several languages: its fields, and what saving does."""

from copy import copy
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowPage
from wagtail.search import index
from wagtail.utils.decorators import cached_classmethod

from diptych.articles.languages.admin.editor.forms import LanguageCopyForm, MultilingualPageForm
from diptych.articles.languages.config.content import is_visible
from diptych.articles.languages.config.fields import state_columns
from diptych.articles.languages.config.known_relations import (
    KnownRelationsMixin,
    leave_stored_rows,
)
from diptych.articles.languages.config.language_config import (
    available_language,
    available_languages,
    column,
    default_language,
    language_choices,
    translated_language_name,
)
from diptych.articles.languages.config.search_fields import in_languages
from diptych.articles.languages.index.indexing import IndexedOnceMixin
from diptych.articles.languages.index.privacy import branch_range, is_being_deleted
from diptych.articles.languages.index.querysets import MultilingualPageManager
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.permissions.policy import LanguagePagePermissionTester
from diptych.articles.languages.publication.drafts import DraftsMixin
from diptych.articles.languages.publication.live_languages import PublicationMixin
from diptych.articles.languages.publication.readiness.advice import (
    links_leading_elsewhere,
    search_texts,
    turned_texts,
)
from diptych.articles.languages.publication.readiness.missing import missing_parts
from diptych.articles.languages.routes.addresses import (
    is_root_of_a_site,
    sync_page,
    without_room,
)
from diptych.articles.languages.routes.prefixes import is_reserved
from diptych.articles.languages.routes.serving import ServingMixin
from diptych.articles.languages.routes.slugs import (
    LONGEST,
    UrlSlugField,
    first_free,
    is_numbered,
    make_page_slug,
)
from diptych.articles.languages.translations.provenance import own_text
from diptych.articles.languages.translations.units import ImageTexts

#: Relations that Wagtail sets by itself; whether their targets exist is not for people to correct.
SET_BY_WAGTAIL = frozenset({"content_type", "latest_revision", "live_revision"})
#: Values that Wagtail sets when a page is created, checked by constraints of the database.
SET_AT_CREATION = frozenset({"path", "translation_key", "locale"})


class FoundByHeadlineMixin(IndexedOnceMixin):
    """Let editors find a page by its title in any language, in drafts too.

    The admin's lists and choosers search the autocomplete fields; a plain search does not, so it
    cannot give away texts that are not live.
    """

    class Meta:
        abstract = True

    @classmethod
    def get_search_fields(cls):
        fields = super().get_search_fields()
        if cls.is_searched_by_language:
            fields = [*fields, index.SearchField("headline", boost=2)]
        fields = [each for field in fields for each in in_languages(cls, field)]
        names = [*(column("headline", code) for code in available_languages()), "draft_headlines"]
        return [*fields, *(index.AutocompleteField(name) for name in names)]

    @classmethod
    def get_indexed_objects(cls):
        return super().get_indexed_objects().select_related("latest_revision")

    def draft_headlines(self):
        """The headlines of a draft that differ from the live ones, in one line."""
        if not self.has_unpublished_changes or self.latest_revision is None:
            return ""
        content = self.latest_revision.content
        headlines = [content.get(column("headline", code)) for code in available_languages()]
        return " ".join(filter(None, headlines))


class MultilingualPageMixin(
    FoundByHeadlineMixin,
    DraftsMixin,
    KnownRelationsMixin,
    PublicationMixin,
    ServingMixin,
    models.Model,
):
    """One page in several languages: put it before ``Page`` and register its fields.

    The public texts are in the columns below, one for each language. Wagtail's own ``title``,
    ``slug`` and ``url_path`` stay plain strings that mirror the source language, so nothing in
    Wagtail depends on the active language.
    """

    headline = models.CharField(_("headline"), max_length=255, blank=True)
    url_slug = UrlSlugField(
        _("slug"),
        max_length=LONGEST,
        blank=True,
        help_text=_("The last part of the address. Made from the headline when left empty."),
    )
    meta_title = models.CharField(
        _("title for search engines"),
        max_length=255,
        blank=True,
        help_text=_("Shown in search results instead of the headline."),
    )
    meta_description = models.TextField(
        _("description for search engines"),
        blank=True,
        help_text=_("One or two sentences shown under the title in search results."),
    )
    source_language = models.CharField(
        _("source language"),
        max_length=12,
        choices=language_choices,
        default=default_language,
        help_text=_("The language it is first written in."),
    )
    is_public = models.BooleanField(_("live"), default=False, db_default=False, editable=False)
    publish_requested = models.BooleanField(
        _("goes live"), default=False, db_default=False, editable=False
    )
    first_public_at = models.DateTimeField(
        _("first published"), null=True, blank=True, editable=False
    )
    last_public_at = models.DateTimeField(
        _("last published"), null=True, blank=True, editable=False
    )
    updated_at = models.DateTimeField(_("updated"), null=True, blank=True, editable=False)
    #: Where the text in a language comes from; see ``provenance``.
    provenance = models.JSONField(_("provenance"), null=True, blank=True, editable=False)

    #: Messages about a headline, shown on saving and in the form of a copy.
    headline_needed = _("Write a headline.")
    headline_of_copy = _("New headline (%(language)s)")
    #: Whether ``save`` is under way, which also saves child rows, and ``PageLanguage`` at its end.
    is_being_saved = False
    #: Set by listings: whether this copy still has the title of its original.
    is_unrenamed_copy = False
    #: The parent of a page that is being created, where the editor has it.
    parent_to_be = None

    #: Translated fields that usually have the same value in every language, as names do.
    proper_names = ()
    #: Translated fields that the API shows, in the language of its answer.
    language_api_fields = ()
    #: Translated fields without which no language is published, each with the message for an empty
    #: one. Page types add to it: ``{**MultilingualPageMixin.required_parts, "lead": _("…")}``.
    required_parts = MappingProxyType({"headline": _("The headline is missing.")})

    objects = MultilingualPageManager()

    base_form_class = MultilingualPageForm
    copy_form_class = LanguageCopyForm

    class Meta:
        abstract = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        source = self.__dict__.get("source_language")
        if source and available_language(source) != source:
            self.source_language = self._next_source()

    def save(self, clean=True, user=None, log_action=False, **kwargs):
        if kwargs.get("update_fields") is not None:
            return super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        with transaction.atomic():
            if self._state.adding:
                self._adopt_title()
            self.update_publication_state()
            clean, self.is_checked = clean and not self.is_checked, False
            if not self._state.adding:
                leave_stored_rows(self)
            self.is_being_saved = True
            try:
                result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
            finally:
                self.is_being_saved = False
            sync_page(self)
        return result

    def columns_out_of_use(self):
        """The columns that the editor leaves out and whose values are kept.

        Such as those of a feature that is switched off on the site of the page.
        """
        return ()

    def published_along(self, languages):
        """``(page, languages)`` of others that went live with its last publication in them."""
        return []

    @property
    def has_workflow(self):
        return self.get_workflow() is not None

    def get_workflow(self):
        """As Wagtail's, by one query for the page and all above it."""
        if not getattr(settings, "WAGTAIL_WORKFLOW_ENABLED", True):
            return None
        ends = range(self.steplen, len(self.path) + 1, self.steplen)
        known = WorkflowPage.objects.filter(
            page__path__in=[self.path[:end] for end in ends], workflow__active=True
        )
        nearest = known.select_related("workflow").order_by("-page__depth").first()
        return nearest and nearest.workflow

    def _next_source(self):
        """The source language of a page whose own was removed: the first that has a headline."""
        languages = available_languages()
        written = (code for code in languages if self.__dict__.get(column("headline", code)))
        return next(written, default_language())

    @cached_classmethod
    def get_edit_handler(cls):
        """The edit screen by language, made of the panels that the page type declares."""
        from diptych.articles.languages.admin.editor.plain_panels import edit_handler_of

        return edit_handler_of(cls)

    def text_in(self, name: str, language: str) -> Any:
        """The value of a translated field in one language, never that of another."""
        return getattr(self, column(name, language))

    def printed_date_in(self, language: str) -> datetime | None:
        """The date by which lists in ``language`` are ordered, that of the first publication.

        Page types with a date of their own return it here; the page × language table keeps it.
        """
        return self.text_in("first_public_at", language) or self.first_published_at

    def set_text(self, name: str, language: str, value: Any) -> None:
        setattr(self, column(name, language), value)

    def write_column(self, name, language, value):
        """Set one column here and in the database, leaving everything else as it is."""
        self.set_text(name, language, value)
        type(self)._default_manager.filter(pk=self.pk).update(**{column(name, language): value})

    def languages_written(self):
        """The languages that have a headline, the source language first."""
        written = [code for code in available_languages() if self.text_in("headline", code)]
        return sorted(written, key=lambda code: code != self.source_language)

    def publication_problems(self, language):
        """The reasons for which this page cannot be published in ``language``, by any user.

        Returns ``(column name, message)`` pairs, empty when nothing is missing. Page types name the
        fields they need in ``required_parts`` and add other requirements here.
        """
        return missing_parts(self, language)

    def publication_checklist(self, language):
        """Points to check before ``language`` is published, which do not prevent it.

        The same pairs as ``publication_problems``; page types add to it. A problem that concerns no
        single field has the name ``""``.
        """
        found = [
            *search_texts(self, language),
            *turned_texts(self, language),
            *links_leading_elsewhere(self, language),
        ]
        return found + self.publication_advice(language)

    def publication_advice(self, language):
        """The part of the checklist that is repeated after ``language`` was published.

        None by default; journals add doubtful picture texts.
        """
        return []

    def length_in_words(self, language):
        """The length of the text in ``language`` in words for the editor; ``""`` to show none."""
        return ""

    def image_texts(self, language):
        """The :class:`ImageTexts` of this page in ``language``, none by default."""
        return ImageTexts()

    def copy_for_translation(self, locale, copy_parents=False, alias=False, exclude_fields=None):
        """Refuse a copy in the tree of another of Wagtail's locales, where no page is meant to be.

        Whoever keeps these trees alike asks for aliases, and gets this page, which has all
        languages; as one of ``locale``, from which wagtail-localize goes on to others.
        """
        if not alias:
            raise PermissionDenied
        found = copy(self)
        found.locale = locale
        return found

    copy_for_translation.alters_data = True

    def permissions_for_user(self, user):
        if is_being_deleted(self):
            return LanguagePagePermissionTester(AnonymousUser(), self)
        return LanguagePagePermissionTester(user, self)

    def get_admin_display_title(self):
        title = super().get_admin_display_title() or gettext("Untitled")
        return gettext("%(title)s (copy)") % {"title": title} if self.is_unrenamed_copy else title

    def is_locked_for(self, user):
        lock = self.get_lock()
        return lock is not None and lock.for_user(user)

    # Wagtail's own title and slug

    def slug_is_free(self, language, slug, parent):
        """Whether no other page with text in ``language`` has ``slug`` below ``parent``."""
        if parent is None:
            return True
        if is_reserved(slug, language) and is_root_of_a_site(parent):
            return False
        return (
            not PageLanguage.objects.filter(
                language=language,
                slug=slug,
                translated=True,
                page__depth=parent.depth + 1,
                page__path__range=branch_range(parent.path),
            )
            .exclude(page_id=self.pk)
            .exists()
        )

    def can_move_to(self, parent):
        slugs = {code: self.text_in("url_slug", code) for code in self.languages_written()}
        slugs = {code: slug for code, slug in slugs.items() if slug}
        return (
            super().can_move_to(parent)
            and all(self.slug_is_free(*each, parent) for each in slugs.items())
            and not without_room(self, slugs, parent)
        )

    def mirror_source(self):
        """Fill empty slugs, then copy headline and slug of the source into Wagtail's own fields."""
        if self._state.adding:
            self._adopt_title()
        for language in available_languages():
            headline = self.text_in("headline", language)
            if headline and not is_visible(headline):
                self.set_text("headline", language, "")
            self._fill_slug(language)
        written = self.languages_written()
        if not written:
            return
        self.title = self.text_in("headline", written[0])
        self.slug = self.text_in("url_slug", written[0])
        parent = self._parent_in_tree() if self.slug != self.slug_in_database else None
        if parent:
            siblings = parent.get_children().exclude(pk=self.pk)
            self.slug = first_free(self.slug, lambda slug: not siblings.filter(slug=slug).exists())

    def _adopt_title(self):
        """Give a page made from a plain title and slug, as copies are, its headline from them.

        A headline and a slug that are given for the language win over them, but for a copy,
        which has those of the original. Only a copy comes with a draft title.
        """
        written = self.languages_written()
        language = written[0] if written else self.source_language
        headline, slug = self.text_in("headline", language), self.text_in("url_slug", language)
        is_copy = bool(self.draft_title)
        if self.title and self.title != headline and (is_copy or not headline):
            self.set_text("headline", language, self.title)
            self.set_text("url_slug", language, (not is_copy and slug) or self.slug or None)
        elif self.slug and (is_copy or not slug) and not is_numbered(self.slug, slug):
            self.set_text("url_slug", language, self.slug)

    def _parent_in_tree(self):
        return self.get_parent() if self.path else None

    def _fill_slug(self, language):
        slug = self.text_in("url_slug", language)
        if slug and not self._state.adding:
            return
        headline = own_text(self, "headline", language)
        base = slug or (headline and (make_page_slug(headline, language) or self._meta.model_name))
        if base:
            parent = self._parent_in_tree()
            slug = first_free(base, lambda each: self.slug_is_free(language, each, parent))
        self.set_text("url_slug", language, slug or None)

    def full_clean(self, exclude=None, *args, **kwargs):
        self.mirror_source()
        kept = SET_AT_CREATION if self.pk else ()
        super().full_clean({*(exclude or ()), *SET_BY_WAGTAIL, *kept}, *args, **kwargs)

    def minimal_clean(self):
        self.mirror_source()
        super().minimal_clean()

    @property
    def default_exclude_fields_in_copy(self):
        """A copy has not been published or updated yet, and asks for no publication."""
        dates = [name for name in state_columns(type(self)) if "is_public" not in name]
        requests = [column("publish_requested", language) for language in available_languages()]
        return [*super().default_exclude_fields_in_copy, *dates, *requests]

    def take_credit(self, languages):
        """Name, on a draft about to be published, who translated it; for page types that do."""

    @classmethod
    def names_of(cls, languages):
        """The names of languages as running text: "French and English".

        It stands after the word for "in", which some languages repeat before each name:
        « en français et en anglais ».
        """
        names = [translated_language_name(code) for code in languages]
        if len(names) < 2:
            return "".join(names)
        comma = pgettext("between the names of languages", ",")
        last_word = pgettext("between the names of languages", "and")
        return f"{f'{comma} '.join(names[:-1])} {last_word} {names[-1]}"
