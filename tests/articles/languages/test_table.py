"""The page × language table is derived: it can be checked, and written anew."""

import io

import pytest
from django.core import checks
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, ReferenceIndex

from diptych.articles.languages.checks.project import check_settings, check_wagtail
from diptych.articles.languages.models import PageLanguage, Progress, Review, TranslationAssignment
from diptych.articles.languages.publication.rebuilding import outdated_pages, rebuild
from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import rows
from tests.factories import (
    make_alias,
    make_article,
    make_author,
    make_plain_page,
    make_user,
    write_draft,
)
from tests.tiers import one_of, one_row_of

COMMAND = "rebuild_page_languages"


def table():
    names = ("page_id", "language", "slug", "url_path", "live", "translated", "has_draft")
    return sorted(PageLanguage.objects.values_list(*names))


def check():
    """The exit code and the words of ``--check``."""
    out = io.StringIO()
    try:
        call_command(COMMAND, check=True, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture(autouse=True)
def english():
    """Let the command speak the language the tests read."""
    with translation.override("en"):
        yield


@pytest.fixture
def section(journal):
    """A section with pages of every state below it."""
    section = make_plain_page(journal, "Dossier", "File")
    make_plain_page(journal, "Un", "One", parent=section)
    make_plain_page(journal, "Seul", None, parent=section, live_in=["fr"])
    make_plain_page(journal, "Brouillon", "Draft", parent=section, live_in=[])
    write_draft(make_article(journal), headline_en="Being written")
    write_draft(make_article(journal, "Mer", None, live_in=["fr"]), headline_en="Sea")
    section.refresh_from_db()
    return section


def test_a_table_in_order_passes_the_check(section):
    code, said = check()
    assert code == 0
    assert "up to date" in said


def test_a_table_in_order_stays_as_it_is(section):
    before = table()
    call_command(COMMAND, verbosity=0)
    call_command(COMMAND, verbosity=0)
    assert table() == before


def test_a_row_without_the_date_of_the_first_publication_is_written_anew(section):
    dates = list(PageLanguage.objects.order_by("pk").values_list("first_public_at", flat=True))
    assert any(dates)
    PageLanguage.objects.update(first_public_at=None)
    assert check()[0] == 1
    call_command(COMMAND, verbosity=0)
    again = PageLanguage.objects.order_by("pk").values_list("first_public_at", flat=True)
    assert list(again) == dates


def test_an_empty_table_is_written_as_it_was(section):
    before = table()
    PageLanguage.objects.all().delete()
    assert check()[0] == 1
    call_command(COMMAND, verbosity=0)
    assert table() == before
    assert check()[0] == 0


@pytest.mark.parametrize(
    "damage",
    one_of(
        [
            {"url_path": "/wrong/"},
            {"slug": "wrong", "url_path": "/accueil/wrong/"},
            {"live": False},
            {"translated": False},
        ],
        "rare",
    ),
)
def test_a_broken_row_is_found_and_repaired(section, damage):
    before = table()
    PageLanguage.objects.filter(page_id=section.pk, language="en").update(**damage)
    code, said = check()
    assert code == 1
    assert str(section.pk) in said
    call_command(COMMAND, verbosity=0)
    assert table() == before


def test_a_missing_row_is_found_and_repaired(section):
    before = table()
    PageLanguage.objects.filter(page_id=section.pk, language="en").delete()
    assert outdated_pages() == [section.pk]
    call_command(COMMAND, verbosity=0)
    assert table() == before


def test_a_row_of_a_page_that_is_not_translated_is_removed(section):
    root = Page.get_first_root_node()
    PageLanguage.objects.create(page=root, language="fr", slug="x", url_path="/x/", live=True)
    call_command(COMMAND, verbosity=0)
    assert not PageLanguage.objects.filter(page=root).exists()


def test_swapped_rows_with_descendants_of_the_same_name_are_repaired(journal):
    sections = [make_plain_page(journal, each, each.lower()) for each in ("Un", "Deux")]
    for each in sections:
        make_plain_page(journal, "Même", "Same", parent=each)
    before = table()
    paths = {"/accueil/un/": "/~/", "/accueil/deux/": "/accueil/un/", "/~/": "/accueil/deux/"}
    for old, new in paths.items():
        for row in PageLanguage.objects.filter(url_path__startswith=old):
            row.url_path = new + row.url_path[len(old) :]
            PageLanguage.objects.filter(pk=row.pk).update(url_path=row.url_path)
    assert table() != before
    call_command(COMMAND, verbosity=0)
    assert table() == before


def test_rebuilding_leaves_no_redirect(section):
    damage = {"url_path": "/accueil/wrong/"}
    PageLanguage.objects.filter(page_id=section.pk, language="en").update(**damage)
    call_command(COMMAND, verbosity=0)
    assert not Redirect.objects.exists()


def test_a_table_in_order_is_not_written_again(section):
    with CaptureQueriesContext(connection) as queries:
        call_command(COMMAND, verbosity=0)
    table = PageLanguage._meta.db_table
    written = [each["sql"] for each in queries if f'UPDATE "{table}"' in each["sql"]]
    assert written == []


@pytest.mark.parametrize(
    ("column", "value"),
    one_row_of(
        [
            ("has_draft", False),
            ("progress", Progress.TO_REVIEW),
            ("words_missing", 7),
            ("words_changed", 7),
            ("sorted_headline", "zzz"),
            ("outdated_since", timezone.now()),
        ],
        "rare",
    ),
)
def test_what_is_derived_from_texts_is_repaired(section, column, value):
    names = ("page_id", "language", column)
    before = sorted(PageLanguage.objects.values_list(*names), key=str)
    PageLanguage.objects.update(**{column: value})
    wrong = {row[0] for row in before if row[2] != value}
    assert {page.pk for page, is_corrected in rebuild() if is_corrected} == wrong != set()
    assert sorted(PageLanguage.objects.values_list(*names), key=str) == before


def test_pages_in_order_are_only_read_whatever_their_state(journal, section):
    make_alias(ArticlePage.objects.first())
    incomplete = make_article(journal, "Neige", None, live_in=["fr"])
    TranslationAssignment.objects.create(
        page=incomplete, language="en", review=Review.SUBMITTED, submitted_by=make_user()
    )
    incomplete.get_latest_revision_as_object().record_draft()
    written = make_article(journal, "Pluie", "Rain", authors=[make_author(journal)])
    write_draft(written, lead_fr="Il pleut encore.")
    assert [page for page, is_corrected in rebuild() if is_corrected] == []


def test_a_draft_that_refers_to_what_is_gone_is_compared_without_it(journal):
    author = make_author(journal)
    article = make_article(journal, authors=[author])
    write_draft(article, lead_fr="Autre chapeau.")
    Page.objects.get(pk=author.pk).delete()
    for _page in rebuild():
        pass
    assert [page for page, is_corrected in rebuild() if is_corrected] == []


@pytest.mark.scale
def test_as_few_queries_for_many_pages_in_order(journal):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert not any(is_corrected for _page, is_corrected in rebuild())
        return [query["sql"] for query in captured]

    author = make_author(journal)

    def add(number):
        make_article(journal, f"Lac {number}", f"Lake {number}", authors=[author])
        write_draft(make_article(journal, f"Mer {number}", None), headline_en=f"Sea {number}")

    add(0)
    few = queries()
    for number in range(1, 6):
        add(number)
    many = queries()
    assert len(many) == len(few) <= 29, many


def test_what_is_put_right_stays_when_a_later_part_fails(section, monkeypatch):
    monkeypatch.setattr("diptych.articles.languages.publication.rebuilding.PART", 2)
    PageLanguage.objects.all().delete()
    pages = rebuild()
    done = [next(pages) for _each in range(3)]
    pages.close()
    assert PageLanguage.objects.filter(page_id__in=[page.pk for page, _new in done]).count() == 6
    call_command(COMMAND, verbosity=0)
    assert outdated_pages() == []


def test_a_database_that_fails_is_no_table_in_order(section):
    def fail(execute, sql, *args):
        raise OperationalError("disk I/O error")

    with connection.execute_wrapper(fail), pytest.raises(OperationalError):
        outdated_pages()


def test_the_system_check_is_silent_until_all_is_migrated(section):
    PageLanguage.objects.filter(page_id=section.pk).delete()
    MigrationRecorder(connection).Migration.objects.filter(app="diptych_languages").last().delete()
    found = checks.run_checks(databases=["default"])
    assert "diptych.W002" not in [each.id for each in found]


def test_the_command_says_what_it_did(section):
    PageLanguage.objects.filter(page_id=section.pk).delete()
    out = io.StringIO()
    call_command(COMMAND, stdout=out)
    pages = {row[0] for row in table()}
    assert f"Pages checked: {len(pages)}, of which corrected: 1." in out.getvalue()
    out = io.StringIO()
    call_command(COMMAND, stdout=out, verbosity=2)
    assert section.url_path in out.getvalue()
    out = io.StringIO()
    call_command(COMMAND, stdout=out, verbosity=0)
    assert out.getvalue() == ""


def test_a_change_behind_the_back_of_the_pages_is_repaired(journal, reader):
    page = make_article(journal, "Éléphant", "Elephant")
    ArticlePage.objects.filter(pk=page.pk).update(url_slug_en="raw")
    assert outdated_pages() == [page.pk]
    call_command(COMMAND, verbosity=0)
    assert reader.get("/en/stories/raw/").status_code == 200


def test_the_system_check_asks_for_a_rebuild_when_a_database_is_named(section):
    PageLanguage.objects.filter(page_id=section.pk).delete()

    def found(**options):
        return [each.id for each in checks.run_checks(**options) if each.id == "diptych.W002"]

    assert found(databases=["default"]) == ["diptych.W002"]
    assert found() == []
    call_command(COMMAND, verbosity=0)
    assert found(databases=["default"]) == []


@pytest.mark.parametrize(
    ("setting", "value", "problem"),
    [
        ("WAGTAILREDIRECTS_AUTO_CREATE", True, "diptych.W001"),
    ],
)
def test_a_setting_that_contradicts_the_languages_is_named(setting, value, problem):
    assert [each.id for each in check_settings(None)] == []
    with override_settings(**{setting: value}):
        assert [each.id for each in check_settings(None)] == [problem]


def test_a_page_is_not_in_use_for_having_rows(section):
    assert list(ReferenceIndex.get_grouped_references_to(section)) == []


def test_rows_read_well(section):
    assert str(section.languages.get(language="en")) == "/accueil/file/ (en)"
    assert rows(section)["en"] == ("/accueil/file/", True)


@pytest.mark.parametrize(
    ("version", "problems"),
    [
        ((8, 0, 1, "final", 0), []),
        ((8, 1, 0, "rc", 1), []),
        ((8, 1, 3, "final", 0), []),
        ((8, 2, 0, "alpha", 0), ["diptych.W023"]),
        ((9, 0, 0, "final", 0), ["diptych.W023"]),
    ],
)
def test_a_wagtail_that_nobody_has_tried_is_reported(monkeypatch, version, problems):
    monkeypatch.setattr("wagtail.VERSION", version)
    assert [each.id for each in check_wagtail(None)] == problems
