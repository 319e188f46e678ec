"""Fill the database of a server with a small journal at `journal.example`."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from wagtail.models import Site  # noqa: E402

from articles.interface_texts.catalogues import compile_catalogues  # noqa: E402
from tests import factories  # noqa: E402
from tests.migrated import copy_migrated  # noqa: E402
from tests.servers import ROOT, SITE_HOST  # noqa: E402


def seed():
    compile_catalogues(ROOT / "locale")
    if connection.vendor == "sqlite":
        copy_migrated(connection.settings_dict["NAME"])
    call_command("migrate", verbosity=0)
    Site.objects.all().delete()
    journal = factories.make_journal(hostname=SITE_HOST)
    topic = factories.make_topic(journal, "Océans", "Oceans")
    author = factories.make_author(journal)
    for fr, en in (("Un", "One"), ("Deux", "Two"), ("Trois", "Three")):
        factories.make_article(
            journal, f"Article {fr}", f"Story {en}", authors=[author], topics=[topic]
        )


if __name__ == "__main__":
    seed()
