"""Notifications of users in the admin."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NotificationQuerySet(models.QuerySet):
    def unread_of(self, user):
        return self.filter(recipient=user, read_at=None)

    def outdated(self):
        """Those older than ``Notification.KEPT``, read or not."""
        return self.filter(created_at__lt=timezone.now() - Notification.KEPT)


class Notification(models.Model):
    """A notification in the admin, in addition to an e-mail of the same content.

    ``subject`` is that of the e-mail, in the language of the recipient, and ``text`` a comment.
    ``url`` is the path of the view it is about.
    """

    #: So long a notification is kept.
    KEPT = timedelta(days=90)

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("recipient"),
    )
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("sender"),
    )
    subject = models.TextField(_("subject"))
    text = models.TextField(_("text"), blank=True)
    url = models.CharField(_("address"), max_length=1000)
    created_at = models.DateTimeField(_("date"), default=timezone.now, db_index=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [models.Index(fields=["recipient", "read_at"], name="diptych_unread")]

    def __str__(self):
        return self.subject
