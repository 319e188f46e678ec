"""Views of Wagtail's admin about accounts."""

import logging

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views import account
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.users.utils import change_user_perm

from diptych.articles.newsletter.mail_limits import COUNTED
from operations.accounts.addresses import client_address
from operations.accounts.closing import NotClosable, close_account, successors, work_left_by
from operations.accounts.models import PasswordResetRequest
from operations.accounts.sessions import end_sessions, listed_sessions, sign_ins_of
from operations.accounts.throttling import is_locked, unlock

logger = logging.getLogger(__name__)


@method_decorator(never_cache, name="dispatch")
class PasswordResetView(account.PasswordResetView):
    """Wagtail's view, which sends a limited number of mails.

    The answer does not depend on whether an account has the e-mail address.
    """

    def form_valid(self, form):
        address = client_address(self.request)
        if PasswordResetRequest.objects.allow(form.cleaned_data["email"], address):
            return super().form_valid(form)
        logger.warning("Too many requests for a new password, the last from %s.", address)
        form.add_error(
            None,
            _(
                "Too many links were asked for. Look through the messages you have received, "
                "junk mail included, or try again in an hour."
            ),
        )
        response = self.render_to_response(self.get_context_data(form=form), status=429)
        response["Retry-After"] = int(COUNTED.total_seconds())
        return response


def can_manage(user, account):
    """Whether ``user`` may look after ``account``: administrators' only as one of them."""
    return user.has_perm(change_user_perm) and (user.is_superuser or not account.is_superuser)


class OwnSessionsView(WagtailAdminTemplateMixin, TemplateView):
    """The sessions and sign-ins of the person who asks; a POST ends sessions."""

    template_name = "accounts/sessions.html"
    page_title = gettext_lazy("Sessions and sign-ins")
    header_icon = "key"

    @property
    def account(self):
        return self.request.user

    def get_own_url(self):
        return reverse("journal_own_sessions")

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("wagtailadmin_account"), "label": _("Account")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        current = self.request.session.session_key
        return super().get_context_data(
            **kwargs,
            sessions=listed_sessions(self.account, current),
            sign_ins=sign_ins_of(self.account),
            is_locked=is_locked(self.account.get_username()),
            is_own=self.account == self.request.user,
            has_factor=self._has_factor(),
        )

    def _has_factor(self):
        if not settings.SECOND_FACTOR:
            return False
        from operations.accounts.second_factor.gate import has_factor

        return has_factor(self.account)

    def post(self, request, *args, **kwargs):
        current = request.session.session_key
        if digest := request.POST.get("end"):
            self._tell_ended(end_sessions(self.account, {digest}, keep=current))
        elif "end-others" in request.POST:
            self._tell_ended(end_sessions(self.account, keep=current))
        elif "unlock" in request.POST:
            unlock(self.account.get_username())
            messages.success(request, _("The account is not locked any more."))
        elif "remove-factor" in request.POST and self._has_factor():
            self.remove_factor()
        return redirect(self.get_own_url())

    def remove_factor(self):
        """One's own is removed on the screens of the second factor, which ask for it first."""
        raise PermissionDenied

    def _tell_ended(self, count):
        message = ngettext("%(count)s session ended.", "%(count)s sessions ended.", count)
        messages.success(self.request, message % {"count": count})


class AccountMixin:
    """A view about the account with the key of the address, for those who may manage it."""

    def setup(self, request, *args, pk, **kwargs):
        super().setup(request, *args, pk=pk, **kwargs)
        self._account = get_object_or_404(get_user_model()._default_manager, pk=pk)

    @property
    def account(self):
        return self._account

    def dispatch(self, request, *args, **kwargs):
        if not can_manage(request.user, self.account):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return get_user_display_name(self.account)

    def get_breadcrumbs_items(self):
        edit_url = reverse("wagtailusers_users:edit", args=[self.account.pk])
        return [
            *WagtailAdminTemplateMixin.breadcrumbs_items,
            {"url": reverse("wagtailusers_users:index"), "label": _("Users")},
            {"url": edit_url, "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title()},
        ]


class SessionsView(AccountMixin, OwnSessionsView):
    """The same of anybody's account."""

    def get_own_url(self):
        return reverse("journal_sessions", args=[self.account.pk])

    def remove_factor(self):
        from operations.accounts.second_factor.gate import remove_factors

        if self.account == self.request.user:
            raise PermissionDenied
        remove_factors(self.account)
        logger.warning(
            "%r has removed the second factor of %r.",
            self.request.user.get_username(),
            self.account.get_username(),
        )
        messages.success(self.request, _("The second factor is removed."))


class CloseForm(forms.Form):
    """Who goes on with the open work."""

    successor = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Who goes on with the open work"),
        required=False,
    )

    def __init__(self, *args, account, must_choose, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        field.queryset = successors(account)
        field.label_from_instance = get_user_display_name
        field.required = must_choose


class CloseAccountView(AccountMixin, WagtailAdminTemplateMixin, FormView):
    """Lists the open work of an account, hands it over and closes the account."""

    form_class = CloseForm
    template_name = "accounts/close.html"
    page_title = gettext_lazy("Close the account")
    header_icon = "user"

    @cached_property
    def work(self):
        return work_left_by(self.account)

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "account": self.account,
            "must_choose": bool(self.work),
        }

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs,
            work=self.work,
            account=self.account,
            edit_url=reverse("wagtailusers_users:edit", args=[self.account.pk]),
        )

    def form_valid(self, form):
        successor = form.cleaned_data["successor"]
        try:
            closing = close_account(self.account, successor, closed_by=self.request.user)
        except NotClosable as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        context = self.get_context_data(form=form, closing=closing, successor=successor)
        return self.response_class(
            self.request, "accounts/closed.html", context, using=self.template_engine
        )
