"""Records of imported objects and their sources, so that an import can be repeated."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ImportedItem(models.Model):
    """One item of a source, in one language, and the object that was made of it.

    It is written in the transaction that makes or changes the object. The object may have been
    deleted since: ``target`` is ``None`` then, and importing leaves it so.
    """

    source = models.CharField(
        _("source"), max_length=255, help_text=_("Such as “wordpress:2:example.org”.")
    )
    #: "post", "page", "author", "topic", "series", "image", "document", …
    kind = models.CharField(_("type"), max_length=40)
    #: Its identifier in the source: a number, a login, a path.
    key = models.CharField(_("key"), max_length=255)
    #: Empty where the item has none, as an image.
    language = models.CharField(_("language"), max_length=12, blank=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=64)
    target = GenericForeignKey("content_type", "object_id")
    #: Fingerprint of the source when it was last imported.
    source_fingerprint = models.CharField(max_length=64, blank=True)
    #: Fingerprint of the stored object then; it differs once a user has changed the object.
    stored_fingerprint = models.CharField(max_length=64, blank=True)
    #: Whether links in it wait for items that had not been imported then.
    waits_for_links = models.BooleanField(default=False)
    #: The values of the item for fields that all languages of a page share, by name.
    shared = models.JSONField(default=dict, blank=True)
    #: Why the editor would not publish it; it was published as it was.
    imported_as_it_was = models.JSONField(_("imported as it was"), default=list, blank=True)
    imported_at = models.DateTimeField(_("imported"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "key", "language"], name="diptych_imported_once"
            )
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id"], name="diptych_imported_object"),
            models.Index(
                fields=["source"],
                condition=models.Q(waits_for_links=True),
                name="diptych_imported_waiting",
            ),
        ]

    def __str__(self):
        return f"{self.source} {self.kind} {self.key} {self.language}".strip()


class ImportRunQuerySet(models.QuerySet):
    def left_waiting(self):
        """Those that should have begun by now, and are not given up yet."""
        now = timezone.now()
        waiting = self.filter(state=ImportRun.State.WAITING)
        return waiting.filter(
            heard_at__lte=now - ImportRun.PATIENCE, heard_at__gt=now - ImportRun.SILENCE
        )

    def wait_on(self):
        """Have those that could not be queued wait on, but no longer than a day."""
        now = timezone.now()
        waiting = self.filter(state=ImportRun.State.WAITING)
        waiting.filter(started_at__gt=now - ImportRun.TRIED).update(heard_at=now)


class ImportRun(models.Model):
    """One import that was started in the admin: its options, how far it is, and its report."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped by an error")

    #: Without a sign of life for so long, it was interrupted, as by a restart of the server.
    SILENCE = timedelta(minutes=10)
    #: Waiting for so long, it is queued once more by a timer, as it may have got lost.
    PATIENCE = timedelta(minutes=1)
    #: While it cannot be queued, it is tried again for so long.
    TRIED = timedelta(days=1)

    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    #: When it last stored its progress.
    heard_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.WAITING
    )
    is_dry = models.BooleanField(_("try only"), default=True)
    #: The options from ``diptych.articles.transfer.admin.forms.ImportForm``.
    options = models.JSONField(default=dict)
    step = models.CharField(max_length=255, blank=True)
    number = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    error = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    #: JSON, as ``Report.as_dict`` gives it; a text, as PostgreSQL takes no U+0000 in JSON.
    report = models.TextField(blank=True)

    objects = ImportRunQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-started_at", "-pk"]
        default_permissions = ()
        permissions = [("import_archive", _("Can import an archive"))]

    def __str__(self):
        return f"{self.pk} {self.state}"

    @classmethod
    def begin(cls, **values):
        """``(run, None)`` with a new run, or ``(None, other)`` while another one is under way.

        Runs that were interrupted are marked as stopped.
        """
        begun = cls.objects.filter(state__in=[cls.State.WAITING, cls.State.RUNNING])
        with transaction.atomic():
            # The first statement writes: on SQLite, others wait from here on.
            begun.filter(heard_at__lt=timezone.now() - cls.SILENCE).update(
                state=cls.State.STOPPED,
                error=gettext(
                    "It was interrupted, perhaps by a restart of the server. What is imported "
                    "stays; import again to go on."
                ),
            )
            own_type = ContentType.objects.get_for_model(cls)
            ContentType.objects.select_for_update(no_key=True).get(pk=own_type.pk)
            other = begun.defer("report").first()
            return (None, other) if other else (cls.objects.create(**values), None)

    @property
    def is_under_way(self):
        return self.state in (self.State.WAITING, self.State.RUNNING) and not self.is_silent

    @property
    def is_silent(self):
        """Whether it was interrupted."""
        begun = self.state in (self.State.WAITING, self.State.RUNNING)
        return begun and timezone.now() - self.heard_at > self.SILENCE

    @property
    def percent(self):
        """How much of this step is done, from 0 to 100; ``None`` if it is not known."""
        return min(100, self.number * 100 // self.total) if self.total else None
