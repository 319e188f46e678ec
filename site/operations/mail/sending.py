"""Send the e-mails that are due, in the background and by the timer."""

import logging
import smtplib
import time

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.timezone import now
from django_tasks import task

from diptych.articles.languages.config.background import after_commit, on_backend
from operations.mail.messages import from_json
from operations.mail.models import KEPT, OutgoingMail

logger = logging.getLogger(__name__)

#: The backend of ``TASKS`` for this work.
BACKEND = "mail"
#: How long a process leaves a mail server alone that has not answered, in seconds; the timer asks.
PAUSE = 60
#: So many e-mails are sent at a time; the others are, when the next is written or by the timer.
MOST = 200
#: A mail server answers so if it will never take an e-mail; 535 is a wrong password of the site.
REFUSED = range(550, 560)


class MailServer:
    """The state of the mail server as known to this process."""

    closed_until = 0


server = MailServer()


@task()
def send_due():
    """Send due e-mails, unless the mail server has just failed to answer."""
    if time.monotonic() >= server.closed_until:
        deliver()


def enqueue():
    """Have the e-mails sent that were written in this transaction; otherwise the timer does."""
    after_commit(on_backend(send_due, BACKEND).enqueue)


def deliver():
    """Try once to send each e-mail that is due; returns ``(sent, failed)``.

    A mail server that does not answer is asked once: the others wait.
    """
    sent = failed = 0
    OutgoingMail.objects.given_up().filter(made_at__lt=now() - KEPT).delete()
    connection = import_string(settings.MAIL_TRANSPORT)()
    try:
        for mail in list(OutgoingMail.objects.due()[:MOST]):
            if not OutgoingMail.objects.claim(mail):
                continue
            mail.attempts += 1
            error = _error_of(mail, connection)
            sent, failed = sent + (error is None), failed + (error is not None)
            if error is not None and not _is_answer(error):
                server.closed_until = time.monotonic() + PAUSE
                break
    finally:
        _close(connection)
    return sent, failed


def _error_of(mail, connection):
    """Send one e-mail; the error, if it could not be sent."""
    try:
        from_json(mail.message, connection).send()
    except Exception as error:  # any error of a mail server
        # No error, of which administrators would be told by e-mail.
        # The answer may contain the address: it is in the report, not in the log.
        kind = type(error).__name__
        logger.warning("E-mail %d was not sent, attempt %d: %s", mail.pk, mail.attempts, kind)
        if mail.record_failure(_in_words(error), _is_refusal(error)):
            logger.warning("E-mail %d is given up; it can be sent again in the admin.", mail.pk)
        return error
    mail.delete()
    return None


def _close(connection):
    try:
        connection.close()
    except Exception as error:
        logger.warning("The connection to the mail server could not be closed: %r", error)


def _in_words(error):
    return f"{type(error).__name__}: {error}"[:500]


def _is_answer(error):
    """Whether the mail server has spoken about this e-mail, and may take another one."""
    unusable = (smtplib.SMTPConnectError, smtplib.SMTPAuthenticationError, smtplib.SMTPHeloError)
    about_mail = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, ValueError)
    return isinstance(error, about_mail) and not isinstance(error, unusable)


def _is_refusal(error):
    """Whether another attempt would be in vain."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code in REFUSED for code, _said in error.recipients.values())
    return _is_answer(error) and getattr(error, "smtp_code", None) in REFUSED
