"""Send issues that are due or were interrupted, and answers to readers that failed; for a timer."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from diptych.articles.newsletter.sending import send_due


class Command(BaseCommand):
    @property
    def help(self):
        return _("Send the newsletter issues that are due, and those that were interrupted.")

    def handle(self, **options):
        for issue in send_due():
            counts = issue.deliveries.counts()
            said = _(
                "%(subject)s: %(sent)d sent, %(waiting)d waiting, %(refused)d refused, "
                "%(unknown)d uncertain, %(flight)d in flight."
            )
            names = {**counts, "subject": issue.subject, "flight": counts["sending"]}
            self.stdout.write(said % names)
            if issue.error:
                self.stdout.write(_(issue.error))
