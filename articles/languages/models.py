"""What is stored for each language of a page: its row, dates, who works on it, its revisions."""

from datetime import timedelta
from secrets import token_urlsafe

import swapper
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, FilteredRelation, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, PageViewRestriction, Revision

from articles.languages.available import available_languages
from articles.languages.bin.models import DeletedPage  # noqa: F401 - Django looks for it here
from articles.languages.fields import revised_value, written_columns

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
        return self.filter(live=True, page__live=True).not_private()

    def not_private(self):
        return self.exclude(_is_restricted())

    def with_privacy(self):
        """Annotate ``is_private``: whether the page or an ancestor has a view restriction."""
        return self.annotate(is_private=_is_restricted())

    def with_assignment(self):
        """Fetch the page and ``assignment``, the :class:`TranslationAssignment` or ``None``."""
        assignments = "page__translation_assignments"
        same_language = Q(**{f"{assignments}__language": F("language")})
        joined = FilteredRelation(assignments, condition=same_language)
        people = ("assignment__translator", "assignment__submitted_by")
        return self.alias(assignment=joined).select_related("page", *people)


def _is_restricted():
    """Whether the page of a row or an ancestor has a view restriction.

    An alias is as private as its original. Nested ``EXISTS`` let the database scan the few
    restrictions first and find pages by index; with a join it would scan all pages for every row.
    """
    restricted = _stands_above(pk=OuterRef("page_id")) | _stands_above(alias_of=OuterRef("page_id"))
    return Exists(PageViewRestriction.objects.filter(restricted))


def _stands_above(**condition):
    path = ExpressionWrapper(OuterRef(OuterRef("page__path")), output_field=models.CharField())
    pages = swapper.load_model("wagtailcore", "Page").objects.order_by().filter(**condition)
    return Exists(pages.annotate(own_path=path).filter(own_path__startswith=F("path")))


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
    translated = models.BooleanField(
        _("translated"), default=False, help_text=_("The page or its draft has a headline.")
    )
    has_draft = models.BooleanField(
        _("has a draft"), default=False, help_text=_("A draft is newer than the live text.")
    )
    progress = models.CharField(
        _("translation"), max_length=12, choices=Progress.choices, default=Progress.MISSING
    )
    words_missing = models.PositiveIntegerField(_("words to translate"), default=0)
    words_changed = models.PositiveIntegerField(_("words changed"), default=0)
    incomplete = models.PositiveIntegerField(
        _("places published incomplete"),
        default=0,
        help_text=_("Places of the live text that are still in the source language."),
    )
    first_public_at = models.DateTimeField(_("first published"), null=True, db_index=True)
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
        ]

    def __str__(self):
        return f"{self.url_path} ({self.language})"

    @property
    def state(self):
        """``"live"``, ``"changed"`` (live, with a newer draft), ``"draft"`` or ``"missing"``."""
        if self.live:
            return "changed" if self.has_draft else "live"
        return "draft" if self.translated else "missing"


class Review(models.TextChoices):
    """The state of a review."""

    NONE = "", _("Not handed in")
    SUBMITTED = "submitted", _("Waiting for review")
    SENT_BACK = "sent_back", _("Sent back")


def _person(verbose_name):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose_name,
    )


