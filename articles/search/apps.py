from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from articles.extras import missing_extra


class SearchConfig(AppConfig):
    """Full-text search for readers, in each language."""

    name = "articles.search"
    label = "diptych_search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from articles.search import indexing

        indexing.connect()
        checks.register(check_stemmer)


def check_stemmer(app_configs, **kwargs):
    """Report the missing extra of this application."""
    return missing_extra("articles.search", "snowballstemmer", "search", "diptych_search.E001")
