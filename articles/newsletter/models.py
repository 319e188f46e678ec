"""Newsletters and the addresses that they are sent to."""

import uuid
from datetime import timedelta

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from articles.caching.kept import KeptValues
from articles.newsletter.limits import MailRequest

#: How long the link of a confirmation mail holds, and an address is kept that nobody confirms.
CONFIRMABLE = timedelta(days=3)
#: What is told to somebody who asks what is stored about their address.
EXPORTED = (
    "newsletter__name",
    "newsletter__language",
    *("address", "requested_at", "confirmed_at", "bounced_at"),
)

_open = KeptValues()


class NewsletterQuerySet(models.QuerySet):
    def open_for(self, site, language):
        """The newsletter that readers of ``site`` may sign up for, or ``None``; kept in memory.

        A site that has a host for each language has one row for each, which start at one page.
        """
        if site is None:
            return None
        found = self.filter(site__root_page=site.root_page_id, language=language, is_open=True)
        return _open.get((site.root_page_id, language), ["settings"], found.order_by("pk").first)

    def with_counts(self):
        """Annotate ``subscriber_count``: how many addresses get it."""
        gets_it = models.Q(subscriptions__confirmed_at__isnull=False)
        gets_it &= models.Q(subscriptions__bounced_at=None)
        return self.annotate(subscriber_count=models.Count("subscriptions", filter=gets_it))


class Newsletter(models.Model):
    """The newsletter of a site in one language."""

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
        """What shows it to readers: every page may invite to it."""
        return ["settings"]


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self):
        """Those who get the newsletter."""
        return self.filter(confirmed_at__isnull=False, bounced_at=None)

    def expired(self):
        """Those that nobody can confirm any more."""
        return self.filter(confirmed_at=None, requested_at__lt=now() - CONFIRMABLE)

    def with_address(self, address):
        """Those of one address, in whichever letters it is typed."""
        return self.filter(address=address.strip().lower())

    def exported(self):
        """What is stored about these addresses, as a list of dictionaries."""
        return list(self.order_by("pk").values(*EXPORTED))


class Subscription(models.Model):
    """An address that gets a newsletter once it is confirmed. Unsubscribing deletes the row."""

    newsletter = models.ForeignKey(
        Newsletter,
        on_delete=models.CASCADE,
        related_name="subscriptions",
        verbose_name=_("newsletter"),
    )
    #: In small letters.
    address = models.EmailField(_("e-mail address"))
    #: What links name it by.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    requested_at = models.DateTimeField(_("requested at"), default=now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    #: When a mail service said that nothing reaches the address.
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
        # Never the address: what is printed may end up in a log.
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def gets_it(self):
        return self.confirmed_at is not None and self.bounced_at is None


class SignUpRequest(MailRequest):
    """A request to confirm an address, counted for an hour."""

    class Meta:
        verbose_name = _("request for a newsletter")
        verbose_name_plural = _("requests for a newsletter")
        default_permissions = ()
