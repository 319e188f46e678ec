"""Branches of the tree whose addresses are still to follow that of their top."""

import swapper
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UnmovedBranch(models.Model):
    """The pages below ``page`` are to get addresses below its new one in ``language``.

    Stored in the transaction of the change; deleted once all have moved.
    """

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("page"),
    )
    language = models.CharField(_("language"), max_length=12)
    #: The path in the tree of the last page that has moved.
    reached = models.CharField(max_length=255, blank=True)
    since = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True
    stored_in_bin = False

    class Meta:
        verbose_name = _("branch whose addresses are being moved")
        verbose_name_plural = _("branches whose addresses are being moved")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language"], name="diptych_unmoved_branch_unique"
            )
        ]

    def __str__(self):
        return f"{self.page_id} ({self.language})"
