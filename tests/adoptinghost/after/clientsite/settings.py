"""The same site in German and English; the first language is not that of its content."""

from enginehost.settings import *  # noqa: F403
from enginehost.settings import INSTALLED_APPS

INSTALLED_APPS = ["clientsite" if each == "enginehost" else each for each in INSTALLED_APPS]
ROOT_URLCONF = "clientsite.urls"
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
