"""Add a table, a picture and a note to translate by keys to the journal of the browser tests."""

import django

django.setup()

from diptych.articles.languages.config.language_config import column  # noqa: E402
from diptych.articles.models import ArticleIndexPage, ArticlePage  # noqa: E402
from tests import factories  # noqa: E402
from tests.articles.translation_tools.glossary.entries import make_concept  # noqa: E402
from tests.e2e import seed  # noqa: E402

TITLES = ("La barge prête", "La barge passe", "La barge dort")


def make(title):
    table = {"data": [["Village", "Glacier"], ["Névé", "12"]], "first_row_is_table_header": True}
    body = factories.blocks(
        ("paragraph", "<p>Le gardien regarde le névé depuis le pont de la barge.</p>"),
        ("table", {"caption": "Les névés, par village", "table": table}),
        ("image", {"image": factories.make_image().pk, "alt": "Un pont", "caption": "Le soir"}),
        ("quotation", {"text": "Le pont tient.", "attribution": "Une gardienne"}),
        ("note", {"title": "Méthode", "text": "<p>Nous avons compté les livres.</p>"}),
    )
    section = ArticleIndexPage.objects.order_by("pk").first()
    texts = {column("lead", "fr"): "Un pont.", column("body", "fr"): body}
    factories.make_page(ArticlePage, section, title, None, live_in=("fr",), **texts)


if __name__ == "__main__":
    seed.seed()
    make_concept(fr="névé", en="firn")
    for title in TITLES:
        make(title)
