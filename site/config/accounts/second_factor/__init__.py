"""Signing in by django-allauth, where `SECOND_FACTOR` or `SINGLE_SIGN_ON` is set.

A code or a security key follows the password; or a provider of the institution stands in for it.
"""

#: Settings of django-allauth.
SETTINGS = {
    "ACCOUNT_ADAPTER": "config.accounts.second_factor.adapters.AccountAdapter",
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_LOGIN_METHODS": {"username"},
    # Codes are counted by account alone: a newsroom has one address, and some connections none.
    "ACCOUNT_RATE_LIMITS": {"login_failed": "5/5m/key"},
    "LOGIN_URL": "wagtailadmin_login",
    "MFA_ADAPTER": "config.accounts.second_factor.adapters.FactorAdapter",
    "MFA_FORMS": {"authenticate": "config.accounts.second_factor.forms.CodeForm"},
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    # A code is good for the half minute before and after, too, as clocks differ.
    "MFA_TOTP_TOLERANCE": 1,
    "SECOND_FACTOR": True,
}
APPS = ["allauth", "allauth.account", "allauth.mfa"]
#: After the middleware that knows who is signed in.
MIDDLEWARE = [
    "allauth.account.middleware.AccountMiddleware",
    "config.accounts.second_factor.gate.middleware",
]
PROVIDER_APPS = ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]


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
        "SOCIALACCOUNT_ADAPTER": "config.accounts.second_factor.single_sign_on.ProviderAdapter",
        "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",
        # The policy of the admin lets no form lead to another host.
        "SOCIALACCOUNT_LOGIN_ON_GET": True,
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [app]}},
    }
