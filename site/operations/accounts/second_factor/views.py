"""Signing in through Wagtail's screen, with allauth's steps between password and session."""

from allauth.account.utils import perform_login
from allauth.account.views import account_inactive, logout, reauthenticate
from allauth.mfa.base.views import authenticate
from django.conf import settings
from django.urls import include, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from wagtail.admin.views.account import LoginView

if settings.SINGLE_SIGN_ON:
    from allauth.socialaccount.views import login_cancelled, login_error

ROOT = "second-factor/"


@method_decorator(never_cache, name="dispatch")
class SignInView(LoginView):
    """Wagtail's view; the session begins after the second factor, if there is one."""

    def form_valid(self, form):
        remember = form.cleaned_data.get("remember")
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)
        return perform_login(self.request, form.get_user(), redirect_url=self.get_success_url())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if settings.SINGLE_SIGN_ON:
            address = reverse("openid_connect_login", args=["institution"])
            following = urlencode({"next": self.get_success_url()})
            context["provider"] = settings.SINGLE_SIGN_ON
            context["provider_url"] = f"{address}?{following}"
        return context


#: Before those of Wagtail's admin: for people who are not signed in yet.
entrance_urlpatterns = [
    path("login/", SignInView.as_view(), name="account_login"),
    path(f"{ROOT}authenticate/", authenticate, name="mfa_authenticate"),
    path(f"{ROOT}cancel/", logout, name="account_logout"),
]
if settings.SINGLE_SIGN_ON:
    entrance_urlpatterns += [
        path("single-sign-on/", include("allauth.socialaccount.providers.openid_connect.urls")),
        path("single-sign-on/cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
        path("single-sign-on/error/", login_error, name="socialaccount_login_error"),
        path("single-sign-on/inactive/", account_inactive, name="account_inactive"),
    ]
#: Of Wagtail's admin, for whoever has access to it.
admin_urlpatterns = [
    path(f"{ROOT}password/", reauthenticate, name="account_reauthenticate"),
    path(ROOT, include("allauth.mfa.urls")),
]
