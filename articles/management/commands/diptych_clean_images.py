from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from diptych.articles.images.uploads.storing import clean_stored_file


class Command(BaseCommand):
    help = "Take positions and other metadata off the image files that are stored already."

    def handle(self, *args, verbosity=1, **options):
        counts = dict.fromkeys(("read", "clean", "cleaned", "missing", "refused"), 0)
        for image in get_image_model().objects.order_by("pk").iterator(chunk_size=100):
            counts["read"] += 1
            counts[self._clean(image)] += 1
        if verbosity:
            message = _(
                "Images read: %(read)s, cleaned: %(cleaned)s, without a file: %(missing)s, "
                "left as they are: %(refused)s."
            )
            self.stdout.write(self.style.SUCCESS(message % counts))

    def _clean(self, image):
        """What became of one image; what keeps it from being cleaned keeps no other."""
        try:
            return "cleaned" if clean_stored_file(image) else "clean"
        except SourceImageIOError:
            self.stderr.write(_("The file of “%(title)s” is missing.") % {"title": image.title})
            return "missing"
        except OSError as error:
            message = _("The file of “%(title)s” could not be replaced: %(error)s")
            self.stderr.write(message % {"title": image.title, "error": error})
            return "refused"
