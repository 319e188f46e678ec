from django.apps import AppConfig


class HostConfig(AppConfig):
    name = "hostproject"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Bring a theme along, as any application may."""
        from diptych.themes.look.registry import Theme, register_theme

        register_theme(Theme("night-shift", "Night shift", "hostproject/night.css"))
