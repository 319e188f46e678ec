"""Adapters of django-allauth."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from operations.accounts.addresses import client_address


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are created in Wagtail's admin; signing up is closed."""

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        """The address that the limits of signing in count; of a connection without one, a word."""
        return client_address(request) or "unknown"

    def is_reauthentication_required(self, *, app):
        """As in allauth, except for users with neither a password nor a factor."""
        if not self.get_reauthentication_methods(self.request.user):
            return False
        return super().is_reauthentication_required(app=app)

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """As allauth's, except of signing in and out, which Wagtail tells of itself."""
        if message_template not in {
            "account/messages/logged_in.txt",
            "account/messages/logged_out.txt",
        }:
            super().add_message(request, level, message_template, *args, **kwargs)


class FactorAdapter(DefaultMFAAdapter):
    """Secrets are stored encrypted with the secret key of the site, or one of its predecessors."""

    def get_totp_issuer(self):
        return settings.WAGTAIL_SITE_NAME

    def encrypt(self, text):
        return _ciphers().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _ciphers().decrypt(encrypted_text.encode()).decode()


def _ciphers():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (sha256(f"{__name__}:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