class TranslationAssignment(models.Model):
    """The work on a page in one language: requested, claimed, submitted, reviewed.

    Unlike the page × language table, this is not derived data.
    """

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="translation_assignments",
        verbose_name=_("page"),
    )
    language = models.CharField(_("language"), max_length=12)
    translator = _person(_("claimed by"))
    requested_by = _person(_("asked for by"))
    requested_at = models.DateTimeField(_("asked for"), null=True, blank=True)
    due_date = models.DateField(_("due date"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    review = models.CharField(
        _("review"), max_length=12, choices=Review.choices, blank=True, default=Review.NONE
    )
    submitted_by = _person(_("handed in by"))
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    reviewed_by = _person(_("reviewed by"))
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    #: The comment of the submitter to the reviewer, during a review.
    review_comment = models.TextField(_("comment of the reviewer"), blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("translation assignment")
        verbose_name_plural = _("translation assignments")
        constraints = [
            models.UniqueConstraint(fields=["page", "language"], name="diptych_assignment_unique")
        ]

    def __str__(self):
        return f"{self.page_id} ({self.language})"

    @property
    def holder(self):
        """The person who works on it, or ``None``."""
        person = self.translator
        return person if person is not None and person.is_active else None


def handed_in(page, language):
    """The assignment of a text under review or sent back, or ``None``.

    Fetched with the submitter and the reviewer.
    """
    rows = TranslationAssignment.objects.select_related("submitted_by", "reviewed_by")
    rows = rows.filter(page_id=page.pk, language=language)
    return rows.exclude(review=Review.NONE).first()


def end_reviews(page, languages):
    """End the open reviews of ``languages``, which have just gone live without an approval.

    Whoever sent a text back has not approved it, and is not kept as its reviewer.
    """
    rows = TranslationAssignment.objects.filter(page_id=page.pk, language__in=languages)
    rows = rows.exclude(review=Review.NONE)
    rows.update(review=Review.NONE, reviewed_by=None, reviewed_at=None)


def finish(page):
    """Complete the assignments of languages that are live and up to date.

    Claims and due dates are cleared, so that later changes are requested and claimed anew. The
    history of the page keeps them.
    """
    done = PageLanguage.objects.filter(page_id=page.pk, live=True, progress=Progress.UP_TO_DATE)
    TranslationAssignment.objects.filter(
        page_id=page.pk, language__in=done.values("language"), review=Review.NONE
    ).update(translator=None, requested_by=None, requested_at=None, due_date=None, comment="")


#: Log actions of publications.
PUBLICATIONS = ("wagtail.publish", "wagtail.publish.scheduled")


class RevisionLanguage(models.Model):
    """A language changed by a revision of a page."""

    revision = models.ForeignKey(
        Revision, on_delete=models.CASCADE, related_name="diptych_languages"
    )
    language = models.CharField(_("language"), max_length=12)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("language of a revision")
        verbose_name_plural = _("languages of revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "language"], name="diptych_revision_language_unique"
            )
        ]

    def __str__(self):
        return f"{self.revision_id} ({self.language})"


def record_languages(model, revision, before, unwritten=()):
    """Record which languages ``revision`` changed since the content ``before``; return them.

    ``unwritten`` languages were changed by the engine and not by an editor.
    """
    changed = changed_languages(model, before, revision.content)
    languages = [language for language in changed if language not in unwritten]
    RevisionLanguage.objects.bulk_create(
        [RevisionLanguage(revision=revision, language=language) for language in languages],
        ignore_conflicts=True,
    )
    return languages


def record_publication(entry):
    """Add the newly published languages to the data of a log entry.

    They are known once the revision is published. The entry of a save that belongs to the
    publication gets the same languages.
    """
    revision = entry.revision if entry.action in PUBLICATIONS else None
    languages = getattr(revision, "newly_public", None)
    if languages is None:
        return
    values = {language: "first" if first else "again" for language, first in languages.items()}
    entry.data = {**(entry.data or {}), "languages": values}
    saved = PageLogEntry.objects.filter(
        page_id=entry.page_id, revision=revision, action="wagtail.edit"
    )
    unchanged = saved.filter(revision__diptych_languages__isnull=True)
    unchanged.update(data={"languages": dict.fromkeys(values, "again")})


def changed_languages(model, before, after):
    """The languages whose text differs between two contents of revisions of ``model``.

    ``before`` may be ``None`` or empty: then every language that is written has changed.
    """
    return [
        language
        for language in available_languages()
        if _texts(model, before or {}, language) != _texts(model, after, language)
    ]


def _texts(model, content, language):
    """The texts of ``content`` in ``language`` for comparison, without empty values."""
    texts = {name: revised_value(model, content, name) for name in written_columns(model, language)}
    for relation in get_all_child_relations(model):
        columns = written_columns(relation.related_model, language)
        if not columns:
            continue
        for row in content.get(relation.get_accessor_name(), ()):
            known = {name: revised_value(relation.related_model, row, name) for name in columns}
            texts |= {f"{row.get('pk')}.{name}": value for name, value in known.items()}
    return {name: value for name, value in texts.items() if value}


class LanguageSchedule(models.Model):
    """A scheduled action on a page in one language.

    ``content`` is a snapshot of the draft when it was scheduled, see ``schedules.snapshots``: later
    edits are not published with it, and purging revisions does not delete it.

    Deleted once carried out; one that was refused stays and is overdue.
    """

    class Act(models.TextChoices):
        PUBLISH = "publish", _("Publish")
        UNPUBLISH = "unpublish", _("Unpublish")

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="language_schedules",
        verbose_name=_("page"),
    )
    language = models.CharField(_("language"), max_length=12)
    act = models.CharField(_("action"), max_length=12, choices=Act.choices)
    due_at = models.DateTimeField(_("date"), db_index=True)
    content = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("scheduled by"),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("schedule of a language")
        verbose_name_plural = _("schedules of languages")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language", "act"], name="diptych_schedule_unique"
            )
        ]

    def __str__(self):
        return f"{self.page_id} ({self.language}): {self.act} {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def is_overdue(self):
        """Whether its date has passed: it was refused, or has not been processed yet."""
        return self.due_at <= timezone.now()


