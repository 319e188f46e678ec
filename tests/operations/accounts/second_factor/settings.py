"""The settings of the tests with a second factor, which one group has to have."""

from importlib.util import find_spec

from config.settings.test import *  # noqa: F403
from config.settings.test import INSTALLED_APPS, MIDDLEWARE
from operations.accounts import second_factor

vars().update(second_factor.SETTINGS)
SECOND_FACTOR_GROUPS = ["Moderators"]
vars().update(
    second_factor.provider_settings(
        {
            "name": "Institution",
            "server_url": "http://127.0.0.1:1",  # Each test has a provider of its own.
            "client_id": "journal",
            "secret": "secret",
        }
    )
)
INSTALLED_APPS = [*INSTALLED_APPS, *second_factor.APPS, *second_factor.PROVIDER_APPS]
if find_spec("django_tasks_db"):
    INSTALLED_APPS = [*INSTALLED_APPS, "django_tasks_db"]
CACHES = second_factor.caches(None)
MIDDLEWARE = [*MIDDLEWARE, *second_factor.MIDDLEWARE]
