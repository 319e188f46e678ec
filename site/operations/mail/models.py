"""E-mails that are still to be sent."""

from datetime import timedelta

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

#: The pause after each attempt that fails; after the last one an e-mail is given up.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=12),
)
#: How long an e-mail that was given up is kept. It may hold a link to a new password, which holds
#: for three days.
KEPT = timedelta(days=14)


class OutgoingMailQuerySet(models.QuerySet):
    def due(self):
        """E-mails due to be sent now, oldest first."""
        return self.filter(due_at__lte=now()).order_by("due_at", "pk")

    def given_up(self):
        return self.filter(due_at=None)

    def retry(self):
        """Let e-mails be sent at once, with as many attempts as a new one; returns how many."""
        return self.update(due_at=now(), attempts=0)

    def claim(self, mail):
        """Claim ``mail`` and count the attempt; returns whether no other process has claimed it.

        The e-mail is due again after the pause, also if this process ends in between.
        """
        pause = PAUSES[min(mail.attempts, len(PAUSES) - 1)]
        claimed = {"attempts": mail.attempts + 1, "due_at": now() + pause}
        found = self.filter(pk=mail.pk, due_at=mail.due_at, attempts=mail.attempts)
        return bool(found.update(**claimed))


class OutgoingMail(models.Model):
    """An e-mail that waits, or that was given up. Once it is sent, the row is deleted."""

    message = models.JSONField(_("message"))
    subject = models.TextField(_("subject"), blank=True)
    recipients = models.TextField(_("recipients"))
    made_at = models.DateTimeField(_("written on"), default=now, editable=False)
    #: When it is sent next; empty once it has been given up.
    due_at = models.DateTimeField(_("next attempt"), null=True, default=now, db_index=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing e-mail")
        verbose_name_plural = _("outgoing e-mails")
        # Rows are made by the site; who may change one may send it again.
        default_permissions = ("view", "change")

    def __str__(self):
        return self.subject

    def record_failure(self, error, is_final):
        """Store the answer of the mail server; give up if a retry would fail as well."""
        is_last = is_final or self.attempts > len(PAUSES)
        values = {"error": error, **({"due_at": None} if is_last else {})}
        type(self).objects.filter(pk=self.pk).update(**values)
        return is_last
