"""The WSGI entry point: `gunicorn --pythonpath site config.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config.charsets import with_known_charset

#: The settings: for servers `config.settings.production` by default, for `manage.py` those of
#: development. Example: `config.settings.production`
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

# Hardly anything that is loaded becomes garbage. The collector would look at all of it, again and
# again, while it is loaded and ever after; frozen, it also stays shared after a fork.
gc.disable()
application = with_known_charset(get_wsgi_application())
# The views are loaded with the application: once for all workers with `gunicorn --preload`.
get_resolver().url_patterns  # noqa: B018
gc.freeze()
gc.enable()
