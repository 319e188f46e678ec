"""The form for a code."""

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_credentials
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError

from operations.accounts.throttling import locked_out_message


class CodeForm(AuthenticateForm):
    """allauth's form, whose failures count as those of passwords do, for all workers."""

    def clean_code(self):
        credentials = get_credentials(self.user.get_username())
        request = context.request
        if not AxesProxyHandler.is_allowed(request, credentials):
            request.axes_locked_out = True
            raise ValidationError(locked_out_message(request), code="locked_out")
        try:
            return super().clean_code()
        except ValidationError:
            user_login_failed.send(__name__, credentials=credentials, request=request)
            raise
