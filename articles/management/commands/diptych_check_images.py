from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from diptych.articles.images.alt_texts.stored_problems import record_everything
from diptych.articles.models import ImageProblem


class Command(BaseCommand):
    help = "Look through all pages and images for alternative texts that could be better."

    def handle(self, *args, verbosity=1, **options):
        done = 0
        for done, _nothing in enumerate(record_everything(), start=1):
            if verbosity and done % 500 == 0:
                self.stdout.write(_("%(count)s pages and images read…") % {"count": done})
        if verbosity:
            found = {"done": done, "problems": ImageProblem.objects.count()}
            message = _("Pages and images read: %(done)s. Problems found: %(problems)s.")
            self.stdout.write(self.style.SUCCESS(message % found))
