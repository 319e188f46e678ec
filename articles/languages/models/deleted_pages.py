"""Pages deleted in the admin, kept in the bin."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DeletedPage(models.Model):
    """A page deleted in the admin, with the pages below it, kept until the bin is emptied.

    The pages themselves are gone from the tree. ``rows`` holds what was deleted with them, see
    :mod:`articles.languages.bin.rows`.
    """

    #: The primary key of the page, which it gets back.
    key = models.BigIntegerField(_("page"), unique=True)
    content_type = models.ForeignKey(
        "contenttypes.ContentType",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("type"),
    )
    title = models.CharField(_("title"), max_length=255)
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
        verbose_name = _("deleted page")
        verbose_name_plural = _("deleted pages")
        ordering = ["-deleted_at", "-pk"]

    def __str__(self):
        return self.title
