"""Signed links for mails; a token contains the subscription and the purpose, not the address."""

from uuid import UUID

from django.core.signing import BadSignature, Signer, TimestampSigner
from django.urls import reverse
from django.utils.translation import override

from diptych.articles.languages.routes.hosts import root_in
from diptych.articles.languages.routes.public_urls import root_of
from diptych.articles.newsletter.models import CONFIRMABLE, Subscription

# No colon, at which some mail programs end a link.
_confirming = TimestampSigner(salt="diptych.newsletter.confirm", sep=".")
_unsubscribing = Signer(salt="diptych.newsletter.unsubscribe", sep=".")


def confirmation_url(subscription):
    """The absolute address at which the subscription is confirmed, for three days."""
    token = _confirming.sign(subscription.key.hex)
    return absolute_address(subscription.newsletter, "diptych_newsletter_confirm", token)


def unsubscribe_url(subscription):
    """The absolute address at which the subscription is ended, for as long as it lasts."""
    token = _unsubscribing.sign(subscription.key.hex)
    return absolute_address(subscription.newsletter, "diptych_newsletter_unsubscribe", token)


def to_confirm(token):
    """The subscription of a link that still holds, or ``None``."""
    try:
        key = _confirming.unsign(token, max_age=CONFIRMABLE)
    except BadSignature:
        return None
    return _of(key).first()


def to_unsubscribe(token):
    """The subscriptions of the link, one or none any more; ``None`` for a link that is not ours."""
    try:
        return _of(_unsubscribing.unsign(token))
    except BadSignature:
        return None


def _of(key):
    return Subscription.objects.filter(key=UUID(key)).select_related("newsletter__site")


def absolute_address(newsletter, name, *arguments):
    """The address of the view ``name`` in the language of ``newsletter``, on its site."""
    with override(newsletter.language):
        path = reverse(name, args=arguments)
    root = root_of(newsletter.site)
    start = root_in(newsletter.language, root).root_url if root else newsletter.site.root_url
    return f"{start}{path}"
