"""Newsletters, subscriptions, issues and the deliveries of each mail."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Count, Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, Site

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.newsletter.mail_limits import MailRequest

#: How long a confirmation link is valid and an unconfirmed subscription is stored.
CONFIRMABLE = timedelta(days=3)
#: Fields disclosed to subscribers who ask for their data.
EXPORTED = (
    "newsletter__name",
    "newsletter__language",
    *("address", "requested_at", "confirmed_at", "bounced_at"),
)

#: Fields of an issue that editors write; the others hold the progress of sending.
WRITTEN = ("newsletter", "subject", "introduction", "most", "articles")

_open = TaggedCache()


class NewsletterQuerySet(models.QuerySet):
    def open_for(self, site, language):
        """The newsletter that readers of ``site`` may sign up for, or ``None``; kept in memory.

        A site that has a host for each language has one row for each, which start at one page.
        """
        if site is None:
            return None
        key = {"site__root_page": site.root_page_id, "language": language}
        return _open.get(
            tuple(key.values()),
            ["settings"],
            lambda: self.filter(is_open=True, **key).order_by("pk").first(),
        )

    def with_counts(self):
        """Annotate ``subscriber_count``, the number of confirmed subscribers."""
        gets_it = Q(subscriptions__confirmed_at__isnull=False, subscriptions__bounced_at=None)
        return self.annotate(subscriber_count=Count("subscriptions", filter=gets_it))


class Newsletter(models.Model):
    """The newsletter of a site in one language."""

    #: ``migrate`` does not drop the table while it has rows.
    kept_with_rows = True

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(_("language"), max_length=12)
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(
        _("what readers get"),
        blank=True,
        help_text=_("One or two sentences at the form: what is in it, and how often it comes."),
    )
    sender_name = models.CharField(
        _("name of the sender"),
        max_length=100,
        blank=True,
        help_text=_("If it is not the name of the newsletter."),
    )
    sender_address = models.EmailField(
        _("address of the sender"),
        blank=True,
        help_text=_("Answers come here. If empty, the address from which the site writes."),
    )
    imprint = models.TextField(
        _("imprint"),
        blank=True,
        help_text=_("Below each issue: who publishes it, with a postal address."),
    )
    is_open = models.BooleanField(
        _("readers can sign up"),
        default=True,
        help_text=_("Otherwise only those who have signed up already get it."),
    )

    objects = NewsletterQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("newsletter")
        verbose_name_plural = _("newsletters")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "language"],
                name="diptych_newsletter_once",
                violation_error_message=_("The site has a newsletter in this language already."),
            )
        ]

    def __str__(self):
        return self.name

    def cache_tags(self):
        """Tags for the cache: every page may show an invitation to the newsletter."""
        return ["settings"]


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self):
        """Those who get the newsletter."""
        return self.filter(confirmed_at__isnull=False, bounced_at=None)

    def expired(self):
        """Subscriptions whose confirmation link has expired."""
        return self.filter(confirmed_at=None, requested_at__lt=now() - CONFIRMABLE)

    def unanswered(self):
        """Those whose request is still to be answered by mail, the oldest first."""
        found = self.filter(mail_due_at__lte=now(), requested_at__gt=now() - CONFIRMABLE)
        return found.order_by("mail_due_at", "pk")

    def with_address(self, address):
        """Subscriptions of one e-mail address, compared case-insensitively."""
        return self.filter(address=address.strip().lower())

    def exported(self):
        """The stored data of these subscribers, as a list of dictionaries."""
        return list(self.order_by("pk").values(*EXPORTED))


class Subscription(models.Model):
    """An address that gets a newsletter once it is confirmed. Unsubscribing deletes the row."""

    #: ``migrate`` does not drop the table while it has rows.
    kept_with_rows = True

    newsletter = models.ForeignKey(
        Newsletter,
        on_delete=models.CASCADE,
        related_name="subscriptions",
        verbose_name=_("newsletter"),
    )
    #: In small letters.
    address = models.EmailField(_("e-mail address"))
    #: Identifies the subscription in links.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    requested_at = models.DateTimeField(_("requested at"), default=now)
    #: When the mail that answers the request is to be sent, or tried again; empty once it is sent.
    mail_due_at = models.DateTimeField(null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    #: When a mail service reported that mails to the address bounce.
    bounced_at = models.DateTimeField(_("bounced at"), null=True)

    objects = SubscriptionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("newsletter address")
        verbose_name_plural = _("newsletter addresses")
        ordering = ["address", "pk"]
        default_permissions = ("view", "delete")
        constraints = [
            models.UniqueConstraint(
                fields=["newsletter", "address"], name="diptych_newsletter_address_once"
            )
        ]

    def __str__(self):
        # Not the address, as this may be written to a log.
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def gets_it(self):
        return self.confirmed_at is not None and self.bounced_at is None


class IssueQuerySet(models.QuerySet):
    def under_way(self):
        """Those that are to be sent now: begun and not stopped, or due."""
        due = Q(state=Issue.State.SCHEDULED, send_at__lte=now())
        return self.filter(due | Q(state=Issue.State.SENDING)).order_by("send_at", "pk")

    def move(self, issue, states, state, **values):
        """Set the state of ``issue`` if it is one of ``states``; returns whether it was."""
        found = self.filter(pk=issue.pk, state__in=states)
        moved = bool(found.update(state=state, **values))
        issue.refresh_from_db()
        return moved


class Issue(ClusterableModel):
    """One mail to all addresses of a newsletter, and how far it has been sent."""

    #: ``migrate`` does not drop the table while it has rows.
    kept_with_rows = True

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        SENDING = "sending", _("being sent")
        STOPPED = "stopped", _("stopped")
        SENT = "sent", _("sent")

    newsletter = models.ForeignKey(
        Newsletter,
        on_delete=models.CASCADE,
        related_name="issues",
        verbose_name=_("newsletter"),
    )
    subject = models.CharField(_("subject"), max_length=150)
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("A blank line begins a new paragraph.")
    )
    most = models.PositiveSmallIntegerField(
        _("how many of the newest"),
        default=8,
        help_text=_("Used where no articles are chosen: so many since the issue before, at most."),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.DRAFT, editable=False
    )
    send_at = models.DateTimeField(_("to be sent at"), null=True, editable=False)
    started_at = models.DateTimeField(_("begun"), null=True, editable=False)
    finished_at = models.DateTimeField(_("sent"), null=True, editable=False)
    #: The error that stops sending, as text.
    error = models.TextField(blank=True, editable=False)

    objects = IssueQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletter issues")
        ordering = ["-pk"]
        permissions = [("send_issue", _("Can send newsletter issues"))]

    def __str__(self):
        return self.subject

    @property
    def language(self):
        return self.newsletter.language

    def save(self, *args, update_fields=None, **kwargs):
        """Save only the editors' fields of a stored issue: its state is changed concurrently by
        :meth:`IssueQuerySet.move`."""
        if update_fields is None and not self._state.adding:
            update_fields = WRITTEN
        super().save(*args, update_fields=update_fields, **kwargs)

    @property
    def is_editable(self):
        """Whether no mail of it has been sent."""
        return self.state in (self.State.DRAFT, self.State.SCHEDULED)


class IssueArticle(Orderable):
    """An article of an issue: chosen by an editor, or one of the newest when it was sent."""

    issue = ParentalKey(Issue, on_delete=models.CASCADE, related_name="articles")
    article = models.ForeignKey(
        "diptych.ArticlePage",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("article"),
    )

    wagtail_reference_index_ignore = True

    class Meta(Orderable.Meta):
        verbose_name = _("article of an issue")
        verbose_name_plural = _("articles of issues")
        default_permissions = ()


class DeliveryQuerySet(models.QuerySet):
    def waiting(self):
        """Issues due to be sent now, oldest first."""
        found = self.filter(state=Delivery.State.WAITING)
        return found.filter(Q(due_at=None) | Q(due_at__lte=now())).order_by("pk")

    def counts(self):
        """How many are in each state, by state."""
        counted = self.order_by().values_list("state").annotate(Count("pk"))
        return {**dict.fromkeys(Delivery.State.values, 0), **dict(counted)}

    def claim(self, pk):
        """Claim a mail before it is sent; returns whether no other process had."""
        found = self.filter(pk=pk, state=Delivery.State.WAITING)
        return bool(found.update(state=Delivery.State.SENDING, claimed_at=now()))


class Delivery(models.Model):
    """The mail of an issue to one subscription.

    It is marked before it is sent and afterwards, so that it is never sent twice: one that was
    marked only before may have arrived.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("in flight")
        SENT = "sent", _("taken by the mail server")
        REFUSED = "refused", _("refused")
        UNKNOWN = "unknown", _("interrupted: it may have arrived")
        LEFT = "left", _("unsubscribed before")

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="deliveries")
    #: ``None`` after unsubscribing; the row then contains no personal data.
    subscription = models.ForeignKey(
        Subscription, on_delete=models.SET_NULL, null=True, related_name="deliveries"
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    #: When it is tried again, after the mail server has put it off.
    due_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    #: The answer of the mail server, without the address.
    error = models.TextField(blank=True)

    objects = DeliveryQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("newsletter mail")
        verbose_name_plural = _("newsletter mails")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "subscription"], name="diptych_newsletter_mail_once"
            )
        ]
        indexes = [models.Index(fields=["issue", "state"], name="diptych_newsletter_mails")]

    def __str__(self):
        return f"{self.issue_id}: {self.pk} {self.state}"


class SignUpRequest(MailRequest):
    """A request to confirm an address, counted for an hour."""

    class Meta:
        verbose_name = _("request for a newsletter")
        verbose_name_plural = _("requests for a newsletter")
        default_permissions = ()
