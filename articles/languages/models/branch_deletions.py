"""Large branches of the tree that are being moved to the bin, part by part."""

import swapper
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BranchDeletion(models.Model):
    """``page`` and the pages below it are to be moved to the bin.

    Readers see none of them from the moment this is stored, as ``restriction`` keeps everybody out.
    """

    page = models.OneToOneField(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("page"),
    )
    restriction = models.OneToOneField(
        "wagtailcore.PageViewRestriction",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("view restriction"),
    )
    title = models.CharField(_("title"), max_length=255)
    #: The page with those below it, as they were counted at the beginning.
    page_count = models.PositiveIntegerField(_("pages"))
    written_in = models.JSONField(default=list)
    #: By language the primary key of the page to which readers are redirected.
    targets = models.JSONField(default=dict)
    deleted_at = models.DateTimeField(_("deleted"), default=timezone.now)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("deleted by"),
    )
    #: Of the next part, the pages that have been unpublished: what they were, by primary key.
    offline = models.JSONField(default=dict)
    #: Whether something that refers to a page has prevented the deletion of the last part.
    is_stopped = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True
    stored_in_bin = False

    class Meta:
        verbose_name = _("branch that is being deleted")
        verbose_name_plural = _("branches that are being deleted")
        default_permissions = ()

    def __str__(self):
        return self.title


class DeletedPagePart(models.Model):
    """Some of the pages below a large :class:`DeletedPage`, whose ``key`` this has.

    There is no foreign key: parts are stored before that, and deleted after it.
    """

    key = models.BigIntegerField(_("page"), db_index=True)
    rows = models.BinaryField()
    #: Where the top of the branch stood when these pages were deleted.
    path = models.CharField(max_length=255)
    url_path = models.TextField()
    page_count = models.PositiveIntegerField(_("pages"))
    live_pages = models.JSONField(default=dict)
    redirects = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("part of a deleted page")
        verbose_name_plural = _("parts of deleted pages")
        default_permissions = ()

    def __str__(self):
        return str(self.key)
