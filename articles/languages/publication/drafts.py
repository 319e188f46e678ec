"""Drafts: pages made of the content of revisions, and revisions made of pages."""

from django.db import models, transaction
from modelcluster.models import get_all_child_relations

from diptych.articles.languages.config.fields import state_columns
from diptych.articles.languages.config.known_relations import (
    CheckedContent,
    RelatedObjects,
    without_kept,
)
from diptych.articles.languages.config.language_config import available_languages, default_language
from diptych.articles.languages.index.indexing import indexed_once, is_to_be_indexed, leave_indexed
from diptych.articles.languages.publication.partial_publication import keep_denied
from diptych.articles.languages.publication.plain_columns import adopted_content, has_language
from diptych.articles.languages.translations.marking import record_translations


class DraftsMixin(models.Model):
    """A page whose revisions never change in which languages it is live."""

    class Meta:
        abstract = True

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
        else:
            columns = state_columns(type(self))
            stored = type(self)._default_manager.filter(pk=self.alias_of_id or self.pk)
            page = self._version(content, stored.values(*columns).first() or {})
        page.is_being_published = self.is_being_published
        return page

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        """As modelcluster's, with one query for each model to which the page and its rows refer.

        Where a related object is gone, modelcluster decides how the reference is handled. Content
        from before the page type had several languages is read as that of the source language.
        """
        if not has_language(cls, data):
            data = type(data)(adopted_content(cls, data, cls._source_language_of(data)))
        check_fks = check_fks and not isinstance(data, CheckedContent)
        related = RelatedObjects(cls, data) if check_fks else None
        is_checked = related is not None and related.are_complete
        page = super().from_serializable_data(data, check_fks and not is_checked, strict_fks)
        if is_checked:
            related.attach_to(page)
        return page

    @classmethod
    def _source_language_of(cls, data):
        """The source language of the stored page that serialized ``data`` belong to."""
        stored = cls._default_manager.filter(pk=data.get("pk"))
        return stored.values_list("source_language", flat=True).first() or default_language()

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
        """Save a draft, and record which languages were changed in it and by whom.

        Content that ``user`` may not edit is taken from the newest draft.
        """
        is_of_user = user is not None and not self.is_arranged
        is_read = self.pk and (is_of_user or not self.follows)
        before = self.latest_revision if is_read else None
        follows = self.follows or (before.content if before else None)
        if is_of_user and before is not None:
            keep_denied(self, user, lambda: self._newest_draft(before))
        self.is_arranged = False
        record_translations(self, user)
        self.take_credit(self.requested_languages())
        if self.draft_to_continue is not None:
            # Wagtail overwrites the latest revision only, which this one is about to become.
            overwrite_revision = self.latest_revision = self.draft_to_continue
        self.draft_to_continue = None
        found_by = self.stored_page.draft_headlines() if self.stored_page else None
        is_indexed_anyway = is_to_be_indexed(self)
        revision = super().save_revision(
            user, *args, overwrite_revision=overwrite_revision, **kwargs
        )
        if found_by == self.draft_headlines() and not is_indexed_anyway:
            leave_indexed(self)
        self.record_draft(revision, follows, self.unwritten)
        self.unwritten, self.follows = (), None
        return revision

    def _newest_draft(self, before):
        """The newest draft as it is stored now, not the content of this instance.

        A copy being made has its newest revision, ``before``, in memory only.
        """
        stored = self.stored()
        return (
            stored.get_latest_revision_as_object()
            if stored.latest_revision_id
            else before.as_object()
        )
