"""The same page types beside a journal, in French and English, with its search for readers."""

from hostproject.settings import *  # noqa: F403
from hostproject.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS[:6], "clientsite", *INSTALLED_APPS[6:]]
