from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Bilingual articles, authors and topics for any Wagtail site."""

    name = "articles"
    label = "diptych"
    verbose_name = _("Articles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from articles import purging
        from articles.blocks.body import check_added_blocks
        from articles.extras import check_middleware_left_behind, check_needed_applications
        from articles.images import signal_handlers
        from articles.languages.signals import languages_published
        from articles.models import following, listed
        from articles.syndication import indexnow

        signal_handlers.connect()
        listed.connect()
        languages_published.connect(following.publish_followers, dispatch_uid="diptych_followers")
        purging.connect()
        indexnow.connect()
        checks.register(check_middleware_left_behind)
        checks.register(check_needed_applications)
        checks.register(check_added_blocks)
        checks.register(indexnow.check_key)
