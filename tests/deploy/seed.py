"""Fill the database of a server with a small journal at `journal.example`."""

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from wagtail.documents import get_document_model  # noqa: E402
from wagtail.models import Collection, CollectionViewRestriction, Site  # noqa: E402

from diptych.articles.interface_texts.catalogues import compile_catalogues  # noqa: E402
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
    journal.site.port = 443
    journal.site.save()
    topic = factories.make_topic(journal, "Océans", "Oceans")
    author = factories.make_author(journal)
    image = factories.make_image()
    image.get_rendition("width-160|format-webp")
    make_documents()
    for fr, en in (("Un", "One"), ("Deux", "Two"), ("Trois", "Three")):
        factories.make_article(
            journal,
            f"Article {fr}",
            f"Story {en}",
            authors=[author],
            topics=[topic],
            hero_image=image,
        )
    factories.make_user("admin", username="chief")


def make_documents():
    """A document and a recording for everybody, and in a collection for those who are signed in."""
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type=CollectionViewRestriction.LOGIN
    )
    for title, collection in (("public", None), ("private", private)):
        where = {"collection": collection} if collection else {}
        for name in (title, f"{title} recording"):
            content, ending = f"This is {title}.".encode(), "mp3" if " " in name else "txt"
            file = ContentFile(content, name=f"{title}.{ending}")
            get_document_model().objects.create(title=name, file=file, **where)


if __name__ == "__main__":
    seed()
