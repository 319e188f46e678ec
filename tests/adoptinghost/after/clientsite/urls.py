from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = [path("admin/", include("wagtail.admin.urls"))]
urlpatterns += i18n_patterns(path("", include("diptych.articles.languages.urls")))
