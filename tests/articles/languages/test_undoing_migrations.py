"""Migrations undone and applied again in a journal that has pages."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Page

from diptych.articles.caching.models import Change
from diptych.articles.languages.bin.deleting import move_to_bin
from diptych.articles.languages.models import DeletedPage, PageLanguage
from diptych.articles.languages.publication import rebuilding
from diptych.articles.languages.publication.rebuilding import follow_languages
from diptych.articles.languages.removal.refusing import refuse_losses
from diptych.articles.models import ArticlePage
from diptych.articles.newsletter.models import Newsletter, Subscription
from diptych.articles.search.models import SearchEntry
from tests.factories import make_article, make_image, write_draft
from tests.migrated import copy_migrated, migrated_postgresql
from tests.postgresql import need_postgresql
from tests.programs import run_python


def migrate(*target):
    call_command("migrate", *target, verbosity=0)


def applied(label):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM django_migrations WHERE app = %s", [label])
        return sorted(name for (name,) in cursor.fetchall())


@pytest.mark.parametrize("label", ["diptych", "diptych_languages"])
def test_tables_of_pages_are_not_dropped_while_there_are_pages(journal, label):
    make_article(journal)
    pages = Page.objects.filter(depth__gt=1).count()
    before = applied(label)
    with pytest.raises(CommandError, match=rf"pages \({pages}\)"):
        migrate(label, "zero")
    assert applied(label) == before
    assert ArticlePage.objects.exists()


def test_tables_of_the_bin_are_not_dropped_while_there_is_something_in_it(journal):
    page = make_article(journal)
    move_to_bin(page)
    before = applied("diptych_languages")
    with pytest.raises(CommandError, match=r"in the bin \(1\)"):
        migrate("diptych_languages", "0003")
    assert applied("diptych_languages") == before
    assert DeletedPage.objects.exists()


def test_addresses_and_issues_of_a_newsletter_are_not_dropped_unasked(journal):
    site = journal.site
    newsletter = Newsletter.objects.create(site=site, language="fr", name="La lettre")
    newsletter.issues.create(subject="Un")
    Subscription.objects.create(newsletter=newsletter, address="lea@example.org")
    before = applied("diptych_newsletter")
    with pytest.raises(CommandError, match=r"\(1\).*\(1\).*\(1\).*diptych_remove"):
        migrate("diptych_newsletter", "zero")
    assert applied("diptych_newsletter") == before
    assert Subscription.objects.exists()


def test_tables_of_images_are_not_dropped_while_there_are_images(empty_tree):
    make_image()
    with pytest.raises(CommandError, match=r"images \(1\)"):
        migrate("diptych", "zero")


def plan_of(*targets):
    return MigrationExecutor(connection).migration_plan(list(targets))


def test_what_commands_write_anew_is_not_called_lost(journal):
    make_article(journal)
    assert SearchEntry.objects.exists() and Change.objects.exists()
    plan = plan_of(("diptych_caching", None), ("diptych_search", None), ("diptych_related", None))
    out = StringIO()
    refuse_losses(apps, "default", plan, stdout=out)
    (said,) = out.getvalue().splitlines()
    assert said.endswith("manage.py rebuild_related, manage.py rebuild_search_index")


def follow(plan):
    out = StringIO()
    follow_languages(apps, "default", plan=plan, stdout=out)
    return out.getvalue()


def test_dates_that_a_migration_could_not_tell_are_written_by_the_next_migrate(journal):
    page = make_article(journal)
    rows = PageLanguage.objects.filter(page=page).order_by("language")
    before = list(rows.values("language", "first_public_at", "printed_date"))
    assert all(row["first_public_at"] for row in before)
    rows.update(first_public_at=None, printed_date=None)
    assert len(follow(plan=[]).splitlines()) == 1
    assert list(rows.values("language", "first_public_at", "printed_date")) == before


def test_rows_that_are_right_are_not_read_by_migrate(journal, monkeypatch):
    make_article(journal, live_in=["en"])
    write_draft(make_article(journal, live_in=[]), headline_fr="Brouillon")
    monkeypatch.setattr(rebuilding, "rebuild", pytest.fail)
    assert follow(plan=[]) == ""


def undo(**variables):
    module = "tests.articles.languages.undoing"
    done = run_python("-m", module, settings="config.settings.test", **variables)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("done\n")


@pytest.mark.hosts
def test_migrations_go_back_and_forth_with_pages(tmp_path):
    copy_migrated(tmp_path / "journal.sqlite3")
    undo(DIPTYCH_TEST_DATABASE=str(tmp_path / "journal"), DIPTYCH_TEST_DATABASE_URL="")


@pytest.mark.postgresql
def test_they_do_on_postgresql():
    need_postgresql()
    with migrated_postgresql() as address:
        undo(DIPTYCH_TEST_DATABASE_URL=address)


@pytest.mark.django_db
def test_a_database_that_is_emptied_is_followed():
    """`flush` tells of it without the applications that `migrate` names."""
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
