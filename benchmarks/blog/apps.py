from django.apps import AppConfig


class BlogConfig(AppConfig):
    """Installed by the benchmarks alone, in a project of its own."""

    name = "benchmarks.blog"
    label = "blog"
    default_auto_field = "django.db.models.BigAutoField"
