"""Links to the draft of a page in one language."""

from secrets import token_urlsafe

import swapper
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def _draft_link_signer():
    """Signs the keys of links to drafts; a dot is neither in a key nor in a slug."""
    return Signer(salt="diptych.draft_link", sep=".")


class DraftLinkQuerySet(models.QuerySet):
    def with_token(self, token):
        """The links with this token: one, or none. Signatures are compared in constant time."""
        try:
            return self.filter(key=_draft_link_signer().unsign(token))
        except BadSignature:
            return self.none()

    def unexpired(self):
        return self.filter(expires_at__gt=timezone.now())

    def expired(self):
        return self.filter(expires_at__lte=timezone.now())


class DraftLink(models.Model):
    """A link with which anybody can read the newest draft of a page in one language for some days.

    Its token is the ``key`` signed with the secret key of the site: editors can be shown it again,
    and the database alone opens no draft. A link is revoked by deleting its row.
    """

    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"),
        on_delete=models.CASCADE,
        related_name="draft_links",
        verbose_name=_("page"),
    )
    language = models.CharField(_("language"), max_length=12)
    key = models.CharField(max_length=64, unique=True, default=token_urlsafe, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("made by"),
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"), db_index=True)

    objects = DraftLinkQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("link to a draft")
        verbose_name_plural = _("links to drafts")

    def __str__(self):
        return f"{self.page_id} ({self.language}): {self.expires_at:%Y-%m-%d %H:%M}"

    @property
    def token(self):
        return _draft_link_signer().sign(self.key)
