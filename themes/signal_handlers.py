"""Make the sizes of a page's pictures when it is published, not while a reader waits."""

from functools import partial

from django.db import transaction
from wagtail.signals import page_published

from themes.renditions import make_renditions, pictures_of


def page_has_been_published(instance, **kwargs):
    pictures = pictures_of(instance)
    if pictures:
        transaction.on_commit(partial(make_renditions.enqueue, pictures))


def connect():
    """Connect the handler; called once when the app is ready."""
    page_published.connect(
        page_has_been_published, dispatch_uid="diptych_themes_page_has_been_published"
    )
