from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemesConfig(AppConfig):
    """The appearance of the journal: templates, stylesheets and renditions of images."""

    name = "themes"
    label = "diptych_themes"
    verbose_name = _("Themes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from articles.images.pictures import register_parts
        from themes import checks, signal_handlers
        from themes.logos import LOGO, LOGO_SPEC
        from themes.registry import register_theme
        from themes.rendition_specs import specs_of_parts

        for theme in built_in_themes():
            register_theme(theme)
        register_parts({**specs_of_parts(), LOGO: [LOGO_SPEC]})
        signal_handlers.connect()
        checks.register_checks()


def built_in_themes():
    """The themes that are part of the plugin."""
    from themes.registry import Theme

    return (
        Theme(
            "gazette",
            _("Gazette"),
            "diptych/themes/gazette.css",
            _("Warm paper, brown ink and carmine; an old-style serif."),
        ),
        Theme(
            "revue",
            _("Revue"),
            "diptych/themes/revue.css",
            _("White ground, black ink and cobalt; a sans serif on a visible grid, numbered."),
        ),
    )
