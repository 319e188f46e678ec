from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from wagtail.models import Page

from diptych.themes.models import AppearanceSettings
from diptych.themes.pictures.renditions import image_uses_of, make_renditions, parts_of_settings

#: Images between two messages.
BATCH = 20


class Command(BaseCommand):
    help = "Make the renditions that are missing of images on live pages; it may be repeated."

    def handle(self, *args, verbosity=1, **options):
        parts_of = _parts_of_images()
        images, done = list(parts_of), 0
        for start in range(0, len(images), BATCH):
            batch = images[start : start + BATCH]
            make_renditions.func([[str(pk), part] for pk in batch for part in parts_of[pk]])
            done += len(batch)
            if verbosity:
                counts = {"done": done, "all": len(images)}
                self.stdout.write(_("Images: %(done)s of %(all)s") % counts)


def _parts_of_images():
    """``{primary key: parts}`` of the images on live pages, of the logos and of the icons."""
    parts_of = {}
    for settings in AppearanceSettings.objects.all():
        for pk, part in parts_of_settings(settings):
            parts_of.setdefault(pk, {})[part] = True
    for page in Page.objects.live().order_by("pk").specific().iterator(chunk_size=100):
        for pk, part in image_uses_of(page):
            parts_of.setdefault(pk, {})[part] = True
    return parts_of
