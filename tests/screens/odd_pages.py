"""Add to a journal what tries a page's patience: no picture, twelve authors, words without end."""

import django

django.setup()

from django.utils.timezone import now, timedelta  # noqa: E402

from diptych.articles.models import (  # noqa: E402
    ArticleIndexPage,
    ArticlePage,
    AuthorIndexPage,
    HomePage,
    TopicIndexPage,
)
from tests.e2e.showpiece import make_article_with_everything  # noqa: E402
from tests.factories import Journal, make_article, make_author, make_image, make_topic, paragraphs  # noqa: E402

LONG = {
    "fr": "Longue enquête sur ce que deviennent, vingt ans après, les promesses d’un plan fédéral "
    "que trois gouvernements successifs ont repris, amendé, contesté, puis oublié dans le tiroir "
    "d’un bureau de la Banque nationale",
    "en": "A long inquiry into what became, twenty years later, of the promises of a federal plan "
    "that three governments in a row took up, amended, contested and then forgot in the drawer of "
    "an office at the national bank of the country",
}
WIDE = {
    "fr": "Anticonstitutionnellement, hexakosioihexekontahexaphobie intergouvernementalisation",
    "en": "Antidisestablishmentarianism, pneumonoultramicroscopicsilicovolcanoconiosis revisited",
}


def add_odd_pages():
    """Once for each journal; the pages are older than all others and stay off the front page."""
    home = HomePage.objects.first()
    if ArticlePage.objects.filter(url_slug_en="twelve-authors").exists():
        return
    journal = Journal(
        site=home.get_site(),
        home=home,
        articles=ArticleIndexPage.objects.first(),
        topics=TopicIndexPage.objects.first(),
        authors=AuthorIndexPage.objects.first(),
    )
    date = now() - timedelta(days=3650)
    later = date + timedelta(days=1)
    topic = make_topic(journal, "Sujet à un seul article", "A topic with one article")
    make_topic(journal, "Sujet sans article", "A topic without articles")
    crowd = [make_author(journal, f"Personne au nom composé {number}") for number in range(1, 13)]
    make_article(journal, "Douze auteurs", "Twelve authors", authors=crowd, publication_date=date)
    make_article(journal, "Sans image", "No picture", topics=[topic], publication_date=date)
    make_article(journal, LONG["fr"], LONG["en"], url_slug_en="long", publication_date=date)
    make_article(
        journal,
        WIDE["fr"],
        WIDE["en"],
        url_slug_en="wide",
        hero_image=make_image(width=400, height=1600),
        publication_date=date,
    )
    make_article(
        journal,
        "Soixante mille mots",
        "Sixty thousand words",
        body_fr=paragraphs(
            *["La glace tient jusqu’en mars, puis elle chante la nuit. " * 10] * 600
        ),
        body_en=paragraphs(*["The ice holds until March, and then sings all night. " * 10] * 600),
        publication_date=later,
    )
    make_article_with_everything(journal, topic, crowd[:3], publication_date=later)
    make_article(journal, "Un, deux", "One, two", body_fr=TEN, body_en=TEN, publication_date=date)


TEN = (
    '[{"type": "paragraph", "value": "<p>Un deux trois quatre cinq six sept huit neuf dix.</p>",'
    ' "id": "3f0c1c53-5a0f-4f4f-9d3a-3d8fdf6c1a10"}]'
)

if __name__ == "__main__":
    add_odd_pages()
