"""Hints that somebody has hidden in one place."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MutedInPlace(models.Model):
    """Somebody has said that a text is right as it is in one place, as far as a hint goes.

    ``place`` is the key of the translation unit.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=12)
    place = models.CharField(max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    muted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        default_permissions = ()


class MutedFault(MutedInPlace):
    """A kind of likely faults that is hidden in one place.

    ``kind`` is a :class:`~diptych.articles.translation_tools.faults.finding.Kind`.
    """

    kind = models.CharField(max_length=20)

    class Meta(MutedInPlace.Meta):
        verbose_name = _("hidden hint")
        verbose_name_plural = _("hidden hints")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language", "place", "kind"], name="diptych_fault_muted_once"
            )
        ]

    def __str__(self):
        return f"{self.page_id} {self.language} {self.place}: {self.kind}"
