"""Signal handlers that update image problems when a page or image is saved."""

import threading
from collections import OrderedDict

from django.db.models.signals import post_delete, post_save
from wagtail.images import get_image_model

from diptych.articles.images import renditions
from diptych.articles.images.alt_texts.stored_problems import (
    record_image_and_its_pages,
    record_page,
)
from diptych.articles.images.illustrated import IllustratedMixin
from diptych.articles.languages.config.background import after_commit

#: Fields that do not affect image texts.
SAYING = {"latest_revision", "live", "live_revision"}


class _Account(threading.local):
    """Per thread: the number of requests, and for each page the last one that was served."""

    def __init__(self):
        self.asked = 0
        self.recorded = OrderedDict()


account = _Account()


def page_saved(instance, update_fields=None, raw=False, **kwargs):
    if raw or not isinstance(instance, IllustratedMixin):
        return
    if update_fields is None or SAYING & set(update_fields):
        account.asked += 1
        after_commit(record_once, instance.pk, type(instance), account.asked)


def record_once(pk, model, asked):
    """Update a page once after its transaction, however often it was saved in it.

    A thread has one transaction at a time, so earlier requests are committed by then.
    """
    while account.recorded and next(iter(account.recorded.values())) < asked:
        account.recorded.popitem(last=False)
    if account.recorded.get(pk, 0) < asked:
        reached = account.asked
        record_page(pk, model)
        account.recorded[pk] = reached
        account.recorded.move_to_end(pk)


def image_saved(instance, update_fields=None, raw=False, **kwargs):
    if not raw and update_fields is None:
        after_commit(record_image_and_its_pages, instance.pk)


def connect():
    """Connect the handlers; called once when the app is ready."""
    post_save.connect(page_saved, dispatch_uid="diptych_page_pictures")
    image = get_image_model()
    post_save.connect(image_saved, sender=image, dispatch_uid="diptych_image_alternatives")
    post_save.connect(renditions.image_saved, sender=image, dispatch_uid="diptych_image_record")
    post_delete.connect(
        renditions.rendition_deleted,
        sender=image.get_rendition_model(),
        dispatch_uid="diptych_rendition_record",
    )
