from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Full-text search for readers, in each language."""

    name = "articles.search"
    label = "diptych_search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from articles.search import indexing

        indexing.connect()
