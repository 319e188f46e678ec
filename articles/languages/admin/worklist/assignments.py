"""Claim, release, assign and request translations.

Each function is one transaction with one entry in the history of the page. The holder of a
translation changes only if it is still the one that the caller has seen, so that of two
simultaneous changes one succeeds.
"""

from dataclasses import dataclass
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log

from diptych.articles.languages.admin.links import translating_url, worklist_url
from diptych.articles.languages.admin.notifications.sending import notify
from diptych.articles.languages.config.language_config import translated_language_name
from diptych.articles.languages.models import PageLanguage, Progress, TranslationAssignment

#: The log action for a change of these values; the first that changed is logged.
ACTIONS = {
    "translator": "diptych.assign_translation",
    "due_date": "diptych.plan_translation",
    "comment": "diptych.comment_translation",
}


class Taken(Exception):
    """The translation has another ``holder`` by now, ``None`` if it was released."""

    def __init__(self, holder):
        super().__init__(get_user_display_name(holder))
        self.holder = holder


class NotNeeded(Exception):
    """A translation cannot be requested; ``reason`` is a sentence for the user."""

    def __init__(self, reason):
        super().__init__(str(reason))
        self.reason = reason


def assignment_of(page, language):
    """The stored assignment of ``page`` in ``language``, or a new one that is not saved."""
    rows = TranslationAssignment.objects.select_related("translator", "requested_by")
    return rows.filter(page_id=page.pk, language=language).first() or TranslationAssignment(
        page_id=page.pk, language=language
    )


@transaction.atomic
def claim(page, language, user):
    """Assign the translation to ``user``; returns whether that is new.

    Raises :exc:`Taken` when somebody else holds it.
    """
    assignment = _stored(page, language)
    if assignment.holder == user:
        return False
    if assignment.holder is not None:
        raise Taken(assignment.holder)
    _change(assignment, assignment.translator_id, translator=user)
    _note(page, language, user, "diptych.claim_translation")
    return True


@transaction.atomic
def release(page, language, user):
    """Release the translation held by ``user``; returns whether they held it."""
    rows = TranslationAssignment.objects.filter(page_id=page.pk, language=language)
    if not rows.filter(translator=user).update(translator=None):
        return False
    _note(page, language, user, "diptych.release_translation")
    return True


@transaction.atomic
def assign(page, language, user, seen, **values):
    """Set ``translator``, ``due_date`` or ``comment``; return the names of those that changed.

    ``seen`` is the id of the person who held the translation when ``user`` looked at it. Raises
    :exc:`Taken` when somebody else does by now.
    """
    assignment = _stored(page, language)
    known = {name: getattr(assignment, name) for name in values}
    if "translator" in values:
        known["translator"] = assignment.holder
    changed = {name: value for name, value in values.items() if value != known[name]}
    if not changed:
        return []
    action = next(action for name, action in ACTIONS.items() if name in changed)
    if "translator" not in changed:
        seen = assignment.translator_id
    elif changed["translator"] is not None and assignment.requested_at is None:
        changed |= {"requested_by": user, "requested_at": timezone.now()}
    _change(assignment, seen, **changed)
    _note(page, language, user, action, **values)
    return [name for name in values if name in changed]


@transaction.atomic
def ask(page, language, user, translator=None, due_date=None, comment=""):
    """Request the translation of ``page``, from ``translator`` or from anyone.

    Raises :exc:`NotNeeded` when there is nothing to ask for, or somebody has asked already.
    """
    _check_need(page, language)
    assignment = _stored(page, language)
    if assignment.requested_at is not None:
        raise NotNeeded(_("It has been asked for already."))
    if assignment.holder is not None:
        name = {"name": get_user_display_name(assignment.holder)}
        raise NotNeeded(_("%(name)s has claimed it already.") % name)
    wanted = {"due_date": due_date, "comment": comment, "translator": translator}
    asked = {"requested_by": user, "requested_at": timezone.now()}
    _change(assignment, assignment.translator_id, **wanted, **asked)
    _note(page, language, user, "diptych.ask_translation", **wanted)


def _check_need(page, language):
    if language == page.source_language:
        raise NotNeeded(_("It is written in this language."))
    rows = PageLanguage.objects.filter(page_id=page.pk, language=language)
    progress = rows.values_list("progress", flat=True).first()
    if progress == Progress.UP_TO_DATE:
        raise NotNeeded(_("The translation is up to date."))
    if progress == Progress.TO_REVIEW:
        raise NotNeeded(_("The translation waits for a review."))


def _stored(page, language):
    rows = TranslationAssignment.objects.select_related("translator")
    return rows.get_or_create(page_id=page.pk, language=language)[0]


def _change(assignment, seen, **values):
    """Write ``values`` if the person with the id ``seen`` still holds ``assignment``."""
    rows = TranslationAssignment.objects.filter(pk=assignment.pk)
    if not rows.filter(translator_id=seen).update(**values):
        raise Taken(rows.select_related("translator").get().holder)


def _note(page, language, user, action, translator=None, due_date=None, comment=""):
    data = {
        "language": language,
        "person": get_user_display_name(translator) if translator else "",
        "due_date": due_date.isoformat() if due_date else "",
        "comment": comment,
    }
    # With an identity of its own: of the entries of one request, a history shows the last only,
    # even where they are about several pages.
    log(instance=page, action=action, user=user, uuid=uuid4(), data=data)


@dataclass(frozen=True)
class Order:
    """A translation that was given to somebody."""

    page: object
    language: str
    words: int


def notify_translator(request, translator, orders, due_date=None, comment=""):
    """Notify ``translator`` of ``orders``, unless they assigned them to themselves."""

    def context_of(root):
        described = [_described(order, root) for order in orders]
        all_of_them = f"{root}{worklist_url()}?claimed=me"
        return {
            "orders": described,
            "due_date": due_date,
            "comment": comment,
            "worklist_url": all_of_them,
            "url": described[0]["url"] if len(described) == 1 else all_of_them,
        }

    if orders:
        template = "diptych_languages/admin/worklist/mail"
        failure = _("The assignment is stored, but %(name)s could not be notified by e-mail.")
        notify(translator, template, context_of, request, failure)


def _described(order, root):
    words = ngettext("%(count)s word", "%(count)s words", order.words) % {"count": order.words}
    return {
        "title": order.page.get_admin_display_title(),
        "language": translated_language_name(order.language),
        "words": words if order.words else "",
        "url": f"{root}{translating_url(order.page.pk, order.language)}",
    }
