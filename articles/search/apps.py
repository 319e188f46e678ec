from importlib.util import find_spec

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class SearchConfig(AppConfig):
    """Full-text search for readers, in each language."""

    name = "articles.search"
    label = "diptych_search"
    verbose_name = gettext_lazy("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from articles.search import indexing

        indexing.connect()
        checks.register(check_stemmer)


def check_stemmer(app_configs, **kwargs):
    """Report the missing extra of this application."""
    if find_spec("snowballstemmer") is not None:
        return []
    message = _("%(application)s needs %(package)s: install wagtail-diptych[%(extra)s].") % {
        "application": "articles.search",
        "package": "snowballstemmer",
        "extra": "search",
    }
    return [checks.Error(message, id="diptych_search.E001")]
