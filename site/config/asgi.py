"""The ASGI entry point, for servers without WSGI; WSGI is faster, as all views are synchronous."""

import os

from django.core.asgi import get_asgi_application

from config.charsets import with_known_charset_async

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = with_known_charset_async(get_asgi_application())
