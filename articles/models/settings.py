from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from articles.panels import journal_settings_handler


@register_setting(icon="doc-full")
class JournalSettings(ClusterableModel, BaseSiteSetting):
    """What the journal says of itself on every page of a site, in each language."""

    name = models.CharField(_("name of the journal"), max_length=100, blank=True)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    footer_text = models.TextField(_("text at the foot of the pages"), blank=True)

    class Meta:
        verbose_name = _("journal")
        verbose_name_plural = _("journals")

    edit_handler = journal_settings_handler()


class SocialLink(Orderable):
    """An address of the journal elsewhere."""

    journal = ParentalKey(JournalSettings, on_delete=models.CASCADE, related_name="social_links")
    label = models.CharField(_("label"), max_length=50)
    url = models.URLField(_("address"))

    class Meta(Orderable.Meta):
        verbose_name = _("social link")
        verbose_name_plural = _("social links")

    def __str__(self):
        return self.label
