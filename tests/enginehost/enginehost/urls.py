from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.contrib.sitemaps.views import sitemap

urlpatterns = [
    path("admin/", include("wagtail.admin.urls")),
    path("sitemap.xml", sitemap),
]
urlpatterns += i18n_patterns(path("", include("diptych.articles.languages.urls")))
urlpatterns += [path("", include("wagtail.urls"))]
urlpatterns = [*i18n_patterns(path("api/", include("enginehost.api"))), *urlpatterns]
urlpatterns = [*i18n_patterns(path("search/", include("enginehost.views"))), *urlpatterns]
