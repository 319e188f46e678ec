"""The page × language table: address, state and progress of a page in each language."""

import swapper
from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext_lazy as _

from diptych.articles.languages.config.language_config import available_languages

swapper.set_app_prefix("wagtailcore", "wagtail")


class PageLanguageQuerySet(models.QuerySet):
    def visible_in(self, language):
        """The rows of pages that any visitor may see in ``language``.

        This is the one definition of "may be seen": published in that language, and neither
        the page nor a page above it kept private.
        """
        return self.filter(language=language).visible()

    def visible(self):
        """The rows of visible pages in every language."""
        return self.filter(live=True, is_private=False)

    def in_use(self):
        """The rows of the languages of the settings; ``migrate`` deletes those of removed ones."""
        return self.filter(language__in=available_languages())

    def with_assignment(self):
        """Fetch the page and ``assignment``, the :class:`TranslationAssignment` or ``None``.

        Only for languages in use, as each row is compared with the text of its page.
        """
        assignments = "page__translation_assignments"
        same_language = Q(**{f"{assignments}__language": F("language")})
        joined = FilteredRelation(assignments, condition=same_language)
        people = ("assignment__translator", "assignment__submitted_by")
        return self.in_use().alias(assignment=joined).select_related("page", *people)


class Progress(models.TextChoices):
    """Progress of the text of a page in a language, drafts included."""

    MISSING = "missing", _("Missing")
    IN_PROGRESS = "in_progress", _("In progress")
    TO_REVIEW = "to_review", _("To review")
    INCOMPLETE = "incomplete", _("Live, incomplete")
    OUTDATED = "outdated", _("Out of date")
    UP_TO_DATE = "up_to_date", _("Up to date")
    ORIGINAL = "original", _("Original")


class PageLanguage(models.Model):
    """A page in one language: address, publication state and progress.

    Derived from the page; ``rebuild_page_languages`` rebuilds it at any time. Addresses,
    routing, ``hreflang``, search, lists and redirects all read this table.
    """

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="languages",
        verbose_name=_("page"),
    )
    language = models.CharField(_("language"), max_length=12)
    slug = models.CharField(_("slug"), max_length=255)
    url_path = models.CharField(_("address"), max_length=1000)
    live = models.BooleanField(_("live"), default=False)
    is_private = models.BooleanField(
        _("private"),
        default=False,
        help_text=_("A view restriction keeps visitors out, here or above."),
    )
    translated = models.BooleanField(
        _("translated"), default=False, help_text=_("The page or its draft has a headline.")
    )
    has_draft = models.BooleanField(
        _("has a draft"), default=False, help_text=_("A draft is newer than the live text.")
    )
    progress = models.CharField(
        _("translation"), max_length=12, choices=Progress.choices, default=Progress.MISSING
    )
    sorted_headline = models.CharField(
        _("headline in small letters"),
        max_length=255,
        default="",
        help_text=_("That of the newest draft, by which the list of translations is sorted."),
    )
    words_missing = models.PositiveIntegerField(_("words to translate"), default=0)
    words_changed = models.PositiveIntegerField(_("words changed"), default=0)
    incomplete = models.PositiveIntegerField(
        _("places published incomplete"),
        default=0,
        help_text=_("Places of the live text that are still in the source language."),
    )
    first_public_at = models.DateTimeField(_("first published"), null=True, db_index=True)
    printed_date = models.DateTimeField(
        _("date"), null=True, help_text=_("By which lists are ordered, in this language.")
    )
    edited_at = models.DateTimeField(_("last edited"), null=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("last editor"),
    )
    outdated_since = models.DateTimeField(
        _("out of date since"),
        null=True,
        help_text=_("When the live original changed after this live translation of it."),
    )

    objects = PageLanguageQuerySet.as_manager()

    #: The :class:`TranslationAssignment`, if there is one and it was fetched ``with_assignment``.
    assignment = None
    #: Whether the page was made by copying, where that is annotated.
    is_copied = False

    # These rows are not uses of the page.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("page in a language")
        verbose_name_plural = _("pages by language")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language"], name="diptych_page_language_unique"
            ),
            models.UniqueConstraint(
                fields=["language", "url_path"], name="diptych_language_address_unique"
            ),
        ]
        indexes = [
            models.Index(fields=["url_path"], name="diptych_address"),
            models.Index(fields=["language", "live"], name="diptych_language_live"),
            models.Index(fields=["language", "slug"], name="diptych_language_slug"),
            models.Index(fields=["progress", "page"], name="diptych_progress"),
            models.Index(fields=["sorted_headline", "page", "language"], name="diptych_headline"),
            models.Index(
                fields=["language", "-printed_date", "-page"],
                condition=Q(live=True, is_private=False),
                name="diptych_visible_by_date",
            ),
            models.Index(
                fields=["page"],
                condition=Q(live=True, is_private=True),
                name="diptych_private",
            ),
        ]

    def __str__(self):
        return f"{self.url_path} ({self.language})"

    @property
    def state(self):
        """``"live"``, ``"changed"`` (live, with a newer draft), ``"draft"`` or ``"missing"``."""
        if self.live:
            return "changed" if self.has_draft else "live"
        return "draft" if self.translated else "missing"
