"""What is counted about accounts beside the tables of django-axes."""

from django.utils.translation import gettext_lazy as _

from articles.mail_limits import MailRequest


class PasswordResetRequest(MailRequest):
    """A request for a link to a new password, for an address that may belong to nobody."""

    class Meta:
        verbose_name = _("request for a new password")
        verbose_name_plural = _("requests for a new password")
