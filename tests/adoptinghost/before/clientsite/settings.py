"""A site in English, at addresses without a language."""

from enginehost.settings import *  # noqa: F403
from enginehost.settings import INSTALLED_APPS, MIDDLEWARE

ENGINE = ("modeltranslation", "diptych.articles.languages", "enginehost")
INSTALLED_APPS = ["clientsite", *(each for each in INSTALLED_APPS if each not in ENGINE)]
MIDDLEWARE = [
    each for each in MIDDLEWARE if not each.startswith(("django.middleware.locale", "diptych."))
]
ROOT_URLCONF = "clientsite.urls"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
