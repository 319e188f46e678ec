from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter

from diptych.articles.languages import MultilingualPagesAPIViewSet

api = WagtailAPIRouter("api")
api.register_endpoint("pages", MultilingualPagesAPIViewSet)

urlpatterns = [path("", api.urls)]
