from wagtail import hooks
from wagtail.utils.urlpatterns import decorate_urlpatterns

from diptych.articles.languages.admin.access import refused_in_words
from diptych.articles.lists.related_articles import BELOW_EACH, BELOW_ONE
from diptych.articles.models.panels import RELATED_PANELS
from diptych.articles.related.apps import check_numpy


def register():
    from diptych.articles.related import suggestions
    from diptych.articles.related.admin import report
    from diptych.articles.related.admin.views import urlpatterns
    from diptych.articles.related.panels import related_panels

    hooks.register(BELOW_ONE, suggestions.related_below)
    hooks.register(BELOW_EACH, suggestions.related_to_each)
    hooks.register(RELATED_PANELS, related_panels)
    hooks.register("register_reports_menu_item", report.menu_item)
    hooks.register("register_admin_viewset", lambda: [report.LinksViewSet("diptych_links")])
    hooks.register(
        "register_admin_urls", lambda: decorate_urlpatterns(urlpatterns, refused_in_words)
    )


# Without NumPy, `check` reports what to install.
if not check_numpy(None):
    register()
