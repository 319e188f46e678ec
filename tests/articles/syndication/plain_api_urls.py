"""Addresses of a project that uses Wagtail's own endpoint for pages."""

from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from config.urls import urlpatterns as of_journal

router = WagtailAPIRouter("plain")
router.register_endpoint("pages", PagesAPIViewSet)

urlpatterns = [path("api/v2/", router.urls), *of_journal]
