from django.db import models

from articles.images.uploads.serving import ServedFilter
from articles.images.uploads.storing import clean_new_file


class CleanImageMixin(models.Model):
    """An image whose file and renditions are stored without metadata, however it is saved.

    Put it before ``AbstractImage``.
    """

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Clean a file that did not pass through a form, then save."""
        if self.file and not self.file._committed:
            clean_new_file(self.file)
        super().save(*args, **kwargs)

    def generate_rendition_file(self, filter, *, source=None):
        return super().generate_rendition_file(ServedFilter(filter.spec), source=source)
