from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """Bilingual articles, authors and topics for any Wagtail site."""

    name = "diptych.articles"
    label = "diptych"
    verbose_name = _("Articles")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from diptych.articles.blocks.body import check_added_blocks
        from diptych.articles.checks import (
            check_middleware_left_behind,
            check_needed_applications,
            check_page_cache,
        )
        from diptych.articles.delivery import purging
        from diptych.articles.images import signal_handlers
        from diptych.articles.languages.config.signals import languages_published
        from diptych.articles.models import following, listed
        from diptych.articles.syndication import indexnow

        signal_handlers.connect()
        listed.connect()
        languages_published.connect(following.publish_followers, dispatch_uid="diptych_followers")
        purging.connect()
        indexnow.connect()
        checks.register(check_middleware_left_behind)
        checks.register(check_needed_applications)
        checks.register(check_page_cache)
        checks.register(check_added_blocks)
        checks.register(indexnow.check_key)
