"""Articles made in bulk: the rows of a page, of its languages and of its authors and topics."""

from functools import cache

from django.db import connection
from django.utils import timezone
from django.utils.text import slugify

from benchmarks.bulk_pages import add_pages, add_pairs
from benchmarks.stock.models import StockPage
from benchmarks.texts import HEADLINES, PARAGRAPHS, SENTENCES, SLUGS, paragraph
from diptych.articles.languages.config.language_config import available_languages
from diptych.articles.languages.models import PageLanguage
from diptych.articles.models import ArticleAuthor, ArticlePage, ArticleTopic, AuthorPage, TopicPage
from diptych.articles.models.listed import write_in_parts
from diptych.articles.related.models import Neighbour
from diptych.articles.related.neighbours import LONGEST
from tests.factories import blocks

#: Articles that are held in memory at once.
PART = 5000
#: How many people there are who may edit.
EDITORS = 16


def add_articles(section, count, images, paragraphs=PARAGRAPHS):
    """Publish ``count`` articles below ``section`` in every language."""
    for start in range(0, count, PART):
        numbers = range(start, min(start + PART, count))
        articles = [
            make_article(number, images[number % len(images)], paragraphs) for number in numbers
        ]
        add_pages(section, articles)
        add_people_and_topics(articles)
        add_neighbours(add_rows(section, articles))


def make_article(number, image, paragraphs=PARAGRAPHS):
    now = timezone.now()
    values = {}
    for language in available_languages():
        sentence = SENTENCES[language]
        values |= {
            f"headline_{language}": f"{HEADLINES[language]} {number}",
            f"url_slug_{language}": f"{SLUGS[language]}-{number}",
            f"lead_{language}": sentence,
            f"body_{language}": body(language, image, paragraphs),
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


@cache
def body(language, image, paragraphs):
    """Two headings, paragraphs and a picture, as they are stored."""
    heading = ("heading", {"text": HEADLINES[language], "level": "h2"})
    half = [heading, *[("paragraph", paragraph(language))] * (paragraphs // 2)]
    return blocks(*half, ("image", {"image": image.pk}), *half)


def add_stock_pages(parent, count):
    """Publish ``count`` stock pages below ``parent``."""
    titles = [f"Stock {number}" for number in range(count)]
    add_pages(parent, [StockPage(title=title, slug=slugify(title)) for title in titles])


def add_people_and_topics(articles):
    """Two authors and two topics for each article, all of them used equally often."""
    add_pairs(articles, ArticleAuthor, "author", AuthorPage.objects.all(), 7)
    add_pairs(articles, ArticleTopic, "topic", TopicPage.objects.all(), 3)


def add_rows(section, articles, languages=None):
    """Insert the rows of the page × language table, in some languages or in all; returns them."""
    section_rows = {row.language: row for row in PageLanguage.objects.filter(page_id=section.pk)}
    rows = PageLanguage.objects.bulk_create(
        PageLanguage(
            page_id=article.pk,
            language=language,
            slug=article.text_in("url_slug", language),
            url_path=f"{row.url_path}{article.text_in('url_slug', language)}/",
            live=True,
            translated=True,
            sorted_headline=article.text_in("headline", language).lower(),
            first_public_at=article.text_in("first_public_at", language),
            printed_date=article.printed_date_in(language),
        )
        for article in articles
        for language, row in section_rows.items()
        if languages is None or language in languages
    )
    write_in_parts([article.pk for article in articles])
    return rows


def add_neighbours(rows):
    """For each of ``rows``, the similar articles that a rebuild stores: those that follow it."""
    table = connection.ops.quote_name(Neighbour._meta.db_table)
    statement = f"INSERT INTO {table} (source_id, target_id, score) VALUES (%s, %s, %s)"
    for language in available_languages():
        own = [row.pk for row in rows if row.language == language]
        values = (
            (row, own[(place + step) % len(own)], 9000 - 100 * step)
            for place, row in enumerate(own)
            for step in range(1, min(LONGEST + 1, len(own)))
        )
        with connection.cursor() as cursor:
            cursor.executemany(statement, list(values))
