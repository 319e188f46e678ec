from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    """A newsletter in each language, for readers who have confirmed their address."""

    name = "diptych.articles.newsletter"
    label = "diptych_newsletter"
    verbose_name = _("Newsletter")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.permissions import register_permission_policy

        from diptych.articles.newsletter.access import ReadAndErasePolicy
        from diptych.articles.newsletter.models import Subscription

        register_permission_policy(Subscription, ReadAndErasePolicy(Subscription))
