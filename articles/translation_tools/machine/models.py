"""Machine drafts, and the texts that were sent for them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MachineDraftQuerySet(models.QuerySet):
    def under_way(self):
        """Those that wait or run; what nothing takes up any more is left out."""
        states = (MachineDraft.State.WAITING, MachineDraft.State.RUNNING)
        return self.filter(state__in=states, started_at__gt=timezone.now() - MachineDraft.TRIED)

    def taken(self):
        """Those of which something was taken and not taken back."""
        return self.exclude(before={}).exclude(state=MachineDraft.State.UNDONE)

    def broken_off(self):
        """Those that run without a sign of life, as after a restart of the server."""
        silent = timezone.now() - MachineDraft.SILENCE
        return self.filter(state=MachineDraft.State.RUNNING, heard_at__lt=silent)

    def left_waiting(self):
        """Those that should have begun by now."""
        now = timezone.now()
        late = Q(not_before=None, heard_at__lte=now - MachineDraft.PATIENCE)
        return self.filter(state=MachineDraft.State.WAITING).filter(late | Q(not_before__lte=now))


class MachineDraft(models.Model):
    """The texts that were given to a machine together: of a page, a catalogue or some images."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped by an error")
        UNDONE = "undone", _("taken back")

    #: Without a sign of life for so long, it was broken off; a request takes ten seconds at most.
    SILENCE = timedelta(minutes=2)
    #: Waiting for so long, the timer queues it once more.
    PATIENCE = timedelta(minutes=1)
    #: After so long, it is in nobody's way.
    TRIED = timedelta(days=1)

    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("page"),
    )
    #: The number of the catalogue; where there is neither that nor a page, its texts name images.
    catalogue = models.PositiveSmallIntegerField(null=True)
    language = models.CharField(_("language"), max_length=20)
    source_language = models.CharField(max_length=20)
    #: The name of the machine.
    engine = models.CharField(_("machine"), max_length=100)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    #: When it last gave a sign of life.
    heard_at = models.DateTimeField(default=timezone.now)
    #: The time before which the machine wants no request.
    not_before = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: Which task runs it; another one may have taken over.
    claim = models.UUIDField(null=True)
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.WAITING
    )
    #: Whether it starts the translation, with the blocks of the source.
    is_start = models.BooleanField(default=False)
    error = models.TextField(blank=True)
    #: By the key of each unit that was written: what stood there before, see ``undoing``; of a site
    #: text the digest of what waits to be confirmed, of a text of an image that itself.
    before = models.JSONField(default=dict)

    objects = MachineDraftQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("machine draft")
        verbose_name_plural = _("machine drafts")
        ordering = ["-started_at", "-pk"]
        default_permissions = ()
        permissions = [("send_to_machine", _("May send texts to a machine"))]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language"],
                condition=Q(state__in=["waiting", "running"]),
                name="diptych_one_machine_draft",
            ),
            models.UniqueConstraint(
                fields=["catalogue", "language"],
                condition=Q(state__in=["waiting", "running"]),
                name="diptych_one_draft_of_texts",
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_under_way(self):
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def counts(self):
        """How many of its texts are in each state."""
        found = self.texts.order_by().values_list("state").annotate(models.Count("pk"))
        return dict.fromkeys(MachineText.State.values, 0) | dict(found)


class MachineText(models.Model):
    """One passage that is sent to a machine, once, and its answer."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        #: It was sent, or is being sent.
        SENT = "sent", _("sent")
        ANSWERED = "answered", _("answered")
        TAKEN = "taken", _("taken")
        FAILED = "failed", _("failed")

    draft = models.ForeignKey(MachineDraft, on_delete=models.CASCADE, related_name="texts")
    #: The name of the segment, see ``exporting.entry_id``.
    entry = models.CharField(max_length=255)
    #: The unit it stands in, and its name for people.
    key = models.CharField(max_length=255)
    label = models.CharField(max_length=255)
    #: What is sent, see ``diptych.articles.translation_tools.machine.interface.Text``.
    text = models.JSONField()
    #: The hash of all that decides about the answer.
    digest = models.CharField(max_length=64)
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.WAITING
    )
    answer = models.TextField(blank=True)
    #: Why there is no translation.
    reason = models.TextField(blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("text of a machine draft")
        verbose_name_plural = _("texts of machine drafts")
        ordering = ["pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["digest"], name="diptych_machine_digest")]

    def __str__(self):
        return self.label
