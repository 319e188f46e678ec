from django.db import models

from articles.images.uploads.serving import ServedFilter
from articles.images.uploads.storing import clean_new_file


class CleanImageMixin(models.Model):
    """An image whose file and sizes tell nothing of who made it, and where, by whichever way.

    Put it before ``AbstractImage``.
    """

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """As Django does; a file that no form has looked at is cleaned before it is stored."""
        if self.file and not self.file._committed:
            clean_new_file(self.file)
        super().save(*args, **kwargs)

    def generate_rendition_file(self, filter, *, source=None):
        return super().generate_rendition_file(ServedFilter(filter.spec), source=source)
