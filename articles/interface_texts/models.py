"""Beside the catalogues: what each change replaced, and texts that nobody has confirmed yet."""

from collections import defaultdict

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TextChangeQuerySet(models.QuerySet):
    def of_catalogue(self, catalogue):
        """The changes of one :class:`SiteCatalogue`, newest first."""
        found = self.filter(language=catalogue.language, catalogue=catalogue.number)
        return found.order_by("-changed_at", "-pk")

    def by_key(self, keys):
        """Map the keys of entries to the lists of their changes."""
        found = defaultdict(list)
        for change in self.filter(key__in=keys).select_related("user"):
            found[change.key].append(change)
        return found

    def record(self, catalogue, replacements, user):
        """Store the result of :func:`saving.save`, one change for each replaced text."""
        return self.bulk_create(
            self.model(
                language=catalogue.language,
                catalogue=catalogue.number,
                key=each.key,
                source=each.source,
                before=each.before,
                was_fuzzy=each.was_fuzzy,
                after=each.after,
                user=user,
            )
            for each in replacements
        )


class TextChange(models.Model):
    """One saved change of a translation.

    ``before`` and ``after`` are lists of plural forms, of one where there is no plural;
    ``catalogue`` and ``key`` are the number of the catalogue and the key of the entry.
    """

    language = models.CharField(_("language"), max_length=12)
    catalogue = models.PositiveSmallIntegerField(_("catalogue"))
    key = models.CharField(_("key"), max_length=24)
    source = models.TextField(_("source"))
    before = models.JSONField(_("text before"))
    was_fuzzy = models.BooleanField(_("to be checked before"), default=False)
    after = models.JSONField(_("text after"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("user"),
    )
    changed_at = models.DateTimeField(_("changed on"), auto_now_add=True)

    objects = TextChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a site text")
        verbose_name_plural = _("changes of site texts")
        default_permissions = ()
        indexes = [
            models.Index(fields=["language", "catalogue", "key"], name="diptych_text_change_key")
        ]

    def __str__(self):
        return f"{self.language}: {self.source}"

    @property
    def text_before(self):
        """The forms in one line; empty where there was no translation."""
        return " / ".join(filter(None, self.before))


class UnconfirmedText(models.Model):
    """A translation by a machine or from a file, which readers do not see before it is confirmed.

    The catalogue keeps its text until somebody saves this one, as it is or changed.
    """

    ORIGIN_LENGTH = 150

    language = models.CharField(_("language"), max_length=12)
    catalogue = models.PositiveSmallIntegerField(_("catalogue"))
    key = models.CharField(_("key"), max_length=24)
    #: One, or one for each plural form.
    forms = models.JSONField(_("text"))
    #: The machine or the file.
    origin = models.CharField(_("origin"), max_length=ORIGIN_LENGTH)
    proposed_at = models.DateTimeField(_("date"), auto_now=True)

    class Meta:
        verbose_name = _("site text to be confirmed")
        verbose_name_plural = _("site texts to be confirmed")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["language", "catalogue", "key"], name="diptych_unconfirmed_text"
            )
        ]

    def __str__(self):
        return f"{self.language}: {' / '.join(self.forms)}"
