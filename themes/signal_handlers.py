"""Signal handlers that enqueue renditions when pages are published and images change.

They run after the transaction is committed; their errors do not affect it.
"""

from django.apps import apps
from django.db.models.signals import post_save
from wagtail.images import get_image_model
from wagtail.signals import page_published

from diptych.articles.languages.config.background import after_commit
from diptych.themes.pictures.renditions import (
    enqueue_first_renditions,
    enqueue_renditions_of_image,
    enqueue_renditions_of_page,
    enqueue_renditions_of_settings,
)

#: The fields of an image that its renditions depend on.
SHOWN = {"file", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"}


def page_has_been_published(instance, **kwargs):
    after_commit(enqueue_renditions_of_page, instance)


def image_has_been_saved(instance, created, raw=False, update_fields=None, **kwargs):
    """Enqueue renditions: the first ones of a new image, new ones of one that live pages use."""
    if raw:
        return
    if created:
        enqueue = enqueue_first_renditions
    elif update_fields is None or SHOWN & set(update_fields):
        enqueue = enqueue_renditions_of_image
    else:
        return
    after_commit(enqueue, instance)


def appearance_has_been_saved(instance, raw=False, **kwargs):
    """Enqueue the renditions of the logos and of the icon."""
    if raw:
        return
    after_commit(enqueue_renditions_of_settings, instance)


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
