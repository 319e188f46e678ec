"""Signing in through the provider of an institution, by OpenID Connect, where it is set."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib.auth import get_user_model
from django.shortcuts import redirect


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Signs in people who have an account here; creates no accounts."""

    def is_open_for_signup(self, request, sociallogin):
        return False

    def pre_social_login(self, request, sociallogin):
        """Connect a login at the provider with the account that has its e-mail address.

        The provider must have verified the address, and exactly one active account must have it.
        Only signing in is allowed, no connecting: a forged link cannot connect the current account
        with another person's login at the provider.
        """
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))
        if sociallogin.is_existing:
            return
        verified = [each.email for each in sociallogin.email_addresses if each.verified]
        people = get_user_model()._default_manager.filter(is_active=True)
        found = {user for email in verified for user in people.filter(email__iexact=email)[:2]}
        if len(found) == 1:
            sociallogin.connect(request, found.pop())


def disconnect(user):
    """Forget who an account is at the provider; the next sign-in asks for the address again."""
    return SocialAccount.objects.filter(user=user).delete()[0]
