"""The application of outgoing e-mail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailConfig(AppConfig):
    """E-mails that wait to be sent, or could not be."""

    name = "operations.mail"
    label = "journal_mail"
    verbose_name = _("E-mail")
    default_auto_field = "django.db.models.BigAutoField"
