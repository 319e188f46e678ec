"""The journal with a third language, whose columns it migrates itself."""

from config.settings.test import *  # noqa: F403

LANGUAGES = [("fr", "Français"), ("en", "English"), ("de", "Deutsch")]
MODELTRANSLATION_LANGUAGES = ("fr", "en", "de")
# A folder of the test run: a copy of the plugin's migrations, and one more.
MIGRATION_MODULES = {"diptych": "trilingual_migrations"}
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
