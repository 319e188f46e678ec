"""Close the account of a user who leaves: work is handed over, the history stays."""

from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.models import EditingSession
from wagtail.log_actions import log
from wagtail.models import APIToken, LockableMixin, WorkflowState
from wagtail.models.pages import PageSubscription
from wagtail.users.models import UserProfile

from diptych.articles.languages.config.background import after_commit
from diptych.articles.languages.permissions.reassignment import OpenWork, open_work
from operations.accounts.sessions import end_sessions
from operations.accounts.throttling import unlock

CLOSED = "journal.close_account"


class NotClosable(Exception):
    """Raised if an account cannot be closed; the message is shown to the user."""


@dataclass
class Closing:
    """The result of closing: the work handed over and the objects that were deleted."""

    reassigned: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)


def work_left_by(user):
    """All :class:`OpenWork` of a user: that of the languages, locks and workflows."""
    return [*open_work(user), *_locks(user), *_workflows(user)]


def _locks(user):
    for model in apps.get_models():
        # Each lock once: in the table that has the columns.
        if issubclass(model, LockableMixin) and _is_field_of(model, "locked_by"):
            for row in model._default_manager.filter(locked=True, locked_by=user):
                title = getattr(row, "get_admin_display_title", row.__str__)()
                yield OpenWork(row, "locked_by", _("“%(page)s”: lock") % {"page": title})


def _is_field_of(model, name):
    return not model._meta.proxy and any(each.name == name for each in model._meta.local_fields)


def _workflows(user):
    active = WorkflowState.objects.active().filter(requested_by=user)
    for state in active.prefetch_related("content_object"):
        row = state.content_object
        title = getattr(row, "get_admin_display_title", row.__str__)()
        text = _("“%(page)s”: submitted to a workflow") % {"page": title}
        yield OpenWork(state, "requested_by", text)


def successors(user):
    """The people who can go on with the work of ``user``: active, with access to the admin."""
    others = get_user_model()._default_manager.filter(is_active=True).exclude(pk=user.pk)
    may = [each.pk for each in others if each.has_perm("wagtailadmin.access_admin")]
    return others.filter(pk__in=may)


@transaction.atomic
def close_account(user, successor=None, closed_by=None):
    """Hand over the open work of ``user`` and close the account; returns a :class:`Closing`.

    Everything happens in one transaction, or nothing. Texts, history, comments and groups stay.
    """
    user = get_user_model()._default_manager.select_for_update().get(pk=user.pk)
    work = work_left_by(user)
    _check(user, successor, closed_by, work)
    for each in work:
        each.reassign(successor)
    closing = Closing(reassigned=[str(each) for each in work])
    closing.ended = _end_access(user)
    unlock(user.get_username())
    log(
        user,
        CLOSED,
        user=closed_by,
        data={"successor": successor and successor.get_username(), "work": closing.reassigned},
    )
    return closing


def _check(user, successor, closed_by, work):
    if user == closed_by:
        raise NotClosable(_("Nobody can close their own account."))
    if user == successor or (successor is not None and not successor.is_active):
        raise NotClosable(_("Somebody else, with an active account, has to go on with the work."))
    if work and successor is None:
        raise NotClosable(_("There is open work: say who goes on with it."))
    administrators = get_user_model()._default_manager.filter(is_superuser=True, is_active=True)
    if user.is_superuser and not administrators.exclude(pk=user.pk).exists():
        raise NotClosable(_("This is the last administrator."))


def _end_access(user):
    """Deactivate the account; delete its credentials and its private objects."""
    sessions = end_sessions(user)
    tokens = APIToken.objects.filter(user=user, revoked_at=None).update(revoked_at=now())
    EditingSession.objects.filter(user=user).delete()
    PageSubscription.objects.filter(user=user).delete()
    if settings.SECOND_FACTOR:
        from operations.accounts.second_factor.gate import remove_factors

        remove_factors(user)
    if settings.SINGLE_SIGN_ON:
        from operations.accounts.second_factor.single_sign_on import disconnect

        disconnect(user)
    profile = UserProfile.objects.filter(user=user).first()
    if profile is not None:
        if profile.avatar:
            after_commit(profile.avatar.delete, save=False)
        UserProfile.objects.filter(pk=profile.pk).delete()
    user.is_active = False
    # Ends sessions in any storage, and links to a new password.
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    return [
        _("The account is not active any more and has no password."),
        ngettext("%(count)s session ended.", "%(count)s sessions ended.", sessions)
        % {"count": sessions},
        ngettext("%(count)s API token revoked.", "%(count)s API tokens revoked.", tokens)
        % {"count": tokens},
        _("Personal settings and subscriptions deleted."),
    ]
