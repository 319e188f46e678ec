"""Look at a project that the plugin has left: every page and image, as readers and editors do.

A script that the Python of a host runs in the folder of its project.
"""

import os
import sys


def look():
    from django.db import connection
    from django.urls import reverse
    from wagtail.images import get_image_model
    from wagtail.models import Page

    assert not [name for name in connection.introspection.table_names() if "diptych" in name]
    reader, chief = visitors()
    pages = list(Page.objects.filter(depth__gt=1).order_by("path"))
    assert len(pages) > 2, pages
    for page in pages:
        answer = reader.get(page.url) if page.url else None
        assert answer is None or answer.status_code == (200 if page.live else 404), page
        for name in ("wagtailadmin_explore", "wagtailadmin_pages:edit"):
            assert chief.get(reverse(name, args=[page.pk])).status_code == 200, (name, page)
    for image in get_image_model().objects.all():
        assert chief.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200
    last = pages[-1]
    assert chief.post(reverse("wagtailadmin_pages:delete", args=[last.pk])).status_code == 302
    assert not Page.objects.filter(pk=last.pk).exists()
    print("all answers")


def visitors():
    from django.contrib.auth import get_user_model
    from django.test import Client

    chief = Client(HTTP_HOST="localhost")
    chief.force_login(get_user_model().objects.filter(is_superuser=True).first())
    return Client(HTTP_HOST="localhost"), chief


if __name__ == "__main__":
    import django

    sys.path[0] = os.getcwd()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings.dev")
    django.setup()
    look()
