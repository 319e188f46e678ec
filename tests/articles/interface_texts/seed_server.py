"""Fill the database of the server with a journal and a user who may edit French."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from wagtail.models import Site  # noqa: E402

from tests import factories  # noqa: E402
from tests.articles.interface_texts.conftest import make_translator  # noqa: E402
from tests.migrated import copy_migrated  # noqa: E402


def seed():
    copy_migrated(connection.settings_dict["NAME"])
    call_command("migrate", verbosity=0)
    Site.objects.all().delete()
    factories.make_journal(hostname="127.0.0.1")
    user = make_translator("fr")
    user.username = "translator"
    user.save()


if __name__ == "__main__":
    seed()
