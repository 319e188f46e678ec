"""Settings of the same site without the plugin: Wagtail alone, on the same database."""

import os
import tempfile

import dj_database_url

ROOT_URLCONF = "tests.removed.plain_urls"
SECRET_KEY = "insecure-key-for-tests"
ALLOWED_HOSTS = ["*"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": f"{os.environ['DIPTYCH_TEST_DATABASE']}.sqlite3",
    }
}
if os.environ.get("DIPTYCH_TEST_DATABASE_URL"):
    DATABASES = {"default": dj_database_url.config("DIPTYCH_TEST_DATABASE_URL")}
LANGUAGE_CODE = "fr"
WAGTAIL_SITE_NAME = "Plain"
WAGTAILADMIN_BASE_URL = "http://testserver"
STATIC_URL = "/static/"
MEDIA_ROOT = tempfile.gettempdir()
MEDIA_URL = "/media/"
INSTALLED_APPS = [
    "tests.removed.posters",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
