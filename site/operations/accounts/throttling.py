"""Limits of failed attempts to sign in, counted by django-axes in the database."""

import logging

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.forms.auth import LoginForm

from operations.accounts.known_browsers import is_known

logger = logging.getLogger(__name__)

#: Failures of an account from one address.
MOST_OF_ACCOUNT_AT_ADDRESS = 5
#: Failures of an account from all addresses, and in a browser it has signed in from before.
MOST_OF_ACCOUNT = 25
MOST_OF_ACCOUNT_IN_KNOWN_BROWSER = 250
#: Failures of all accounts from one address, behind which there may be a whole school.
MOST_AT_ADDRESS = 50


class SignInHandler(AxesDatabaseHandler):
    """Three limits instead of one; ``AXES_FAILURE_LIMIT`` is 1, the whole of any of them."""

    def get_failures(self, request, credentials=None):
        """The largest share of a limit that failed attempts have used up.

        Notes in the request whether that limit is one of the address alone.
        """
        account, address = self._shares(request, credentials)
        request.is_locked_by_address = address >= 1 and account < 1
        return max(account, address)

    def _shares(self, request, credentials):
        """The used shares of the limits of the account and of the limit of the address."""
        username = (credentials or {}).get(settings.AXES_USERNAME_FORM_FIELD)
        both, account, address = (
            attempts.aggregate(failed=Sum("failures_since_start"))["failed"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        most = MOST_OF_ACCOUNT
        if account >= most and is_known(request, username):
            most = MOST_OF_ACCOUNT_IN_KNOWN_BROWSER
        if request.axes_ip_address is None:
            # The failures of everybody.
            both = address = 0
        return max(both / MOST_OF_ACCOUNT_AT_ADDRESS, account / most), address / MOST_AT_ADDRESS

    def reset_user_attempts(self, request, credentials=None):
        """Forget the failures of an account that has signed in, from its address only.

        Those from other addresses may be an attack that goes on.
        """
        username = (credentials or {}).get(settings.AXES_USERNAME_FORM_FIELD)
        attempts = AccessAttempt.objects.filter(
            username=username, ip_address=request.axes_ip_address
        )
        return attempts.delete()[0]


def unlock(username):
    """Let an account try to sign in again at once; returns how many records were deleted."""
    return AxesProxyHandler.reset_attempts(username=username)


def is_locked(username):
    """Whether failures have locked the account anywhere: at an address, or everywhere."""
    recent = AccessAttempt.objects.filter(
        username=username, attempt_time__gte=now() - settings.AXES_COOLOFF_TIME
    ).order_by()
    by_address = recent.values("ip_address").annotate(failed=Sum("failures_since_start"))
    counts = [row["failed"] for row in by_address]
    return sum(counts) >= MOST_OF_ACCOUNT or max(counts, default=0) >= MOST_OF_ACCOUNT_AT_ADDRESS


class UnlockingLengthValidator(password_validation.MinimumLengthValidator):
    """Django's check of the length; a new password, as by a reset, unlocks the account."""

    def password_changed(self, password, user=None):
        if user is not None:
            unlock(user.get_username())


class SignInForm(LoginForm):
    """Wagtail's form, with an explanation after too many failures."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Wagtail's own label is not translated.
        self.fields["password"].label = _("Password")

    def get_invalid_login_error(self):
        if getattr(self.request, "axes_locked_out", False):
            return ValidationError(locked_out_message(self.request), code="locked_out")
        return super().get_invalid_login_error()


def locked_out_message(request):
    """The explanation of a lock and its remedies; independent of whether the account exists."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    count = {"count": minutes}
    if getattr(request, "is_locked_by_address", False):
        return (
            ngettext(
                "Too many failed attempts to sign in from your network. "
                "Try again in %(count)s minute.",
                "Too many failed attempts to sign in from your network. "
                "Try again in %(count)s minutes.",
                minutes,
            )
            % count
        )
    wait = ngettext(
        "Too many failed attempts to sign in. Try again in %(count)s minute.",
        "Too many failed attempts to sign in. Try again in %(count)s minutes.",
        minutes,
    )
    way_out = _(
        "Sooner: choose a new password by “Forgotten password?”, or ask an administrator to "
        "unlock your account."
    )
    return f"{wait % count} {way_out}"


def locked_out_response(request, response, credentials=None):
    """The response of the sign-in screen with the status and header of too many requests."""
    response.status_code = 429
    response["Retry-After"] = int(settings.AXES_COOLOFF_TIME.total_seconds())
    return response


def client_description(username, ip_address, user_agent, path_info, request):
    """The description of an attempt for the log, without line breaks from the input."""
    return f"{username!r} from {ip_address} at {path_info!r}"


def connect():
    """Log attempts that are refused unseen."""
    user_locked_out.connect(_log_refused, dispatch_uid="operations.accounts.throttling")


def _log_refused(sender, request, username, ip_address, **kwargs):
    logger.warning("Signing in is refused for a while: %r from %s.", username, ip_address)
