"""Add drafts with every kind of thing to do to the journal of the browser tests."""

import json

import django

django.setup()

from django.db import transaction  # noqa: E402

from diptych.articles.models import ArticleAuthor, ArticleIndexPage, ArticlePage, AuthorPage  # noqa: E402
from tests import factories  # noqa: E402


def seed():
    image = factories.make_image("Sans mots", alt_fr="", alt_en="")
    make("Sans rien", lead_fr="", body_fr="[]")
    make(
        "Des blocs vides",
        hero_image=image,
        body_fr=faulty_blocks(image.pk),
        corrections_fr=factories.blocks(("correction", {"date": None, "text": "<p>Non.</p>"})),
    )
    make_begun_translation()


def make(french, english=None, **values):
    values = {"lead_fr": "Un hiver.", "body_fr": factories.paragraphs("La glace."), **values}
    section = ArticleIndexPage.objects.order_by("pk").first()
    return factories.make_page(ArticlePage, section, french, english, live_in=(), **values)


def faulty_blocks(image):
    """Blocks with a part that is empty: at the top, in a list within a block, without a name."""
    return factories.blocks(
        ("paragraph", "<p>La glace tient jusqu’en mars.</p>"),
        ("heading", {"text": "", "level": "h2"}),
        ("image", {"image": None, "alt": "Un lac"}),
        ("image", {"image": image, "alt": ""}),
        ("gallery", pictures({"image": image, "alt": "Un lac"}, {"image": image, "alt": ""})),
        ("gallery", pictures({"image": image, "alt": "Un lac"}, {"image": None, "alt": "Rive"})),
    )


def pictures(*values):
    ids = ("11111111-aaaa-4aaa-8aaa-111111111111", "22222222-bbbb-4bbb-8bbb-222222222222")
    items = [
        {"type": "item", "value": value, "id": each}
        for value, each in zip(values, ids, strict=True)
    ]
    return {"pictures": items, "caption": ""}


def make_begun_translation():
    """Open are the lead, a copied block, one that is missing, and the role of an author."""
    source = json.loads(
        factories.blocks(
            ("paragraph", "<p>La glace tient jusqu’en mars, et le lac se tait.</p>"),
            ("heading", {"text": "Le lac se tait", "level": "h2"}),
            ("paragraph", "<p>Les patineurs viennent de loin pour le voir ainsi.</p>"),
        )
    )
    begun = json.loads(factories.blocks(("paragraph", "<p>The ice holds until March.</p>")))
    author = AuthorPage.objects.order_by("pk").first()
    make(
        "La glace tient",
        "The ice holds",
        lead_en="The ice.",
        body_fr=json.dumps(source),
        body_en=json.dumps([*begun, source[1]]),
        hero_image=factories.make_image("Lac"),
        hero_caption_fr="Un lac",
        authors=[ArticleAuthor(author=author, role_fr="Photographies")],
    )


if __name__ == "__main__":
    with transaction.atomic():
        seed()
