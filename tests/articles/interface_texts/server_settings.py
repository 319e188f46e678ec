"""Settings of a server with several workers, each of which says who it is."""

import os

from tests.e2e.settings import *  # noqa: F403
from tests.e2e.settings import FOLDER, MIDDLEWARE

LOCALE_PATHS = [FOLDER / "locale"]
MIDDLEWARE = ["tests.articles.interface_texts.server_settings.name_the_worker", *MIDDLEWARE]
ROOT_URLCONF = "config.urls"


def name_the_worker(get_response):
    """Let the tests tell the processes of the server apart."""

    def middleware(request):
        response = get_response(request)
        response["X-Worker"] = str(os.getpid())
        return response

    return middleware
