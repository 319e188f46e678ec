"""The ASGI entry point, for servers without WSGI; WSGI is faster, as all views are synchronous."""

import os
import sys
from pathlib import Path

from django.core.asgi import get_asgi_application

from config.charsets import with_known_charset_async

# `config` is found through `site/`; `articles` and `themes` are in its parent folder.
sys.path.insert(1, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = with_known_charset_async(get_asgi_application())