def schedules_of(page):
    """The schedules of a page by language and act, read once for each instance.

    Snapshots are deferred.
    """
    if "_language_schedules" not in page.__dict__:
        rows = page.language_schedules.order_by("due_at").defer("content") if page.pk else ()
        page._language_schedules = list(rows)
    return {(each.language, each.act): each for each in page._language_schedules}


def schedule_lookup():
    """The ``Prefetch`` that :func:`schedules_of` reads."""
    rows = LanguageSchedule.objects.order_by("due_at").defer("content")
    return models.Prefetch("language_schedules", queryset=rows, to_attr="_language_schedules")


def call_off(page, languages, acts=LanguageSchedule.Act.values, user=None):
    """Cancel the schedules of ``languages``.

    Called when a newer text is published manually, and when a language is unpublished.
    """
    if not languages:
        return
    rows = LanguageSchedule.objects.filter(
        page_id=page.pk, language__in=languages, act__in=acts
    ).defer("content")
    for schedule in rows:
        log_schedule(schedule, "diptych.call_off_schedule", user, page=page)
        schedule.delete()


def log_schedule(schedule, action, user=None, page=None, **data):
    """Log an event of a schedule."""
    data = {
        "language": schedule.language,
        "act": str(schedule.act),
        "due_at": schedule.due_at.isoformat(),
        **data,
    }
    log(instance=page or schedule.page, action=action, user=user, data=data)


def _draft_link_signer():
    """Signs the keys of links to drafts; a dot is neither in a key nor in a slug."""
    return Signer(salt="diptych.draft_link", sep=".")


class DraftLinkQuerySet(models.QuerySet):
    def with_token(self, token):
        """The links with this token: one, or none. Signatures are compared in constant time."""
        try:
            return self.filter(key=_draft_link_signer().unsign(token))
        except BadSignature:
            return self.none()

    def unexpired(self):
        return self.filter(expires_at__gt=timezone.now())

    def expired(self):
        return self.filter(expires_at__lte=timezone.now())


class DraftLink(models.Model):
    """A link with which anybody can read the newest draft of a page in one language for some days.

    Its token is the ``key`` signed with the secret key of the site: editors can be shown it again,
    and the database alone opens no draft. A link is revoked by deleting its row.
    """

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="draft_links",
        verbose_name=_("page"),
    )
    language = models.CharField(_("language"), max_length=12)
    key = models.CharField(max_length=64, unique=True, default=token_urlsafe, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("made by"),
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"), db_index=True)

    objects = DraftLinkQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("link to a draft")
        verbose_name_plural = _("links to drafts")

    def __str__(self):
        return f"{self.page_id} ({self.language}): {self.expires_at:%Y-%m-%d %H:%M}"

    @property
    def token(self):
        return _draft_link_signer().sign(self.key)


class NotificationQuerySet(models.QuerySet):
    def unread_of(self, user):
        return self.filter(recipient=user, read_at=None)

    def outdated(self):
        """Those older than ``Notification.KEPT``, read or not."""
        return self.filter(created_at__lt=timezone.now() - Notification.KEPT)


class Notification(models.Model):
    """What somebody was told of in the admin, beside an e-mail that says the same.

    ``subject`` is that of the e-mail, in the language of the recipient, and ``text`` a comment.
    ``url`` is the path of the view it is about.
    """

    #: So long a notification is kept.
    KEPT = timedelta(days=90)

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("recipient"),
    )
    sender = _person(_("sender"))
    subject = models.TextField(_("subject"))
    text = models.TextField(_("text"), blank=True)
    url = models.CharField(_("address"), max_length=1000)
    created_at = models.DateTimeField(_("date"), default=timezone.now, db_index=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [models.Index(fields=["recipient", "read_at"], name="diptych_unread")]

    def __str__(self):
        return self.subject
