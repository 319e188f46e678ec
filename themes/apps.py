from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemesConfig(AppConfig):
    """How the journal looks: templates, styles and the sizes of pictures."""

    name = "themes"
    label = "diptych_themes"
    verbose_name = _("Themes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from articles.images.pictures import register_parts
        from themes import checks, signal_handlers
        from themes.images import specs_of_parts
        from themes.logos import LOGO, LOGO_SPEC
        from themes.registry import register_theme

        for theme in own_themes():
            register_theme(theme)
        register_parts({**specs_of_parts(), LOGO: [LOGO_SPEC]})
        signal_handlers.connect()
        checks.register_checks()


def own_themes():
    """The themes that come with the plugin, registered like anyone's."""
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
