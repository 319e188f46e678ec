"""The URLs of the site: the admin, then the pages under a prefix for their language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from diptych.articles import urls as articles_urls
from operations.accounts.views import PasswordResetView

handler404 = "operations.outages.views.page_not_found"
handler500 = "operations.outages.views.server_error"

urlpatterns = [
    # Before Wagtail's own view, whose name it leaves alone.
    path("admin/password_reset/", PasswordResetView.as_view()),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(articles_urls.entrance)),
]
if settings.SECOND_FACTOR:
    from operations.accounts.second_factor.views import entrance_urlpatterns

    urlpatterns.insert(0, path("admin/", include(entrance_urlpatterns)))
urlpatterns += i18n_patterns(path("", include(articles_urls)))
