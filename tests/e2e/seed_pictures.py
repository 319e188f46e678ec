"""Fill the database of the tests of layout: a picture in every place that shows one."""

import sys

import django

django.setup()

from django.db import connection  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from diptych.articles.models import SeriesPage  # noqa: E402
from diptych.themes.models import AppearanceSettings  # noqa: E402
from tests import factories  # noqa: E402
from tests.migrated import copy_migrated  # noqa: E402

LEAD = (
    "Il faut trois hivers pour que la glace porte, et un seul pour qu’elle cède. Celles et ceux "
    "qui vivent sur ses rives le mesurent chaque matin, et notent ce que les cartes ne disent pas."
)


def make_row(journal, french, english, images, **values):
    """A topic with articles that stand in its row, as they are older than the others."""
    topic = factories.make_topic(journal, french, english)
    for number, image in enumerate(images):
        names = f"{french} {number}", f"{english} {number}"
        factories.make_article(journal, *names, hero_image=image, topics=[topic], **values)


def seed():
    copy_migrated(connection.settings_dict["NAME"])
    Site.objects.all().delete()
    journal = factories.make_journal(hostname="127.0.0.1")
    AppearanceSettings.objects.create(site=journal.site)
    Page.objects.filter(depth=journal.home.depth + 1).update(show_in_menus=True)
    # A browser may show a larger file that it has already: no two places of a page share an image.
    names = ("Lac gelé", "Rive", "Ville", "Neige", "Quai", "Glace", "Bateau", "Port", "Île")
    image, large, beside, third, half, bridge, boat, port, portrait = (
        factories.make_image(name, width=1800, height=1200) for name in names
    )
    author = factories.make_author(journal, "Léa Rochat", photo=portrait)
    topic = factories.make_topic(journal, "Climat", "Climate")
    make_row(journal, "Villes", "Towns", [third] * 3, lead_fr=LEAD, authors=[author])
    make_row(journal, "Neige", "Snow", [half], lead_fr=LEAD, authors=[author])
    shown = {"hero_image": image, "topics": [topic], "authors": [author], "lead_fr": LEAD}
    others = [
        factories.make_article(
            journal, f"Lac {n}", f"Lake {n}", **{**shown, "hero_image": large if n == 3 else beside}
        )
        for n in range(8)
    ]
    factories.make_article(journal, "Lac", "Lake", **shown)
    body = factories.blocks(
        ("paragraph", "<p>La glace tient jusqu’en mars.</p>"),
        ("image", {"image": bridge.pk}),
        ("gallery", {"pictures": [{"image": each.pk} for each in (boat, port, bridge)]}),
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
