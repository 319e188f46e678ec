from types import MappingProxyType

from django.db import models, transaction
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.search import index

from articles.languages.addresses import fits, sync_page
from articles.languages.admin.forms import LanguageCopyForm, LanguagePageForm
from articles.languages.available import (
    available_languages,
    column,
    default_language,
    language_choices,
    translated_language_name,
)
from articles.languages.checklist import links_leading_elsewhere, search_texts
from articles.languages.fields import state_columns
from articles.languages.grading import missing_parts
from articles.languages.held_back import keep_denied
from articles.languages.indexing import IndexedOnceMixin, indexed_once
from articles.languages.known_relations import (
    CheckedContent,
    KnownRelationsMixin,
    RelatedObjects,
    without_kept,
)
from articles.languages.live_languages import PublicationMixin
from articles.languages.models import PageLanguage
from articles.languages.permissions.policy import LanguagePagePermissionTester
from articles.languages.querysets import LanguagePageManager
from articles.languages.serving import ServingMixin, StatusMixin
from articles.languages.slugs import LONGEST, first_free, is_numbered, make_slug
from articles.languages.translations.provenance import (
    own_text,
    record_translations,
)
from articles.languages.translations.units import ImageTexts

#: Relations that Wagtail sets by itself; whether their targets exist is not for people to correct.
SET_BY_WAGTAIL = frozenset({"content_type", "latest_revision", "live_revision"})
#: What Wagtail decides when a page is created; the constraints of the database keep it.
SET_AT_CREATION = frozenset({"path", "translation_key", "locale"})


class FoundByHeadlineMixin(IndexedOnceMixin):
    """Let editors find a page by what it is called in any language, drafts included.

    The admin's lists and choosers search what can be completed while one types; a plain search
    for words does not look there, so it cannot give away what is not live.
    """

    class Meta:
        abstract = True

    @classmethod
    def get_search_fields(cls):
        names = [*(column("headline", code) for code in available_languages()), "draft_headlines"]
        return [*super().get_search_fields(), *(index.AutocompleteField(name) for name in names)]

    @classmethod
    def get_indexed_objects(cls):
        return super().get_indexed_objects().select_related("latest_revision")

    def draft_headlines(self):
        """What the page is called in a draft that is newer than what is live, in one line."""
        if not self.has_unpublished_changes or self.latest_revision is None:
            return ""
        content = self.latest_revision.content
        headlines = [content.get(column("headline", code)) for code in available_languages()]
        return " ".join(filter(None, headlines))


