"""How many queries a reader costs: few, and no more for long pages than for short ones."""

import uuid
from datetime import date

import pytest
from bs4 import BeautifulSoup
from wagtail.images import get_image_model

from diptych.articles.images.renditions import record_renditions
from diptych.articles.models import PrintIssueEntry, PrintIssueIndexPage, PrintIssuePage
from diptych.themes.models import AppearanceSettings
from diptych.themes.pictures.rendition_specs import ICON, LOGO
from diptych.themes.pictures.renditions import needed_specs
from tests.articles.recordings.sounds import let_hear, make_document
from tests.factories import blocks, make_article, make_author, make_image, make_page, make_topic
from tests.kept import statements_of, warm_up

ENGLISH = "/en/stories/the-lake-freezes/"


def gallery(number):
    """A gallery block of ``number`` pictures."""
    images = [{"image": make_image(width=64, height=48).pk} for _each in range(number)]
    pictures = [{"type": "item", "value": each, "id": str(uuid.uuid4())} for each in images]
    return ("gallery", {"pictures": pictures, "caption": ""})


def queries_of(client, address):
    """The number of queries for an address, once what is cached for good has been cached."""

    def ask():
        assert client.get(address).status_code == 200

    warm_up(ask)
    return len(statements_of(ask))


def make_logos(journal):
    """A logo for light and dark grounds and an icon of the journal, in all their sizes."""
    light, dark, icon = (make_image(width=600, height=600) for _each in range(3))
    defaults = {"logo": light, "logo_dark": dark, "icon": icon}
    AppearanceSettings.objects.update_or_create(site=journal.site, defaults=defaults)
    for image, part in ((light, LOGO), (dark, LOGO), (icon, ICON)):
        for spec in needed_specs(image, part):
            image.get_rendition(spec)
    record_renditions([light, dark, icon])


def correction(article):
    """A correction whose text has a link to ``article``."""
    link = f'<a linktype="page" id="{article.pk}">another story</a>'
    return ("correction", {"date": "2026-03-02", "text": f"<p>As in {link}.</p>"})


def make_issues(journal, number, articles):
    """As many print issues with covers, of which the first has ``articles`` and a PDF."""
    issues = make_page(PrintIssueIndexPage, journal.home, "Numéros", "Print issues")
    for each in range(number):
        name, cover = str(each), make_image(width=64, height=48)
        values = {"number": name, "cover": cover, "publication_date": date(2026, 1, 1 + each)}
        if not each:
            values["pdf_en"] = make_document("issue.pdf")
            values["entries"] = [PrintIssueEntry(article=article) for article in articles]
        make_page(PrintIssuePage, issues, f"Cahier {name}", f"Issue {name}", **values)


def fill(journal, number):
    """A journal with an article that has ``number`` authors, pictures, corrections and neighbours.

    All of them can be heard in English, and republished, and there are as many print issues.
    """
    make_logos(journal)
    let_hear(journal, licence="CC BY 4.0", errors_email="desk@journal.example")
    topics = [make_topic(journal, f"Sujet {each}", f"Subject {each}") for each in range(5)]
    authors = [
        make_author(journal, f"Auteur {each}", photo=make_image(width=64, height=48))
        for each in range(number)
    ]
    neighbours = []
    for each in range(number):
        neighbour = make_article(
            journal,
            f"Voisin {each}",
            f"Neighbour {each}",
            topics=topics[: 1 + each % 5],
            authors=authors[each : each + 1],
            hero_image=make_image(width=64, height=48),
            recording_en=make_document(),
        )
        neighbours.append(neighbour)
    make_issues(journal, number, neighbours)
    picks = [
        make_article(
            journal,
            f"Choix {each}",
            f"Pick {each}",
            topics=topics[:1],
            authors=authors[:1],
            hero_image=make_image(width=64, height=48),
        )
        for each in range(number)
    ]
    pictures = [("image", {"image": make_image(width=64, height=48).pk}) for _each in range(number)]
    links = [("article", {"article": each.pk}) for each in neighbours]
    body = blocks(("paragraph", "<p>Texte.</p>"), *pictures, gallery(number), *links)
    return make_article(
        journal,
        "Complet",
        "Complete",
        topics=topics,
        authors=authors,
        picks=picks,
        hero_image=make_image(width=64, height=48),
        body_fr=body,
        body_en=body,
        corrections_en=blocks(*map(correction, neighbours)),
        recording_en=make_document(),
    )


#: The queries of each page, which may become fewer.
BUDGETS = {
    "/en/stories/complete/": 5,
    "/en/stories/complete/republish/": 10,
    "/fr/articles/complet/": 3,
    "/en/": 5,
    "/fr/": 5,
    "/en/stories/": 4,
    "/en/topics/": 6,
    "/en/topics/subject-0/": 5,
    "/en/authors/": 5,
    "/en/authors/auteur-0/": 7,
    "/en/print-issues/": 9,
    "/en/print-issues/issue-0/": 8,
    "/en/archive/": 1,
    "/en/search/?q=neighbour": 11,
    "/en/feeds/": 6,
    "/en/feed/": 3,
    "/en/feed/podcast/": 7,
    "/sitemap.xml": 15,
}


@pytest.fixture(autouse=True)
def no_sizes(settings):
    """Leave the sizes of pictures to nobody: making them is not what is counted here."""
    dummy = {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    settings.TASKS = {**settings.TASKS, "pictures": dummy}


@pytest.mark.scale
@pytest.mark.parametrize("number", [3, 30])
def test_every_page_stays_within_its_budget(journal, client, number):
    fill(journal, number)
    record_renditions(get_image_model().objects.all())
    counts = {address: queries_of(client, address) for address in BUDGETS}
    assert not {address: count for address, count in counts.items() if count > BUDGETS[address]}


def test_logos_and_an_icon_cost_nothing(journal, client):
    make_article(journal)
    without = [queries_of(client, address) for address in ("/en/", ENGLISH)]
    make_logos(journal)
    head = BeautifulSoup(client.get(ENGLISH).content, "lxml")
    assert "fill-48x48" in head.select_one("link[rel=icon]")["href"]
    assert head.select_one(".header__logo")
    assert [queries_of(client, address) for address in ("/en/", ENGLISH)] == without


@pytest.mark.scale
def test_a_longer_article_costs_no_more(journal, client):
    fill(journal, 3)
    short = queries_of(client, "/en/stories/complete/")
    pictures = [("image", {"image": make_image(width=64, height=48).pk}) for _each in range(30)]
    authors = [
        make_author(journal, f"Plume {each}", photo=make_image(width=64, height=48))
        for each in range(30)
    ]
    make_article(
        journal,
        "Plus long",
        "Longer",
        authors=authors,
        topics=[make_topic(journal, "Autre", "Other")],
        hero_image=make_image(width=64, height=48),
        body_en=blocks(*pictures),
    )
    assert queries_of(client, "/en/stories/longer/") <= short
