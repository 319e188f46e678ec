"""Browsers from which an account has signed in before, known by a signed cookie.

Deliberate failures from many addresses lock an account for everybody. Its owners can still sign in
from a known browser, for which the limit of an account is higher.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.urls import reverse

COOKIE = "known_browser"
SALT = "operations.accounts.known_browsers"
MAX_AGE = 90 * 24 * 60 * 60


def middleware(get_response):
    """Set the cookie in the response to a request that has signed in a user."""

    def set_cookie(request):
        response = get_response(request)
        if user := getattr(request, "signed_in_user", None):
            response.set_cookie(
                COOKIE,
                signing.dumps([user.get_username(), user.get_session_auth_hash()], salt=SALT),
                max_age=MAX_AGE,
                path=reverse("wagtailadmin_home"),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    return set_cookie


def is_known(request, username):
    """Whether the account signed in from this browser, and has kept its password since."""
    try:
        known, password = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    if known != username:
        return False
    model = get_user_model()
    user = model.objects.filter(**{model.USERNAME_FIELD: username}).first()
    return user is not None and user.get_session_auth_hash() == password


def connect():
    """Note who signs in, for the middleware."""
    user_logged_in.connect(_note, dispatch_uid="operations.accounts.known_browsers")


def _note(sender, request, user, **kwargs):
    if request is not None:
        request.signed_in_user = user
