"""`manage.py send_waiting_mail`: retry e-mails that could not be sent; for the timer."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from operations.mail.models import OutgoingMail
from operations.mail.sending import deliver


class Command(BaseCommand):
    @property
    def help(self):
        return _("Send the e-mails whose time has come, and say what is left.")

    def handle(self, **options):
        sent, failed = deliver()
        waiting = OutgoingMail.objects.exclude(due_at=None).count()
        given_up = OutgoingMail.objects.given_up().count()
        if options["verbosity"] == 0 or not (sent or failed or waiting or given_up):
            return
        said = ngettext("%(count)d e-mail was sent.", "%(count)d e-mails were sent.", sent)
        self.stdout.write(said % {"count": sent})
        if waiting:
            said = ngettext("%(count)d waits.", "%(count)d wait.", waiting)
            self.stdout.write(said % {"count": waiting})
        if given_up:
            self.stdout.write(
                _("Given up: %(count)d. See the report “E-mails” in the admin.")
                % {"count": given_up}
            )
