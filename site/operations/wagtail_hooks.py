from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from operations import guides
from operations.monitoring.admin import background_work


@hooks.register("register_admin_urls")
def admin_urls():
    return [*guides.urlpatterns, *background_work.urlpatterns]


@hooks.register("register_help_menu_item")
def editors_guide():
    url = reverse("journal_guide", args=["guide-editors"])
    return MenuItem(_("Guide for editors"), url, name="guide-editors", icon_name="help", order=10)


@hooks.register("register_help_menu_item")
def translators_guide():
    url = reverse("journal_guide", args=["guide-translators"])
    return MenuItem(
        _("Guide for translators"), url, name="guide-translators", icon_name="help", order=20
    )


class NewsletterGuideItem(MenuItem):
    """For those who write issues."""

    def is_shown(self, request):
        return request.user.has_perm("diptych_newsletter.change_issue")


@hooks.register("register_help_menu_item")
def newsletter_guide():
    url = reverse("journal_guide", args=["newsletter"])
    label = _("Guide to the newsletter")
    return NewsletterGuideItem(label, url, name="guide-newsletter", icon_name="help", order=30)


hooks.register("register_reports_menu_item", background_work.menu_item)
