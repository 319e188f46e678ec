"""Articles made in bulk: the rows of a page, of its languages and of its authors and topics."""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Locale, Page

from articles.languages.available import available_languages
from articles.languages.models import PageLanguage
from articles.models import ArticleAuthor, ArticlePage, ArticleTopic, AuthorPage, TopicPage
from benchmarks.stock.models import StockPage
from tests.factories import blocks

HEADLINES = {"fr": "Le lac gèle", "en": "The lake freezes"}
SLUGS = {"fr": "le-lac-gele", "en": "the-lake-freezes"}
SENTENCES = {
    "fr": "Le lac se tait, la ville écoute, et personne ne sait qui commence.",
    "en": "The lake is quiet, the town listens, and nobody knows who begins.",
}
PARAGRAPHS = 10
#: How many people there are who may edit.
EDITORS = 16


def add_articles(section, count, images):
    """Publish ``count`` articles below ``section`` in every language; returns them."""
    articles = [make_article(number, images[number % len(images)]) for number in range(count)]
    add_pages(section, articles)
    add_people_and_topics(articles)
    add_rows(section, articles)
    return articles


def make_article(number, image):
    now = timezone.now()
    values = {}
    for language in available_languages():
        sentence = SENTENCES[language]
        values |= {
            f"headline_{language}": f"{HEADLINES[language]} {number}",
            f"url_slug_{language}": f"{SLUGS[language]}-{number}",
            f"lead_{language}": sentence,
            f"body_{language}": body(language, image),
            f"is_public_{language}": True,
            f"first_public_at_{language}": now,
        }
    first = available_languages()[0]
    title, slug = values[f"headline_{first}"], values[f"url_slug_{first}"]
    return ArticlePage(
        title=title,
        slug=slug,
        hero_image=image,
        live=True,
        first_published_at=now,
        last_published_at=now,
        **values,
    )


def body(language, image):
    """Two headings, ten paragraphs and a picture, as they are stored."""
    paragraph = ("paragraph", f"<p>{SENTENCES[language] * 6}</p>")
    heading = ("heading", {"text": HEADLINES[language], "level": "h2"})
    half = [heading, *[paragraph] * (PARAGRAPHS // 2)]
    return blocks(*half, ("image", {"image": image.pk}), *half)


def add_stock_pages(parent, count):
    """Publish ``count`` stock pages below ``parent``."""
    titles = [f"Stock {number}" for number in range(count)]
    add_pages(parent, [StockPage(title=title, slug=slugify(title)) for title in titles])


def add_pages(parent, pages):
    """Insert unsaved ``pages`` of one type below ``parent``, behind what stands there."""
    parent = Page.objects.get(pk=parent.pk)
    locale = Locale.get_default()
    for position, page in enumerate(pages, start=parent.numchild + 1):
        page.path = Page._get_path(parent.path, parent.depth + 1, position)
        page.depth = parent.depth + 1
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.draft_title = page.title
        page.locale = locale
        page.translation_key = uuid.uuid4()
        page.content_type = ContentType.objects.get_for_model(type(page))
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    bases = [Page(**{name: getattr(page, name) for name in names}) for page in pages]
    for page, base in zip(pages, Page.objects.bulk_create(bases), strict=True):
        page.page_ptr_id = page.pk = base.pk
        page.save_base(raw=True, force_insert=True)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(pages))


def add_people_and_topics(articles):
    """Two authors and two topics for each article, all of them used equally often."""
    authors, topics = list(AuthorPage.objects.all()), list(TopicPage.objects.all())
    for model, name, targets, step in (
        (ArticleAuthor, "author", authors, 7),
        (ArticleTopic, "topic", topics, 3),
    ):
        model.objects.bulk_create(
            model(article=article, sort_order=place, **{name: targets[chosen % len(targets)]})
            for number, article in enumerate(articles)
            for place, chosen in enumerate((number, number + step))
        )


def add_rows(section, articles, languages=None):
    """The rows of the page × language table, in some languages or in all."""
    section_rows = {row.language: row for row in PageLanguage.objects.filter(page_id=section.pk)}
    PageLanguage.objects.bulk_create(
        PageLanguage(
            page_id=article.pk,
            language=language,
            slug=article.text_in("url_slug", language),
            url_path=f"{row.url_path}{article.text_in('url_slug', language)}/",
            live=True,
            translated=True,
            first_public_at=article.text_in("first_public_at", language),
        )
        for article in articles
        for language, row in section_rows.items()
        if languages is None or language in languages
    )
