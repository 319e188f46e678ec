"""Addresses of a project that has Wagtail's API v3, with the languages of pages."""

from django.urls import path
from wagtail.api.v3.urls import api

from config.urls import urlpatterns as of_journal
from diptych.articles.languages.api.v3 import guarded, router

api.add_router("/languages/", router)

urlpatterns = [path("api/v3/", guarded(api.urls)), *of_journal]
