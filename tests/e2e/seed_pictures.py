"""Fill the database of the test of picture sizes: a picture in every place that shows one."""

import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from wagtail.models import Site  # noqa: E402

from articles.models import SeriesPage  # noqa: E402
from tests import factories  # noqa: E402
from tests.migrated import copy_migrated  # noqa: E402
from themes.models import AppearanceSettings  # noqa: E402


def seed():
    copy_migrated(connection.settings_dict["NAME"])
    Site.objects.all().delete()
    journal = factories.make_journal(hostname="127.0.0.1")
    AppearanceSettings.objects.create(site=journal.site)
    # A browser may show a larger file that it has already: no two places of a page share an image.
    names = ("Lac gelé", "Rive", "Glace", "Bateau", "Port", "Île")
    image, other, *inside, portrait = (
        factories.make_image(name, width=1800, height=1200) for name in names
    )
    topic = factories.make_topic(journal, "Climat", "Climate")
    author = factories.make_author(journal, "Léa Rochat", photo=portrait)
    shown = {"hero_image": image, "topics": [topic], "authors": [author]}
    below = {**shown, "hero_image": other}
    others = [factories.make_article(journal, f"Lac {n}", f"Lake {n}", **below) for n in range(6)]
    factories.make_article(journal, "Lac", "Lake", **shown)
    body = factories.blocks(
        ("paragraph", "<p>La glace tient jusqu’en mars.</p>"),
        ("image", {"image": inside[0].pk}),
        ("gallery", {"pictures": [{"image": each.pk} for each in (*inside[1:], inside[0])]}),
        ("article", {"article": others[0].pk}),
    )
    values = {"body_fr": body, "body_en": body, "picks": others[1:4]}
    factories.make_article(journal, "Tout", "Everything", **shown, **values)
    series = factories.make_page(SeriesPage, journal.home, "Les lacs", "The lakes")
    factories.make_article(journal, "Partie", "Part", series=series, series_part=1, **shown)


if __name__ == "__main__":
    if sys.argv[1:]:
        AppearanceSettings.objects.update_or_create(defaults={"theme": sys.argv[1]})
    else:
        seed()
