"""Undo and apply migrations in a journal that has pages; run by ``test_undoing_migrations.py``."""

import django
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.programs import spare_collector

#: As far back as pages allow, each application after those that stand on it.
BACK = (
    ("diptych_interface_texts", "zero"),
    ("diptych_translation_tools", "zero"),
    ("diptych_moving", "zero"),
    ("diptych_newsletter", "zero"),
    ("diptych_caching", "zero"),
    ("diptych_themes", "zero"),
    ("diptych_related", "zero"),
    ("diptych_search", "zero"),
    ("diptych", "0001"),
    ("diptych_languages", "0001"),
)


def migrate(*target):
    call_command("migrate", *target, verbosity=0)


def write():
    from tests.factories import (
        make_alias,
        make_article,
        make_author,
        make_image,
        make_journal,
        make_topic,
        write_draft,
    )

    """A journal with what refers to what: pages, drafts, aliases, images."""
    journal = make_journal()
    article = make_article(
        journal,
        authors=[make_author(journal)],
        topics=[make_topic(journal)],
        hero_image=make_image(),
    )
    make_article(journal, "Deux", "Two", live_in=["en"], picks=[article])
    make_alias(article)
    write_draft(article, headline_fr="Brouillon")


def seen():
    """What readers get of each page, and what lists are made of."""
    from wagtail.models import Page

    from diptych.articles.caching.versions import process_state
    from diptych.articles.languages.models import PageLanguage
    from diptych.articles.models import ArticlePage, ListedArticle

    process_state.reset()
    cache.clear()
    client = Client()
    answers = {}
    for page in ArticlePage.objects.all():
        for language in ("fr", "en"):
            address = page.url_in(language)
            answers[page.pk, language] = address and client.get(address).content
    columns = [each.attname for each in PageLanguage._meta.concrete_fields]
    rows = list(PageLanguage.objects.order_by("pk").values_list(*columns))
    lists = ListedArticle.objects.values_list("list", "language", "article", "printed_date")
    drafts = Page.objects.order_by("pk").values_list("pk", "latest_revision__content")
    return answers, rows, sorted(lists), list(drafts)


def tables():
    found = connection.introspection.table_names()
    return [name for name in found if name.startswith("diptych_")]


def indexes():
    from wagtail.models import Page, Revision

    found = set()
    with connection.cursor() as cursor:
        for model in (Page, Revision):
            found |= set(connection.introspection.get_constraints(cursor, model._meta.db_table))
    return found


def to_the_earliest_and_back():
    before = seen()
    assert None in before[0].values() and any(before[0].values())
    for target in BACK:
        migrate(*target)
    # With what it needs; the migrations of the others are left to the next.
    migrate("diptych")
    migrate()
    for ours, theirs in zip(before, seen(), strict=True):
        assert ours == theirs, (ours, theirs)


def to_zero_and_back():
    from wagtail.images import get_image_model

    from diptych.articles.languages.index.statistics import INDEXES
    from tests.factories import clear_journal

    clear_journal()
    get_image_model().objects.all().delete()
    assert indexes().issuperset(INDEXES)
    alone = ("caching", "interface_texts", "moving", "newsletter", "translation_tools")
    for label in ("diptych", "diptych_languages", *(f"diptych_{each}" for each in alone)):
        migrate(label, "zero")
    assert tables() == [], tables()
    assert indexes().isdisjoint(INDEXES)
    migrate()
    assert indexes().issuperset(INDEXES)
    write()
    assert any(seen()[0].values())


if __name__ == "__main__":
    django.setup()
    spare_collector()
    migrate()
    write()
    to_the_earliest_and_back()
    to_zero_and_back()
    print("done")
