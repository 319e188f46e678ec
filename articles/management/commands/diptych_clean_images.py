from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from articles.uploads.storing import clean_stored_file


class Command(BaseCommand):
    help = "Take positions and other metadata off the image files that are stored already."

    def handle(self, *args, verbosity=1, **options):
        read = cleaned = missing = 0
        for image in get_image_model().objects.order_by("pk").iterator(chunk_size=100):
            read += 1
            try:
                cleaned += clean_stored_file(image)
            except SourceImageIOError:
                missing += 1
                self.stderr.write(_("The file of “%(title)s” is missing.") % {"title": image.title})
        if verbosity:
            message = _("Images read: %(read)s, cleaned: %(cleaned)s, without a file: %(missing)s.")
            counts = {"read": read, "cleaned": cleaned, "missing": missing}
            self.stdout.write(self.style.SUCCESS(message % counts))
