"""Counts of requests about accounts, in addition to the tables of django-axes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from diptych.articles.newsletter.mail_limits import MailRequest


class PasswordResetRequest(MailRequest):
    """A request for a password reset link, for an address that may have no account."""

    class Meta:
        verbose_name = _("request for a new password")
        verbose_name_plural = _("requests for a new password")


class FactorRecord(models.Model):
    """Wrong codes of an account, a code that was used: a row of Django's cache in the database."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("try of a second factor")
        verbose_name_plural = _("tries of second factors")
        db_table = "journal_accounts_factorrecord"

    def __str__(self):
        return self.cache_key
