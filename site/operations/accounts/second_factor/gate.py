"""Requests of sessions that lack a required second factor are treated as anonymous."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
#: In the session: the user who has set up a factor in it, and need not give it again.
SET_UP_BY = "second_factor_set_up_by"
#: The value for all users with access to the admin, in place of a group.
EVERYBODY = "*"


def middleware(get_response):
    """Treat requests of a session without its required factor as anonymous.

    Users who have to set up a factor first are redirected to its screens and reach no others.
    """

    def gate(request):
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return get_response(request)
        if not _owes(request):
            return _set_up(request, get_response)
        if not has_factor(request.user):
            if _is_setting_up(request.path):
                return _set_up(request, get_response)
            if _can_be_led(request):
                messages.warning(request, _("Set up a second factor to go on."))
                return redirect("mfa_index")
        request.user = AnonymousUser()
        return get_response(request)

    return gate


def _set_up(request, get_response):
    """The response; a session in which a factor is set up need not give it."""
    sets_up = request.method == "POST" and request.path.startswith(reverse("mfa_index"))
    had_one = sets_up and has_factor(request.user)
    response = get_response(request)
    if sets_up and not had_one and has_factor(request.user):
        request.session[SET_UP_BY] = str(request.user.pk)
    return response


def has_factor(user):
    """Whether the user has set up codes or a security key."""
    return get_adapter().is_mfa_enabled(user, FACTORS)


def must_have_factor(user):
    """Whether the groups of the user, or being an administrator, ask for a second factor."""
    groups = settings.SECOND_FACTOR_GROUPS
    if not groups:
        return False
    if user.is_superuser or EVERYBODY in groups:
        return user.has_perm("wagtailadmin.access_admin")
    return user.groups.filter(name__in=groups).exists()


def _owes(request):
    user = request.user
    if not user.is_authenticated or request.session.get(SET_UP_BY) == str(user.pk):
        return False
    records = get_authentication_records(request, user)
    if any(record["method"] == "mfa" for record in records):
        return False
    return has_factor(user) or must_have_factor(user)


def _is_setting_up(path):
    names = ("mfa_index", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog")
    leaving = reverse("wagtailadmin_logout")
    return path == leaving or path.startswith(tuple(reverse(name) for name in names))


def _can_be_led(request):
    """Whether a request is for a page of the admin that a person looks at."""
    return (
        request.method == "GET"
        and request.path.startswith(reverse("wagtailadmin_home"))
        and request.headers.get("x-requested-with") != "XMLHttpRequest"
        and "text/html" in request.headers.get("accept", "text/html")
    )


def remove_factors(user):
    """Delete all factors of an account, for instance after the loss of a telephone."""
    return Authenticator.objects.filter(user=user).delete()[0]
