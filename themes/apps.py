from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemesConfig(AppConfig):
    """How the journal looks: templates, styles and the sizes of pictures."""

    name = "themes"
    label = "diptych_themes"
    verbose_name = _("Themes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from articles.pictures import register_parts
        from themes import signal_handlers
        from themes.images import specs_of_parts

        register_parts(specs_of_parts())
        signal_handlers.connect()
