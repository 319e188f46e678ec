from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from diptych.articles.checks import missing_extra


class SearchConfig(AppConfig):
    """The search for readers."""

    name = "diptych.articles.search"
    label = "diptych_search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from diptych.articles.search import indexing  # noqa: F401 connects its receivers

        checks.register(check_stemmer)


def check_stemmer(app_configs, **kwargs):
    """Report the missing extra of this application."""
    return missing_extra(
        "diptych.articles.search", "snowballstemmer", "search", "diptych_search.E001"
    )
