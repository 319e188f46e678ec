from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.images import get_image_model_string

from diptych.articles.blocks.choices import PageChooserBlock
from diptych.articles.blocks.other import SocialLinkBlock
from diptych.articles.caching.tagged_cache import CachedSettingMixin
from diptych.articles.images.illustrated import AltChecks
from diptych.articles.languages.admin.editor.forms import LanguageSettingsForm
from diptych.articles.models.panels import journal_settings_handler
from diptych.articles.recordings.podcasts import CATEGORIES, validate_cover
from diptych.articles.richtext.fields import SeveralField, StreamField

#: Articles suggested below one, at most.
MAX_RELATED = 12
#: The choices of sharing links; the theme makes the addresses.
SHARE_LINKS = (
    ("mail", _("E-mail")),
    ("whatsapp", "WhatsApp"),
    ("telegram", "Telegram"),
    ("bluesky", "Bluesky"),
    ("linkedin", "LinkedIn"),
    ("facebook", "Facebook"),
    ("reddit", "Reddit"),
    ("x", "X"),
)


def default_share_links():
    return ["mail", "whatsapp", "bluesky", "linkedin"]


#: Where articles are named that are live in other languages only.
UNTRANSLATED_ON = (("topics", _("On the page of a topic")), ("home", _("On the front page")))


def default_untranslated_on():
    return ["topics"]


@register_setting(icon="doc-full")
class JournalSettings(CachedSettingMixin, BaseSiteSetting):
    """Settings of the journal of one site, with its texts in each language."""

    name = models.CharField(_("name of the journal"), max_length=100, blank=True)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    footer_text = models.TextField(_("text at the foot of the pages"), blank=True)

    outdated_notice = models.BooleanField(
        _("say when an original has changed"),
        default=True,
        help_text=_("A line on translations whose original was modified after them."),
    )
    share_links = SeveralField(
        _("links for sharing an article"),
        kinds=SHARE_LINKS,
        default=default_share_links,
        blank=True,
        help_text=_(
            "Plain links: none of these sites learns anything about a reader until its link is "
            "followed."
        ),
    )
    social_links = StreamField(
        [("link", SocialLinkBlock())], blank=True, verbose_name=_("elsewhere")
    )

    menu_topics = StreamField(
        [("topic", PageChooserBlock("diptych.TopicPage", label=_("Topic")))],
        blank=True,
        verbose_name=_("topics in the navigation"),
        help_text=_(
            "In this order, in the languages in which they are live. If there are none, the topics "
            "with most articles stand there; the others are listed by “All topics”."
        ),
    )
    legal_page = models.ForeignKey(
        "diptych.StandardPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("legal notice"),
        help_text=_("Named at the foot of each page, in the languages in which it is live."),
    )
    contact_email = models.EmailField(
        _("address to write to"),
        blank=True,
        help_text=_("Named at the foot of each page, so that readers can write to the journal."),
    )

    related_count = models.PositiveSmallIntegerField(
        _("number of related articles"),
        default=3,
        validators=[MaxValueValidator(MAX_RELATED)],
        help_text=_("Suggested below each article. None if 0."),
    )
    untranslated_on = SeveralField(
        _("name articles in other languages"),
        kinds=UNTRANSLATED_ON,
        default=default_untranslated_on,
        blank=True,
        help_text=_("The newest articles that readers cannot read in the language of the page."),
    )
    errors_email = models.EmailField(
        _("address for errors"),
        blank=True,
        help_text=_("Below each article, readers are asked to report errors to it by e-mail."),
    )
    licence = models.CharField(
        _("licence of the articles"),
        max_length=100,
        blank=True,
        help_text=_("Such as CC BY 4.0. Readers are then told how to republish an article."),
    )
    licence_url = models.URLField(_("address of the licence"), blank=True)
    has_recordings = models.BooleanField(
        _("articles can be heard"),
        default=False,
        help_text=_(
            "An article may have a recording in each language, which readers play above its text."
        ),
    )
    podcast_cover = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        validators=[validate_cover],
        verbose_name=_("cover of the podcast"),
        help_text=_(
            "A square JPEG or PNG of 1400 to 3000 pixels, without which Apple lists no podcast."
        ),
    )
    podcast_category = models.CharField(
        _("category of the podcast"),
        max_length=40,
        choices=CATEGORIES,
        default="News",
        blank=True,
        help_text=_("Where directories list the articles that can be heard."),
    )
    alt_checks = models.CharField(
        _("doubtful alternative texts"),
        max_length=10,
        choices=AltChecks.choices,
        default=AltChecks.WARN,
        help_text=_(
            "The name of a file, a machine’s description, another language, a repeated caption… "
            "A picture without any alternative text is never published."
        ),
    )

    class Meta:
        verbose_name = _("journal")
        verbose_name_plural = _("journals")

    edit_handler = journal_settings_handler()
    base_form_class = LanguageSettingsForm

    def names_untranslated(self, place):
        """Whether articles in other languages are named at ``place``, of ``UNTRANSLATED_ON``."""
        return place in (self.untranslated_on or ())

    @property
    def menu_topic_ids(self):
        """The ids of the topics chosen for the navigation, in order; without a query."""
        return [each["value"] for each in self.menu_topics.raw_data] if self.menu_topics else []

    def name_of(self, site):
        """The name of the journal in the active language, else that of its site."""
        return self.name or site.site_name or site.hostname
