"""Signing in with django-allauth, if `SECOND_FACTOR` or `SINGLE_SIGN_ON` is set.

The password is followed by a code or a security key, or replaced by an identity provider.
"""

from importlib.util import find_spec
from pathlib import Path

#: Settings of django-allauth.
SETTINGS = {
    "ACCOUNT_ADAPTER": "operations.accounts.second_factor.adapters.AccountAdapter",
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_LOGIN_METHODS": {"username"},
    # Codes are counted by account alone: a newsroom has one address, and some connections none.
    "ACCOUNT_RATE_LIMITS": {"login_failed": "5/5m/key"},
    "LOGIN_URL": "wagtailadmin_login",
    "MFA_ADAPTER": "operations.accounts.second_factor.adapters.FactorAdapter",
    "MFA_FORMS": {"authenticate": "operations.accounts.second_factor.forms.CodeForm"},
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    # A code is good for the half minute before and after, too, as clocks differ.
    "MFA_TOTP_TOLERANCE": 1,
    "SECOND_FACTOR": True,
}
APPS = ["allauth", "allauth.account", "allauth.mfa"]
#: After the middleware that knows who is signed in.
MIDDLEWARE = [
    "allauth.account.middleware.AccountMiddleware",
    "operations.accounts.second_factor.gate.middleware",
]
PROVIDER_APPS = ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]


def caches(shared):
    """The entries of ``CACHES``, where ``shared`` is the cache on Redis, if there is one."""
    own = "operations.accounts.second_factor.counts"
    default = {**shared, "BACKEND": f"{own}.RedisCache"} if shared else {}
    return {
        "default": default or {"BACKEND": f"{own}.ProcessCache"},
        "second_factor": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "journal_accounts_factorrecord",
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        },
    }


def static_folders():
    """Static files to collect while the factor is off, so that its screens work once it is on."""
    allauth = find_spec("allauth")
    if allauth is None:
        return []
    return [Path(allauth.origin).parent / name / "static" for name in ("account", "mfa")]


def provider_settings(provider):
    """The settings for a provider, given as a dictionary with the keys of `SINGLE_SIGN_ON`."""
    app = {
        "provider_id": "institution",
        "name": provider["name"],
        "client_id": provider["client_id"],
        "secret": provider["secret"],
        "settings": {"server_url": provider["server_url"]},
    }
    return {
        "SINGLE_SIGN_ON": provider["name"],
        "SOCIALACCOUNT_ADAPTER": "operations.accounts.second_factor.single_sign_on.ProviderAdapter",
        "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",
        # The policy of the admin lets no form lead to another host.
        "SOCIALACCOUNT_LOGIN_ON_GET": True,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [app]}},
    }
