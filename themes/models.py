from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.images import get_image_model_string
from wagtail.models import PreviewableMixin

from themes.accents import unreadable
from themes.panels import appearance_handler
from themes.registry import DEFAULT, theme_called, theme_choices

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
class AppearanceSettings(PreviewableMixin, BaseSiteSetting):
    """How the journal of a site looks: its theme, its colour, its logo, its typography."""

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

    #: The settings of the journal come along: every page needs both.
    select_related = ("logo", "logo_dark", "site__journalsettings")

    #: While editors preview one mode, ``light`` or ``dark``; readers get what they prefer.
    shown_mode = ""

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")

    edit_handler = appearance_handler()

    def clean(self):
        """Refuse a colour that cannot be read on the grounds of the theme it is chosen for."""
        super().clean()
        chosen = {"light": self.accent_light, "dark": self.accent_dark}
        colours = {mode: colour for mode, colour in chosen.items() if is_colour(colour)}
        if faults := unreadable(theme_called(self.theme), **colours):
            raise ValidationError(faults)

    def get_full_url(self):
        return self.site.root_url

    full_url = property(get_full_url)

    @property
    def preview_modes(self):
        from themes.previews import preview_modes

        return preview_modes()

    def serve_preview(self, request, mode_name):
        from themes.previews import serve_preview

        return serve_preview(self, request, mode_name)
