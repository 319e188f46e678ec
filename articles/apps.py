from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Bilingual articles, authors and topics for any Wagtail site."""

    name = "articles"
    label = "diptych"
    verbose_name = _("Articles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from articles.desk.images import signal_handlers as image_handlers
        from articles.languages import checks, signal_handlers
        from articles.related import signal_handlers as related_handlers
        from articles.search import indexing
        from articles.words.checks import register_checks

        checks.register_checks()
        register_checks()
        signal_handlers.connect()
        indexing.connect()
        related_handlers.connect()
        image_handlers.connect()
