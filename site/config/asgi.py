"""The ASGI entry point, for servers that speak nothing else; WSGI is the faster one here."""

import os
import sys
from pathlib import Path

from django.core.asgi import get_asgi_application

# The server finds `config` through `site/`; `articles` and `themes` lie one folder above.
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_asgi_application()
