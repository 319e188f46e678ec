"""SQLite knows how large its tables are, after migrating and whenever dates are kept."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.db.models.signals import post_migrate
from wagtail.models import Page

from diptych.articles.languages.index.statistics import NEWEST
from tests.factories import make_article

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases do it themselves"),
]


def forget():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")


def known():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl FROM sqlite_stat1")
        return {name for (name,) in cursor.fetchall()}


def test_the_timer_analyses_tables(journal):
    make_article(journal)
    forget()
    call_command("publish_scheduled", dryrun=True, verbosity=0)
    assert not known()
    call_command("publish_scheduled", verbosity=0)
    assert {"diptych_languages_pagelanguage", "diptych_listedarticle"} <= known()


def migrated():
    config = apps.get_app_config("diptych_languages")
    about = {"using": "default", "verbosity": 0, "interactive": False, "apps": apps, "plan": []}
    post_migrate.send(config, app_config=config, **about)


def test_migrating_analyses_tables(journal):
    make_article(journal)
    forget()
    migrated()
    assert "diptych_listedarticle" in known()


def test_migrating_brings_back_the_index_of_the_newest_pages():
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {NEWEST}")
    migrated()
    migrated()
    assert NEWEST in plan_of_the_newest()


def plan_of_the_newest():
    pages = Page.objects.order_by(F("latest_revision_created_at").desc(nulls_last=True), "path")
    return pages[:50].explain()
