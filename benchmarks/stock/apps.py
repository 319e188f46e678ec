from django.apps import AppConfig


class StockConfig(AppConfig):
    """Installed by the benchmarks alone."""

    name = "benchmarks.stock"
    label = "stock"
    default_auto_field = "django.db.models.BigAutoField"