class LanguagePageMixin(
    FoundByHeadlineMixin,
    KnownRelationsMixin,
    StatusMixin,
    PublicationMixin,
    ServingMixin,
    models.Model,
):
    """One page in several languages: put it before ``Page`` and register its fields.

    What the public sees is in the columns below, one for each language. Wagtail's own
    ``title``, ``slug`` and ``url_path`` stay plain strings that mirror the source language,
    so nothing in Wagtail depends on the language spoken at the moment.
    """

    headline = models.CharField(_("headline"), max_length=255, blank=True)
    url_slug = models.SlugField(
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
    is_public = models.BooleanField(_("live"), default=False, editable=False)
    publish_requested = models.BooleanField(_("goes live"), default=False, editable=False)
    first_public_at = models.DateTimeField(
        _("first published"), null=True, blank=True, editable=False
    )
    last_public_at = models.DateTimeField(
        _("last published"), null=True, blank=True, editable=False
    )
    updated_at = models.DateTimeField(_("updated"), null=True, blank=True, editable=False)
    #: Where the text in a language comes from; see ``provenance``.
    provenance = models.JSONField(_("provenance"), null=True, blank=True, editable=False)

    #: What the editor says of a headline: on saving, and in the form of a copy.
    headline_needed = _("Write a headline.")
    headline_of_copy = _("New headline (%(language)s)")
    #: Whether the rows below it are being written with it, and those of the table are next.
    is_being_saved = False
    #: Set by listings: whether this copy is still called what its original is.
    is_unrenamed_copy = False

    #: Translated fields that usually say the same in every language, as a name does.
    proper_names = ()
    #: Translated fields without which no language is published, and what is said where they are
    #: empty. Page types add to it: ``{**LanguagePageMixin.required_parts, "lead": _("…")}``.
    required_parts = MappingProxyType({"headline": _("The headline is missing.")})

    objects = LanguagePageManager()

    base_form_class = LanguagePageForm
    copy_form_class = LanguageCopyForm

    class Meta:
        abstract = True

    def save(self, clean=True, user=None, log_action=False, **kwargs):
        if kwargs.get("update_fields") is not None:
            return super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        with transaction.atomic():
            if self._state.adding:
                self._adopt_title()
            self.update_publication_state()
            clean, self.is_checked = clean and not self.is_checked, False
            self.is_being_saved = True
            try:
                result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
            finally:
                self.is_being_saved = False
            sync_page(self)
        return result

    def text_in(self, name, language):
        """The value of a translated field in one language, never that of another."""
        return getattr(self, column(name, language))

    def printed_date_in(self, language):
        """The date by which lists in ``language`` are ordered, that of the first publication.

        Page types with a date of their own return it here; the page × language table keeps it.
        """
        return self.text_in("first_public_at", language) or self.first_published_at

    def set_text(self, name, language, value):
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
        """What keeps this page from being published in ``language``, whoever does it.

        Returns ``(column name, message)`` pairs, empty when nothing is missing. Page types name
        the fields they need in ``required_parts`` and add here what else they need.
        """
        return missing_parts(self, language)

    def publication_checklist(self, language):
        """What is better looked at before ``language`` is published, and does not keep it back.

        The same as ``publication_problems``; page types add to it. A problem that is about no
        single field has the name ``""``.
        """
        found = [*search_texts(self, language), *links_leading_elsewhere(self, language)]
        return found + self.publication_advice(language)

    def publication_advice(self, language):
        """The part of the checklist that is said once more after ``language`` was published.

        None by default; journals add doubtful picture texts.
        """
        return []

    def length_in_words(self, language):
        """How long the text is in ``language``, as the editor says it; ``""`` says nothing."""
        return ""

    def image_texts(self, language):
        """The :class:`ImageTexts` of this page in ``language``, none by default."""
        return ImageTexts()

    def permissions_for_user(self, user):
        return LanguagePagePermissionTester(user, self)

    def get_admin_display_title(self):
        title = super().get_admin_display_title() or gettext("Untitled")
        return gettext("%(title)s (copy)") % {"title": title} if self.is_unrenamed_copy else title

    def is_locked_for(self, user):
        lock = self.get_lock()
        return lock is not None and lock.for_user(user)

    # Wagtail's own title and slug

    def slug_is_free(self, language, slug, parent):
        """Whether no other page with text in ``language`` stands at ``slug`` below ``parent``."""
        if parent is None:
            return True
        return (
            not PageLanguage.objects.filter(
                language=language,
                slug=slug,
                translated=True,
                page__depth=parent.depth + 1,
                page__path__startswith=parent.path,
            )
            .exclude(page_id=self.pk)
            .exists()
        )

    def can_move_to(self, parent):
        slugs = [(code, self.text_in("url_slug", code)) for code in self.languages_written()]
        return super().can_move_to(parent) and all(
            self.slug_is_free(language, slug, parent) and fits(self, language, slug, parent)
            for language, slug in slugs
            if slug
        )

    def mirror_source(self):
        """Fill empty slugs, then copy headline and slug of the source into Wagtail's own fields."""
        if self._state.adding:
            self._adopt_title()
        for language in available_languages():
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
        base = slug or (headline and (make_slug(headline) or self._meta.model_name))
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

    # Saving

    @property
    def default_exclude_fields_in_copy(self):
        """A copy has not been published or updated yet, and asks for no publication."""
        dates = [name for name in state_columns(type(self)) if "is_public" not in name]
        requests = [column("publish_requested", language) for language in available_languages()]
        return [*super().default_exclude_fields_in_copy, *dates, *requests]

    #: The slug of the page in the database, which is known to be free. Set by ``newest_draft``.
    slug_in_database = None
    #: The page as it is in the database, if it was read after the row was locked.
    stored_page = None

    def with_content_json(self, content):
        """A version of this page with the content of a revision, but with its own state.

        Being live in a language is a fact about the page, as Wagtail's own ``live`` is, so an
        old revision never changes it; it is read anew, as somebody else may have published since
        this instance was fetched. An alias follows its source in all but its addresses.
        """
        if content is self.checked_content and self.stored_page:
            page = self._version(CheckedContent(content), vars(self.stored_page))
            page.is_checked, page.stored_page = True, self.stored_page
            return page
        columns = state_columns(type(self))
        stored = type(self)._default_manager.filter(pk=self.alias_of_id or self.pk)
        return self._version(content, stored.values(*columns).first() or {})

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """As modelcluster does, with one query for each model that the page and its rows refer to.

        Where something is gone, modelcluster decides what becomes of the reference.
        """
        check_fks = check_fks and not isinstance(data, CheckedContent)
        related = RelatedObjects(cls, data) if check_fks else None
        is_checked = related is not None and related.are_complete
        page = super().from_serializable_data(data, check_fks and not is_checked, strict_fks)
        if is_checked:
            related.attach_to(page)
        return page

    def newest_draft(self):
        """The newest draft of this page, which has just been fetched, and the rows below it.

        It is this page itself if nothing has been written since it was published.
        """
        if self.alias_of_id:
            return self.get_latest_revision_as_object()
        is_behind = self.has_unpublished_changes and self.latest_revision_id
        draft = self._version(self.latest_revision.content, {}) if is_behind else self
        draft.slug_in_database, draft.latest_revision = self.slug, self.latest_revision
        if draft is self:
            for relation in get_all_child_relations(self):
                getattr(self, relation.get_accessor_name()).get_object_list()
            related = RelatedObjects(type(self), without_kept(self.serializable_data()))
            related.attach_to(self)
        return draft

    def _version(self, content, state):
        """This page with the ``content`` of a revision and the columns of its ``state``."""
        page = super().with_content_json(without_kept(content))
        page.live_revision_id = self.live_revision_id
        if self.alias_of_id:
            for language in available_languages():
                page.set_text("url_slug", language, self.text_in("url_slug", language))
                page._fill_slug(language)
        for name in state_columns(type(self)):
            setattr(page, name, state.get(name, getattr(self, name)))
        return page

    #: The content of the revision that is being published, checked when this draft was saved as it.
    checked_content = None
    #: Whether this instance has been made of such a content, and need not be checked by ``save``.
    is_checked = False
    #: Whether the engine has put other languages into this draft than the person saving it.
    is_arranged = False
    #: The languages that nobody has written in since the draft before, though they differ.
    unwritten = ()
    #: The content of the draft that this one goes on from, if that is not the newest.
    follows = None
    #: An older draft of the person saving that is brought up to date instead of a new one.
    draft_to_continue = None

    @transaction.atomic
    @indexed_once()
    def save_revision(self, user=None, *args, overwrite_revision=None, **kwargs):
        """Save a draft, and keep account of what it says in which language.

        What ``user`` has no right to stays as the newest draft has it.
        """
        before = self.latest_revision if self.pk else None
        content = before.content if before else None
        if user is not None and before is not None and not self.is_arranged:
            keep_denied(self, user, lambda: self._newest_draft(before))
        self.is_arranged = False
        record_translations(self, user)
        self.take_credit(self.requested_languages())
        if self.draft_to_continue is not None:
            # Wagtail overwrites the latest revision only, which this one is about to become.
            overwrite_revision = self.latest_revision = self.draft_to_continue
        self.draft_to_continue = None
        revision = super().save_revision(
            user, *args, overwrite_revision=overwrite_revision, **kwargs
        )
        self.record_draft(revision, self.follows or content, self.unwritten)
        self.unwritten, self.follows = (), None
        return revision

    def _newest_draft(self, before):
        """The draft as an editor would find it now, whatever this instance says.

        A copy being made has its newest revision, ``before``, in memory only.
        """
        stored = self.stored()
        return (
            stored.get_latest_revision_as_object()
            if stored.latest_revision_id
            else before.as_object()
        )

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
