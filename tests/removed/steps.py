"""Steps in the life of a site that the plugin leaves; run by ``test_removal.py``.

The first are run with the settings ``journal``, the last with ``plain``, in one database.
"""

import io
import json
import sys

import django
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client


def written():
    """A journal with what refers to what; half of it converted by a run that was killed."""
    from tests.factories import (
        make_alias,
        make_article,
        make_author,
        make_image,
        make_journal,
        make_topic,
        make_user,
        write_draft,
    )
    from tests.removed.posters.models import Poster

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE diptych_articlepage ADD COLUMN lead_de text")
    make_user(username="admin")
    journal = make_journal()
    image = make_image()
    with_the_image_it_was_copied_from(image)
    article = make_article(
        journal,
        authors=[make_author(journal)],
        topics=[make_topic(journal)],
        hero_image=image,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE diptych_articlepage SET lead_de = 'Es friert.' WHERE page_ptr_id = %s",
            [article.pk],
        )
    make_article(journal, "Deux", "Two", live_in=["en"], picks=[article])
    make_article(journal, "Trois", "Three", live_in=[])
    make_alias(article)
    write_draft(article, headline_fr="Brouillon")
    Poster.objects.create(image=image, page=article).details.add(image)


def with_the_image_it_was_copied_from(image):
    """As in a site that had images before the plugin: same keys and files, tags and renditions."""
    from wagtail.images.models import Image, Rendition

    known = {"pk": image.pk, "file": image.file.name, "width": 1, "height": 1}
    old = Image.objects.create(title="Avant", **known)
    for each in (old, image):
        each.tags.add("lac")
    rendition = image.get_rendition("max-10x10")
    known = {"file": rendition.file.name, "width": 1, "height": 1, "image": old}
    Rendition.objects.create(pk=99, filter_spec="max-10x10", **known)


def removed(folder):
    from diptych.articles.languages.removal import pages

    for arguments in ({"to_pages": True}, {"delete": True, "yes": True}):
        try:
            call_command("diptych_remove", **arguments)
        except CommandError as error:
            print(error)
        else:
            raise AssertionError(arguments)
    call_command("diptych_remove", export=folder)
    usual, pages.BATCH = pages.BATCH, 4
    next(pages.to_plain_pages())
    pages.BATCH = usual
    for _time in range(2):
        call_command("diptych_remove", to_pages=True, export=folder, yes=True)
    nothing_is_left()


def killed(start, seed, *numbers):
    """Print what differs where the command was killed and run again, from an uninterrupted run."""
    from datetime import UTC, datetime
    from pathlib import Path

    from diptych.articles.languages.removal import images, pages
    from tests.factories import make_article, make_image, make_journal
    from tests.killing import differences_when_killed

    journal = make_journal()
    for number in range(8):
        image = make_image(f"Image {number}")
        make_article(journal, f"Titre {number}", f"Title {number}", hero_image=image)
    connection.close()
    pages.BATCH, images.BATCH = 5, 3

    def work():
        call_command("diptych_remove", to_pages=True, yes=True, stdout=io.StringIO())

    start = Path(start)
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S")
    print(json.dumps(differences_when_killed(work, start, since, int(seed), *map(int, numbers))))


def deleted():
    from wagtail.models import Page, Site

    root = Page.get_first_root_node()
    Site.objects.update(root_page=root)
    call_command("diptych_remove", delete=True, yes=True)
    assert list(Page.objects.all()) == [root]
    nothing_is_left()


def nothing_is_left():
    """No table, index, constraint or row names the plugin."""
    tables = connection.introspection.table_names()
    assert [name for name in tables if "diptych" in name] == []
    columns = {
        "django_content_type": "app_label",
        "django_migrations": "app",
        "auth_permission": "codename",
        "wagtailcore_pagelogentry": "action",
        "wagtailcore_modellogentry": "action",
    }
    with connection.cursor() as cursor:
        for table, column in columns.items():
            cursor.execute(f"SELECT {column} FROM {table} WHERE {column} LIKE 'diptych%%'", [])
            assert cursor.fetchall() == [], table
        indexes = connection.introspection.get_constraints(cursor, "wagtailcore_page")
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%diptych%'")
            assert cursor.fetchall() == []
    assert [name for name in indexes if "diptych" in name] == []
    connection.check_constraints()


