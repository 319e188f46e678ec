from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemesConfig(AppConfig):
    """The appearance of the journal: templates, stylesheets and renditions of images."""

    name = "diptych.themes"
    label = "diptych_themes"
    verbose_name = _("Themes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from diptych.articles.images.renditions import register_parts
        from diptych.articles.syndication.feeds.texts import register_typography
        from diptych.themes import checks, signal_handlers
        from diptych.themes.look.registry import register_theme
        from diptych.themes.pictures.rendition_specs import specs_of_parts
        from diptych.themes.typography.house_style import house_style

        for theme in built_in_themes():
            register_theme(theme)
        register_parts(specs_of_parts())
        register_typography(lambda request: house_style(request).text)
        signal_handlers.connect()
        checks.register_checks()


def built_in_themes():
    """The themes that are part of the plugin."""
    from diptych.themes.look.registry import Theme
    from diptych.themes.pictures.slots import FRAME

    return (
        Theme(
            "gazette",
            _("Gazette"),
            "diptych/themes/gazette.css",
            _("Warm paper, brown ink and carmine; an old-style serif."),
            fonts=_fonts("serif.css", "serif-italic.css", "sans.css"),
            preload=_fonts("serif.woff2", "sans.woff2"),
        ),
        Theme(
            "revue",
            _("Revue"),
            "diptych/themes/revue.css",
            _("White ground, black ink and cobalt; a sans serif on a visible grid, numbered."),
            layouts={
                "lead": "(min-width: 81rem) 34.5rem, (min-width: 62rem) calc(45.5vw - 2.5rem), "
                f"{FRAME}",
                "second": "(min-width: 81rem) 36.5rem, (min-width: 62rem) calc(48vw - 2.5rem), "
                "(min-width: 40rem) calc(45vw - 1.25rem), 90vw",
            },
            fonts=_fonts("grotesque.css", "grotesque-italic.css", "serif-italic.css"),
            preload=_fonts("grotesque.woff2"),
        ),
    )


def _fonts(*names):
    return tuple(f"diptych/fonts/{name}" for name in names)
