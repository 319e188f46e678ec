"""SQLite knows how large its tables are, after migrating and whenever dates are kept."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.db.models.signals import post_migrate
from django.utils.timezone import now
from wagtail.models import Page, Revision

from diptych.articles.languages.index.statistics import INDEXES, drop_indexes
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


def test_migrating_brings_back_the_indexes_of_pages_and_revisions():
    drop_indexes()
    assert not [name for name in INDEXES if name in "".join(map(plan_of, INDEXES))]
    migrated()
    migrated()
    for name in INDEXES:
        assert name in plan_of(name), name


def plan_of(index):
    """How SQLite finds what the index is for, as Wagtail and the engine ask for it."""
    newest = Page.objects.order_by(F("latest_revision_created_at").desc(nulls_last=True), "path")
    scheduled = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    asked = {
        "diptych_newest_pages": newest[:50],
        "diptych_root_pages": Page.get_root_nodes(),
        "diptych_expiring_pages": Page.objects.order_by().filter(expire_at__lt=now()),
        "diptych_scheduled_revisions": scheduled.order_by("approved_go_live_at"),
    }
    # With its values bound to parameters, as a query is.
    sql, values = asked[index].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return " ".join(row[-1] for row in cursor.fetchall())