def plain():
    """Wagtail alone shows, edits and deletes what was ours."""
    from django.contrib.auth import get_user_model
    from django.urls import reverse
    from wagtail.images.models import Image
    from wagtail.models import Page

    from tests.removed.posters.models import Poster

    call_command("migrate", verbosity=0)
    call_command("check")
    call_command("makemigrations", check=True, dry_run=True)
    nothing_is_left()
    poster = Poster.objects.get()
    Poster.objects.create(image=Image.objects.get(), page=poster.page)
    poster.details.set([*poster.details.all(), Image.objects.get()])
    assert poster.details.get() == Image.objects.get()
    connection.check_constraints()
    reader, chief = Client(), Client()
    chief.force_login(get_user_model().objects.get(username="admin"))
    pages = Page.objects.filter(depth__gt=1).order_by("-depth")
    for page in pages:
        answer = reader.get(page.url)
        assert answer.status_code == (200 if page.live else 404), (page, answer)
        assert chief.get(reverse("wagtailadmin_explore", args=[page.pk])).status_code == 200
        assert chief.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200
        if not page.alias_of_id:
            edited(chief, page)
    titles = {page.title: page.live for page in pages}
    assert titles["Le lac gèle"] and titles["Two"] and not titles["Trois"], titles
    for path in ("/fr/articles/le-lac-gele/", "/en/stories/the-lake-freezes/", "/en/stories/two/"):
        assert reader.get(path, follow=True).redirect_chain[0][1] == 301, path
    image = Image.objects.get()
    assert (image.description, image.title) == ("Un lac gelé", "Lac gelé")
    assert [tag.name for tag in image.tags.all()] == ["lac"]
    assert image.renditions.exists()
    assert chief.get(reverse("wagtailimages:index")).status_code == 200
    assert chief.get(reverse("wagtailimages:edit", args=[image.pk])).status_code == 200
    new = Image.objects.create(title="New", file=image.file.name, width=1, height=1)
    assert new.pk > image.pk
    home = pages.last()
    article = pages.exclude(depth=home.depth).first()
    assert chief.post(reverse("wagtailadmin_pages:delete", args=[article.pk])).status_code == 302
    assert not Page.objects.filter(pk=article.pk).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def edited(client, page):
    from django.urls import reverse

    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(address).status_code == 200, page
    form = {"title": page.title, "slug": page.slug, "seo_title": "", "search_description": ""}
    comments = {
        f"comments-{name}": value
        for name, value in {
            "TOTAL_FORMS": 0,
            "INITIAL_FORMS": 0,
            "MIN_NUM_FORMS": 0,
            "MAX_NUM_FORMS": "",
        }.items()
    }
    answer = client.post(address, {**form, **comments, "show_in_menus": "on"})
    assert answer.status_code == 302, answer.context["form"].errors


def exported(folder):
    from pathlib import Path

    pages = [json.loads(path.read_text()) for path in Path(folder, "pages").iterdir()]
    article = next(page for page in pages if page["public"]["slug"] == "le-lac-gele")
    values = {code: article["public"][f"body_{code}"][0]["value"] for code in ("fr", "en")}
    assert values["fr"] == "<p>Texte de Le lac gèle.</p>", values
    assert values["en"] == "<p>Text of The lake freezes.</p>", values
    assert article["draft"]["headline_fr"] == "Brouillon"
    assert {row["language"] for row in article["addresses"]} == {"fr", "en"}
    (german,) = Path(folder, "removed", "diptych.ArticlePage.jsonl").read_text().splitlines()
    assert json.loads(german)["lead_de"] == "Es friert."
    images = Path(folder, "rows", "diptych.CaptionedImage.jsonl").read_text()
    assert "A frozen lake" in images


if __name__ == "__main__":
    django.setup()
    name, *arguments = sys.argv[1:]
    globals()[name](*arguments)
