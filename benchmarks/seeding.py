"""Fill a database with a journal of many articles, quickly.

Pages are inserted in bulk, with the rows that publishing each of them would have written; the
engine's own check says at the end whether they are the same.
"""

import argparse

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from wagtail.images import get_image_model  # noqa: E402
from wagtail.images.models import Filter  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from benchmarks.content import EDITORS, add_articles  # noqa: E402
from benchmarks.stock.models import StockAuthor, StockPage, StockTopic  # noqa: E402
from benchmarks.texts import PARAGRAPHS  # noqa: E402
from diptych.articles.images.renditions import record_renditions, registered_specs  # noqa: E402
from diptych.articles.languages.index.statistics import analyse  # noqa: E402
from diptych.articles.languages.publication.rebuilding import outdated_pages  # noqa: E402
from diptych.articles.models import (  # noqa: E402
    ArticleIndexPage,
    AuthorPage,
    JournalSettings,
    TopicPage,
)
from diptych.articles.related.rebuilding import rebuild  # noqa: E402
from tests import factories  # noqa: E402

TOPICS, AUTHORS, IMAGES = 8, 20, 50
FEW = 2


def seed(articles, paragraphs=PARAGRAPHS, has_stock_page=True, is_checked=True):
    """Make the tables and the journal: a section of ``articles`` articles, one of a few.

    Checking compares every page with what publishing it writes, and related articles are
    computed, not made up, which takes long for many.
    """
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        journal, few, images = make_journal()
        add_articles(few, FEW, images, paragraphs)
        add_articles(journal.articles, articles, images, paragraphs)
        if has_stock_page:
            make_stock_page(journal.home, images[0])
    call_command("update_index", verbosity=0)
    call_command("rebuild_search_index", verbosity=0)
    if is_checked:
        rebuild()
        wrong = outdated_pages()
        assert not wrong, f"The rows of {len(wrong)} pages are not what publishing them writes."
    analyse()
    empty_log_of_database()


def make_journal():
    """The journal, a second section for a few articles, and images; people, topics and editors."""
    Site.objects.all().delete()
    journal = factories.make_journal()
    JournalSettings.objects.create(site=journal.site, name_fr="Rives", name_en="Shores")
    images = make_images()
    make_people_and_topics(journal, images)
    make_editors()
    few = factories.make_page(ArticleIndexPage, journal.home, "Dossiers", "Reports")
    return journal, few, images


def empty_log_of_database():
    """Move what SQLite has written to its log into the file, which can be copied then."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def make_images():
    """Images that share one drawn file, each with all the sizes that pages ask for."""
    drawn = factories.make_image("Lac")
    model, rendition = get_image_model(), get_image_model().get_rendition_model()
    same = {"file": drawn.file.name, "width": drawn.width, "height": drawn.height}
    texts = {"alt_fr": "Un lac gelé", "alt_en": "A frozen lake", "credit": "Archives"}
    model.objects.bulk_create(
        model(title=f"Lac {number}", **same, **texts) for number in range(2, IMAGES + 1)
    )
    images = list(model.objects.order_by("pk"))
    rendition.objects.bulk_create(
        rendition(image=image, filter_spec=spec, focal_point_key=cache_key(spec, image), **same)
        for image in images
        for spec in registered_specs()
    )
    record_renditions(images)
    return images


def cache_key(spec, image):
    return Filter(spec=spec).get_cache_key(image)


def make_people_and_topics(journal, images):
    for number in range(TOPICS):
        factories.make_topic(journal, f"Thème {number}", f"Topic {number}")
    for number in range(AUTHORS):
        photo = images[number % len(images)]
        factories.make_author(journal, f"Personne {number}", photo=photo)


def make_stock_page(home, image):
    """The page that articles are compared with: two authors, two topics, a picture."""
    page = StockPage(title="Stock", slug="stock", hero_image=image)
    page.authors = [StockAuthor(author=author) for author in AuthorPage.objects.all()[:2]]
    page.topics = [StockTopic(topic=topic) for topic in TopicPage.objects.all()[:2]]
    Page.objects.get(pk=home.pk).add_child(instance=page)
    page.save_revision().publish()


def make_editors():
    for number in range(EDITORS):
        factories.make_user("admin", f"editor-{number}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--paragraphs", type=int, default=PARAGRAPHS, help="of each article")
    parser.add_argument("--without-stock-page", action="store_true")
    parser.add_argument("--unchecked", action="store_true")
    arguments = parser.parse_args()
    seed(
        arguments.articles,
        arguments.paragraphs,
        not arguments.without_stock_page,
        not arguments.unchecked,
    )
