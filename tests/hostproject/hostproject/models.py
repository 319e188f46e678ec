from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page


class HostImage(AbstractImage):
    """An image model that knows nothing of languages, alternative texts or captions."""

    admin_form_fields = Image.admin_form_fields


class HostRendition(AbstractRendition):
    image = models.ForeignKey(HostImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class PlainHomePage(Page):
    """A front page in one language, as ``wagtail start`` makes it."""
