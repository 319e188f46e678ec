"""What is counted about accounts beside the tables of django-axes."""

from datetime import timedelta

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

#: How long a request for a new password counts.
COUNTED = timedelta(hours=1)
#: Requests for one e-mail address, and from one network address.
MOST_FOR_EMAIL = 3
MOST_AT_ADDRESS = 20


class PasswordResetRequestManager(models.Manager):
    def allow(self, email, ip_address):
        """Count a request for ``email``; whether it is within the limits.

        A row is stored before the rows are counted, so that several workers cannot all be the last
        that is within the limit.
        """
        self.filter(requested_at__lt=now() - COUNTED).delete()
        request = self.create(email_digest=digest(email), ip_address=ip_address)
        for_email = self.filter(email_digest=request.email_digest).count()
        at_address = self.filter(ip_address=ip_address).count() if ip_address else 0
        if for_email <= MOST_FOR_EMAIL and at_address <= MOST_AT_ADDRESS:
            return True
        request.delete()
        return False


class PasswordResetRequest(models.Model):
    """A request for a link to a new password, for an address that may belong to nobody."""

    email_digest = models.CharField(_("digest of the e-mail address"), max_length=64, db_index=True)
    ip_address = models.GenericIPAddressField(_("network address"), null=True, db_index=True)
    requested_at = models.DateTimeField(_("requested at"), default=now, db_index=True)

    objects = PasswordResetRequestManager()

    class Meta:
        verbose_name = _("request for a new password")
        verbose_name_plural = _("requests for a new password")

    def __str__(self):
        return f"{self.requested_at:%Y-%m-%d %H:%M} {self.ip_address}"


def digest(email):
    """A keyed digest of an address, in small letters: enough to count by."""
    return salted_hmac(__name__, email.strip().lower(), algorithm="sha256").hexdigest()
