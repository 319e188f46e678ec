"""When the sizes of pictures are made: on publishing a page, and on changing a picture.

All of it waits for the transaction to end, and none of it can make the change itself fail.
"""

from django.apps import apps
from django.db import transaction
from django.db.models.signals import post_save
from wagtail.images import get_image_model
from wagtail.signals import page_published

from themes.logos import LOGO
from themes.renditions import enqueue_image, enqueue_page, order_sizes

#: The fields of an image that decide what its sizes look like.
SHOWN = {"file", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"}


def page_has_been_published(instance, **kwargs):
    transaction.on_commit(lambda: enqueue_page(instance), robust=True)


def image_has_been_saved(instance, created, raw=False, update_fields=None, **kwargs):
    """A picture that is new is shown nowhere yet; one that is replaced has lost its sizes."""
    if created or raw or (update_fields is not None and not SHOWN & set(update_fields)):
        return
    transaction.on_commit(lambda: enqueue_image(instance), robust=True)


def appearance_has_been_saved(instance, raw=False, **kwargs):
    """A logo is ready before the first reader asks for it."""
    if raw:
        return
    for image in filter(None, (instance.logo, instance.logo_dark)):
        transaction.on_commit(lambda image=image: order_sizes(image, LOGO), robust=True)


def connect():
    """Connect the handlers; called once when the app is ready."""
    page_published.connect(
        page_has_been_published, dispatch_uid="diptych_themes_page_has_been_published"
    )
    post_save.connect(
        appearance_has_been_saved,
        sender=apps.get_model("diptych_themes", "AppearanceSettings"),
        dispatch_uid="diptych_themes_appearance_has_been_saved",
    )
    post_save.connect(
        image_has_been_saved,
        sender=get_image_model(),
        dispatch_uid="diptych_themes_image_has_been_saved",
    )
