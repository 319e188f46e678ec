from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from articles.blocks.other import SocialLinkBlock
from articles.fields import StreamField
from articles.panels import journal_settings_handler


@register_setting(icon="doc-full")
class JournalSettings(BaseSiteSetting):
    """What the journal says of itself on every page of a site, in each language."""

    name = models.CharField(_("name of the journal"), max_length=100, blank=True)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    footer_text = models.TextField(_("text at the foot of the pages"), blank=True)

    outdated_notice = models.BooleanField(
        _("say when an original has changed"),
        default=True,
        help_text=_("A line on translations whose original was modified after them."),
    )
    social_links = StreamField(
        [("link", SocialLinkBlock())], blank=True, verbose_name=_("elsewhere")
    )

    class Meta:
        verbose_name = _("journal")
        verbose_name_plural = _("journals")

    edit_handler = journal_settings_handler()
