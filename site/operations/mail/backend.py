"""The e-mail backend of the site."""

import logging

from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError

from operations.mail.messages import as_json
from operations.mail.models import OutgoingMail
from operations.mail.sending import enqueue

logger = logging.getLogger(__name__)


class OutboxBackend(BaseEmailBackend):
    """Keeps e-mails in the database, in the transaction that writes them, and has them sent.

    ``MAIL_TRANSPORT`` names the backend that sends them, which alone knows the mail server.
    """

    def __init__(self, fail_silently=False, **kwargs):
        super().__init__()
        self.is_silent = bool(fail_silently)

    def send_messages(self, email_messages):
        kept = [
            OutgoingMail(
                message=as_json(each),
                subject=" ".join(str(each.subject).split()),
                recipients=", ".join(each.recipients()),
            )
            for each in email_messages
            if each.recipients()
        ]
        try:
            OutgoingMail.objects.bulk_create(kept)
            if kept:
                enqueue()
        except DatabaseError:
            if not self.is_silent:
                raise
            logger.warning("An e-mail was lost, as the database does not answer.")
            return 0
        return len(kept)
