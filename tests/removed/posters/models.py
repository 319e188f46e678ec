from django.db import models
from wagtail.images import get_image_model_string
from wagtail.models import Page


class Poster(models.Model):
    image = models.ForeignKey(get_image_model_string(), on_delete=models.CASCADE)
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL)

    details = models.ManyToManyField(get_image_model_string(), related_name="+")

    def __str__(self):
        return f"poster {self.pk}"
