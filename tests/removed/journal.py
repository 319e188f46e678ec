"""Settings of a journal with an application of its project, before the plugin is removed."""

from config.settings.test import *  # noqa: F403
from config.settings.test import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.removed.posters"]
