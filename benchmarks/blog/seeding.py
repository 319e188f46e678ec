"""Fill the blog with as many articles, authors, topics and words as the journal has."""

import argparse
import io
import json

import django

django.setup()

from django.core.files.images import ImageFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from PIL import Image as Picture  # noqa: E402
from wagtail.images.models import Image  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from benchmarks.blog.models import (  # noqa: E402
    ArticleAuthor,
    ArticlePage,
    ArticleTopic,
    AuthorPage,
    HomePage,
    NavigationSettings,
    NewsIndexPage,
    SiteSettings,
    StandardPage,
    TopicPage,
)
from benchmarks.bulk_pages import add_pages, add_pairs  # noqa: E402
from benchmarks.texts import HEADLINES, PARAGRAPHS, SENTENCES, SLUGS, paragraph  # noqa: E402

TOPICS, AUTHORS, IMAGES = 8, 20, 50
LANGUAGE = "en"


def seed(count):
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        images = make_images()
        home, news = make_pages(images)
        articles = [make_article(number, images) for number in range(count)]
        add_pages(news, articles)
        add_rows(articles)
        make_settings(home)
    call_command("update_index", verbosity=0)


def make_images():
    content = io.BytesIO()
    Picture.new("RGB", (1600, 1000), "steelblue").save(content, "JPEG")
    file = ImageFile(content, name="lake.jpg")
    drawn = Image.objects.create(title="Lake 1", description="A frozen lake", file=file)
    same = {"file": drawn.file.name, "width": drawn.width, "height": drawn.height}
    Image.objects.bulk_create(
        Image(title=f"Lake {number}", description=drawn.description, **same)
        for number in range(2, IMAGES + 1)
    )
    return list(Image.objects.order_by("pk"))


def make_pages(images):
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="Shores", slug="shores"))
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    news = home.add_child(instance=NewsIndexPage(title="Stories", slug="stories"))
    for number in range(TOPICS):
        home.add_child(instance=TopicPage(title=f"Topic {number}", introduction=SENTENCES["en"]))
    for number in range(AUTHORS):
        photo = images[number % len(images)]
        biography = f"<p>{SENTENCES[LANGUAGE]}</p>"
        home.add_child(
            instance=AuthorPage(title=f"Person {number}", biography=biography, photo=photo)
        )
    for title in ("About", "Contact", "Imprint", "Privacy"):
        home.add_child(instance=StandardPage(title=title))
    return home, news


def make_article(number, images):
    now = timezone.now()
    image = images[number % len(images)]
    heading = ("heading", {"text": HEADLINES[LANGUAGE], "level": "h2"})
    half = [heading, *[("paragraph", paragraph(LANGUAGE))] * (PARAGRAPHS // 2)]
    body = [*half, ("image", {"image": image.pk}), *half]
    return ArticlePage(
        title=f"{HEADLINES[LANGUAGE]} {number}",
        slug=f"{SLUGS[LANGUAGE]}-{number}",
        introduction=SENTENCES[LANGUAGE],
        image=image,
        body=stream(*body),
        live=True,
        first_published_at=now,
        last_published_at=now,
    )


def add_rows(articles):
    """Two authors and two topics for each article, all of them used equally often."""
    add_pairs(articles, ArticleAuthor, "author", AuthorPage.objects.all(), 7)
    add_pairs(articles, ArticleTopic, "topic", TopicPage.objects.all(), 3)


def make_settings(home):
    site = Site.objects.get(root_page=home)
    SiteSettings.objects.create(
        site=site, name="Shores", description=SENTENCES[LANGUAGE], mastodon="https://example.org/@s"
    )
    menu = [*NewsIndexPage.objects.all(), *TopicPage.objects.all()[:4]]
    links = [{"page": page.pk} for page in StandardPage.objects.all()]
    NavigationSettings.objects.create(
        site=site,
        primary_navigation=stream(*(("link", {"page": page.pk}) for page in menu)),
        footer_navigation=stream(("section", {"heading": "Shores", "links": links})),
    )


def stream(*blocks):
    """What a stream of ``(type, value)`` is stored as."""
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    seed(parser.parse_args().articles)
