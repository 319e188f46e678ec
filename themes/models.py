from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.images import get_image_model_string
from wagtail.models import PreviewableMixin

from diptych.articles.caching.tagged_cache import CachedSettingMixin
from diptych.articles.languages.config.language_config import available_languages, language_name
from diptych.articles.languages.config.wagtail_compat import set_site
from diptych.articles.models import ArticlePage, HomePage
from diptych.themes.look.accents import accent_errors
from diptych.themes.look.panels import appearance_handler
from diptych.themes.look.registry import DEFAULT, get_theme, theme_choices
from diptych.themes.look.tokens import MODES

HEXADECIMAL = RegexValidator(
    r"^#[0-9a-fA-F]{6}\Z",
    _("A colour is a number sign and six digits from 0 to f, such as #9b1b30."),
)


def is_colour(text):
    return bool(HEXADECIMAL.regex.search(text or ""))


def _colour(verbose_name, help_text):
    return models.CharField(
        verbose_name, max_length=7, blank=True, validators=[HEXADECIMAL], help_text=help_text
    )


def _logo(verbose_name, help_text):
    return models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=verbose_name,
        help_text=help_text,
    )


@register_setting(icon="desktop")
class AppearanceSettings(CachedSettingMixin, PreviewableMixin, BaseSiteSetting):
    """The theme, accent colours, logo and typography of a site."""

    theme = models.CharField(_("theme"), max_length=50, choices=theme_choices, default=DEFAULT)
    accent_light = _colour(
        _("accent colour on a light background"),
        _("Six digits from 0 to f. The theme’s own colour when left empty."),
    )
    accent_dark = _colour(
        _("accent colour on a dark background"),
        _("When left empty, the other colour, made lighter until it can be read."),
    )
    logo = _logo(
        _("logo"),
        _("The name of the journal when left empty."),
    )
    logo_dark = _logo(
        _("logo on a dark background"),
        _("The same logo when left empty."),
    )
    icon = _logo(
        _("icon"),
        _("A square picture of at least 512 pixels. The icon of the theme when left empty."),
    )

    french_typography = models.CharField(
        _("typography of French"),
        max_length=5,
        choices=[("fr-FR", _("France")), ("fr-CH", _("Switzerland"))],
        default="fr-FR",
        help_text=_(
            "The spaces before punctuation, and the quotation marks within others. It is applied "
            "when a page is shown; texts stay as they were typed."
        ),
    )

    guillemet_space = models.CharField(
        _("space inside guillemets"),
        max_length=6,
        choices=[
            ("narrow", _("Narrow no-break space")),
            ("word", _("No-break space, as wide as between words")),
        ],
        default="narrow",
        help_text=_(
            "The Imprimerie nationale sets the wide one; most journals on the web, the narrow."
        ),
    )

    select_related = ("logo", "logo_dark", "icon")

    #: The colour mode of a preview, ``light`` or ``dark``; empty for readers.
    preview_mode = ""

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")

    edit_handler = appearance_handler()

    def cache_tags(self):
        return {"theme"}

    def clean(self):
        """Reject accents with insufficient contrast on the backgrounds of the theme."""
        super().clean()
        chosen = {"light": self.accent_light, "dark": self.accent_dark}
        colours = {mode: colour for mode, colour in chosen.items() if is_colour(colour)}
        if faults := accent_errors(get_theme(self.theme), **colours):
            raise ValidationError(faults)

    def get_full_url(self):
        return self.site.root_url

    full_url = property(get_full_url)

    @property
    def preview_modes(self):
        """``(name, label)`` for each kind of page, language and colour mode."""
        pages = {"front": _("Front page"), "article": _("Article")}
        modes = {"light": _("light mode"), "dark": _("dark mode")}
        return [
            (
                f"{page}:{mode}:{language}",
                f"{pages[page]}, {modes[mode]} ({language_name(language)})",
            )
            for language in available_languages()
            for page in pages
            for mode in MODES
        ]

    def serve_preview(self, request, mode_name):
        """A page of the site, rendered with these unsaved settings.

        ``mode_name`` is one of ``preview_modes``; an unknown name gives the first.
        """
        names = [name for name, _label in self.preview_modes]
        page_name, mode, language = (mode_name if mode_name in names else names[0]).split(":")
        self.preview_mode = mode
        # The host of a preview request is the admin's, which may be that of another site.
        set_site(request, self.site)
        page = self._previewed_page(page_name, language)
        if page is not None:
            return page.serve_preview(request, language)
        with override(language):
            return TemplateResponse(request, "diptych/no_page.html").render()

    def _previewed_page(self, name, language):
        """The newest visible article or the front page; ``None`` if neither is visible."""
        home = self.site.root_page
        if name == "article":
            with override(language):
                below = ArticlePage.objects.descendant_of(home).visible_in(language)
                if article := below.newest_first().first():
                    return article
        return HomePage.objects.filter(pk=home.pk).visible_in(language).first()
