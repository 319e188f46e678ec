"""Where the API is, below the prefix of a language."""

from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter

from articles.api.views import ArticlesAPIViewSet

router = WagtailAPIRouter("diptych_api")
router.register_endpoint("articles", ArticlesAPIViewSet)

urlpatterns = [path("api/", router.urls)]
