"""Reviews of one language: submit, approve, send back, take back.

A Wagtail workflow locks the whole page, and a page has one at a time. A review concerns one
language: each language can have its own at the same time, and the others stay editable.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail.log_actions import log

from diptych.articles.languages.config.content import fingerprint as of_content
from diptych.articles.languages.config.fields import stored_value, written_columns
from diptych.articles.languages.models import Review, TranslationAssignment
from diptych.articles.languages.permissions.policy import can
from diptych.articles.languages.publication.readiness.grading import Grade, NotPublishable, grade
from diptych.articles.languages.translations.progress import record_progress
from diptych.articles.languages.translations.units import units_in


class Changed(Exception):
    """The text is not the one the reviewer has read."""


class NotHandedIn(Exception):
    """No review is open: it was taken back or decided meanwhile."""


def can_submit(user, page, language):
    """Whether ``user`` may hand in ``language`` for review."""
    permissions = page.permissions_for_user(user)
    return permissions.can_edit() and can(user, "edit", language) and can(user, "submit", language)


def can_review(user, page, language):
    """Whether ``user`` may approve ``language`` or send it back."""
    return page.permissions_for_user(user).can_publish_in(language)


def can_read(user, page, language):
    """Whether ``user`` may submit to a review or decide on it."""
    return can_review(user, page, language) or can_submit(user, page, language)


def text_fingerprint(draft, language):
    """A hash of all texts of ``draft`` in ``language``.

    Streams are evaluated first: a block that was stored before its type had some field is
    serialised without that field until then, and with it afterwards.
    """
    columns = written_columns(type(draft), language)
    for name in columns:
        if isinstance(stream := getattr(draft, name), StreamValue):
            list(stream)
    written = [stored_value(draft, name) for name in columns]
    units = units_in(draft, language).values()
    rows = [[unit.key, unit.fingerprint] for unit in units if unit.row is not None]
    return of_content([written, rows], clean=str)


@transaction.atomic
def submit(page, language, user, comment=""):
    """Submit the text of the newest draft of ``page`` in ``language`` for review.

    Raises :exc:`NotPublishable` when a part is missing without which it cannot be published; the
    reviewer judges texts that are not translated yet.
    """
    if not can_submit(user, page, language):
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    grading = grade(draft, language)
    if grading.grade == Grade.REFUSED:
        raise NotPublishable([grading])
    rows = TranslationAssignment.objects.select_for_update()
    assignment, _created = rows.get_or_create(page_id=page.pk, language=language)
    assignment.review = Review.SUBMITTED
    assignment.submitted_by, assignment.submitted_at = user, timezone.now()
    assignment.reviewed_by = assignment.reviewed_at = None
    assignment.review_comment = comment
    if assignment.holder is None:
        assignment.translator = user
    assignment.save()
    _note(draft, language, user, "diptych.submit_language", comment)
    return assignment


@transaction.atomic
def approve(page, language, user, fingerprint, comment="", confirmed=()):
    """Publish the submitted text in ``language`` only.

    ``fingerprint`` is that of the text the reviewer has read. Raises :exc:`Changed` when the text
    has another one by now, :exc:`NotPublishable` when something is missing that is not among the
    ``confirmed``.
    """
    page.lock_row()
    assignment = _waiting(page, language, user)
    draft = page.stored_draft()
    if text_fingerprint(draft, language) != fingerprint:
        raise Changed
    assignment.review = Review.NONE
    assignment.reviewed_by, assignment.reviewed_at = user, timezone.now()
    assignment.review_comment = comment
    assignment.save()
    page.publish_languages([language], user=user, draft=draft, confirmed=confirmed)
    _note(page.get_latest_revision_as_object(), language, user, "diptych.approve_language", comment)
    return assignment


def has_approved(page, language, user, fingerprint):
    """Whether ``user`` has approved this very text, and readers see it: a button pressed twice."""
    rows = TranslationAssignment.objects.filter(page_id=page.pk, language=language)
    if not rows.filter(review=Review.NONE, reviewed_by=user).exists():
        return False
    return page.is_live_in(language) and text_fingerprint(page, language) == fingerprint


@transaction.atomic
def send_back(page, language, user, comment):
    """Return the submitted text to the translator, with a ``comment`` on the reason."""
    assignment = _waiting(page, language, user)
    assignment.review = Review.SENT_BACK
    assignment.reviewed_by, assignment.reviewed_at = user, timezone.now()
    assignment.review_comment = comment
    assignment.save()
    draft = page.get_latest_revision_as_object()
    _note(draft, language, user, "diptych.send_back_language", comment)
    return assignment


@transaction.atomic
def take_back(page, language, user):
    """Withdraw the text that ``user`` has submitted for review."""
    rows = TranslationAssignment.objects.filter(
        page_id=page.pk, language=language, review=Review.SUBMITTED, submitted_by=user
    )
    if not rows.update(review=Review.NONE):
        raise NotHandedIn
    _note(page.get_latest_revision_as_object(), language, user, "diptych.take_back_language", "")


def _waiting(page, language, user):
    """The assignment under review, locked; checks that ``user`` may decide on it."""
    if not can_review(user, page, language):
        raise PermissionDenied
    rows = TranslationAssignment.objects.select_for_update()
    assignment = rows.filter(page_id=page.pk, language=language).first()
    if assignment is None or assignment.review != Review.SUBMITTED:
        raise NotHandedIn
    return assignment


def _note(draft, language, user, action, comment):
    record_progress(draft)
    data = {"language": language, "comment": comment}
    log(instance=draft, action=action, user=user, data=data)
