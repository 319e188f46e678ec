"""Fill the database of the tests of reading without a connection, and change articles of it."""

import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from wagtail.models import PageViewRestriction, Site  # noqa: E402

from diptych.articles.languages.publication.service import unpublish_languages  # noqa: E402
from diptych.articles.models import ArticlePage, JournalSettings  # noqa: E402
from tests import factories  # noqa: E402
from tests.migrated import copy_migrated  # noqa: E402


def seed():
    copy_migrated(connection.settings_dict["NAME"])
    Site.objects.all().delete()
    journal = factories.make_journal(hostname="127.0.0.1")
    JournalSettings.objects.create(site=journal.site, name_fr="Rives", name_en="Shores")
    for number in range(1, 12):
        factories.make_article(journal, f"Récit {number}", f"Tale {number}")
    for name in ("Read", "Half", "Changed"):
        factories.make_article(journal, f"{name} fr", name)
    image = factories.make_image("Lac gelé", width=1200, height=800)
    title = "Le lac & la « glace »", "The lake & the “ice”"
    factories.make_article(journal, *title, hero_image=image)
    private = factories.make_article(journal, "Privé", "Private")
    PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.PASSWORD, password="open"
    )
    factories.make_user("admin", username="admin")


def take_down(headline, *languages):
    unpublish_languages(ArticlePage.objects.get(headline_en=headline), languages)


def rewrite(headline, lead):
    factories.publish_draft(ArticlePage.objects.get(headline_en=headline), lead_en=lead)


if __name__ == "__main__":
    command, *arguments = sys.argv[1:] or ["seed"]
    {"seed": seed, "take_down": take_down, "rewrite": rewrite}[command](*arguments)
