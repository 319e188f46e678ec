"""Limits for the mails that can be requested for an address, counted in the database."""

from datetime import timedelta

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

#: How long a request counts.
COUNTED = timedelta(hours=1)
#: Requests for one e-mail address, and from one network address.
MOST_FOR_EMAIL = 3
MOST_AT_ADDRESS = 20


class MailRequestManager(models.Manager):
    def past(self):
        """Those that count no more."""
        return self.filter(requested_at__lt=now() - COUNTED)

    def allow(self, email, ip_address):
        """Count a request for ``email``; whether it is within the limits.

        A row is stored before the rows are counted, so that several workers cannot all be the last
        that is within the limit.
        """
        self.past().delete()
        request = self.create(email_digest=digest(email), ip_address=ip_address)
        for_email = self.filter(email_digest=request.email_digest).count()
        at_address = self.filter(ip_address=ip_address).count() if ip_address else 0
        if for_email <= MOST_FOR_EMAIL and at_address <= MOST_AT_ADDRESS:
            return True
        request.delete()
        return False


class MailRequest(models.Model):
    """A request to write to an address that anybody may have typed."""

    email_digest = models.CharField(_("digest of the e-mail address"), max_length=64, db_index=True)
    ip_address = models.GenericIPAddressField(_("network address"), null=True, db_index=True)
    requested_at = models.DateTimeField(_("requested at"), default=now, db_index=True)

    objects = MailRequestManager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.requested_at:%Y-%m-%d %H:%M} {self.ip_address}"


def digest(email):
    """A keyed digest of an address, in small letters: enough to count by."""
    return salted_hmac(__name__, email.strip().lower(), algorithm="sha256").hexdigest()
