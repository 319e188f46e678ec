from wagtail import hooks
from wagtail.utils.urlpatterns import decorate_urlpatterns

from articles.languages.admin.access import refused_in_words
from articles.related.admin import report
from articles.related.admin.views import urlpatterns

hooks.register("register_reports_menu_item", report.menu_item)


@hooks.register("register_admin_viewset")
def viewsets():
    return [report.LinksViewSet("diptych_links")]


@hooks.register("register_admin_urls")
def admin_urls():
    return decorate_urlpatterns(urlpatterns, refused_in_words)
