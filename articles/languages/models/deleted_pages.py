"""Deleted pages in the bin, and the fields they share with deleted files."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BinEntry(models.Model):
    """Something deleted in the admin, kept until the bin is emptied.

    The object itself is gone. ``rows`` holds the database rows deleted with it, see
    :mod:`diptych.articles.languages.bin.rows`.
    """

    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("type"),
    )
    title = models.CharField(_("title"), max_length=255)
    rows = models.BinaryField()
    deleted_at = models.DateTimeField(_("deleted"), default=timezone.now, db_index=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("deleted by"),
    )

    wagtail_reference_index_ignore = True

    class Meta:
        abstract = True
        ordering = ["-deleted_at", "-pk"]

    def __str__(self):
        return self.title


class DeletedPage(BinEntry):
    """A page with the pages below it, which are gone from the tree."""

    #: The primary key of the page, which it gets back.
    key = models.BigIntegerField(_("page"), unique=True)
    #: The primary keys of the pages it stood below, from the root of the tree.
    ancestors = models.JSONField(default=list)
    page_count = models.PositiveIntegerField(_("pages"), default=1)
    #: The languages the page and those below it were written in, drafts included.
    written_in = models.JSONField(default=list)
    #: The languages in which the page was live.
    live_in = models.JSONField(_("was live in"), default=list)
    #: For each page that was live, by primary key: the languages it was live in.
    live_pages = models.JSONField(default=dict)
    #: The primary keys of the redirects made when it was deleted.
    redirects = models.JSONField(default=list)

    class Meta(BinEntry.Meta):
        verbose_name = _("deleted page")
        verbose_name_plural = _("deleted pages")
