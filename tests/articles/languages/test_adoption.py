"""Pages from before there were languages are adopted, whatever comes in between, and released."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Comment, Locale, Page, Revision

from diptych.articles.languages.adoption import adopting
from diptych.articles.languages.adoption.adopting import adopt, adopt_served
from diptych.articles.languages.adoption.releasing import release
from diptych.articles.languages.config.fields import languages_by_column
from diptych.articles.languages.index.querysets import plain
from diptych.articles.languages.models import PageLanguage, RevisionLanguage
from diptych.articles.models import StandardPage
from tests.factories import make_alias, make_plain_page, make_user, write_draft

pytestmark = pytest.mark.django_db


def make_page_from_before(journal, title, **values):
    """A page live in French whose texts are in plain columns alone, as before the mixin."""
    page = make_plain_page(journal, fr=title, en=None, live_in=("fr",), **values)
    for _done in release(StandardPage, "fr"):
        pass
    fields = [StandardPage._meta.get_field(name) for name in languages_by_column(StandardPage)]
    empty = {each.name: None if each.null else each.get_default() for each in fields}
    plain(StandardPage).filter(pk=page.pk).update(**empty)
    PageLanguage.objects.filter(page=page.pk).delete()
    Redirect.objects.all().delete()
    return StandardPage.objects.get(pk=page.pk)


@pytest.fixture
def pages(journal):
    return [make_page_from_before(journal, title) for title in ("Un", "Deux", "Trois")]


def adopt_all(language="fr"):
    return list(adopt(StandardPage, language))


def adopted_state():
    """All that adopting writes, for comparison."""
    rows = PageLanguage.objects.filter(page__in=plain(StandardPage).values("pk"))
    contents = Revision.objects.filter(object_id__in=[str(pk) for pk in rows.values_list("page")])
    names = ("page", "language", "url_path", "live", "progress", "words_missing", "translated")
    return (
        sorted(rows.values_list(*names)),
        list(plain(StandardPage).order_by("pk").values("headline_fr", "headline_en", "body_fr")),
        list(contents.order_by("pk").values_list("content", flat=True)),
        sorted(Redirect.objects.values_list("old_path", "redirect_link")),
    )


def test_a_page_answers_at_both_of_its_addresses_and_nowhere_in_another_language(pages, client):
    adopt_all()
    page = StandardPage.objects.get(pk=pages[0].pk)
    assert page.headline_fr == "Un"
    assert not page.headline_en
    assert client.get("/un/").headers["location"] == "/fr/un/"
    assert client.get("/fr/un/").status_code == 200
    assert client.get("/en/un/").status_code == 404


@pytest.mark.rare
def test_what_is_interrupted_anywhere_goes_on_to_the_same_end(pages, monkeypatch):
    monkeypatch.setattr(adopting, "BATCH", 1)
    with transaction.atomic():
        adopt_all()
        whole = adopted_state()
        transaction.set_rollback(True)
    for count in range(1, 7):
        with transaction.atomic():
            for _done in zip(range(count), adopt(StandardPage, "fr"), strict=False):
                pass
            adopt_all()
            assert adopted_state() == whole, count
            transaction.set_rollback(True)


def test_a_batch_that_fails_leaves_nothing_behind(pages, monkeypatch):
    def fail(*args):
        raise IntegrityError

    before = adopted_state()
    monkeypatch.setattr(adopting, "_write_rows", fail)
    with pytest.raises(IntegrityError):
        adopt_all()
    assert adopted_state() == before


def test_a_second_run_finds_nothing(pages):
    adopt_all()
    assert adopt_all() == []


def test_migrate_writes_no_rows_anew_between_adopting_pages_and_their_history(pages):
    list(adopt_served(StandardPage, "fr"))
    rows = PageLanguage.objects.filter(page__in=pages)
    before = list(rows.values())
    call_command("migrate", verbosity=0)
    assert list(rows.values()) == before


def test_the_language_of_a_page_is_that_of_its_locale(pages):
    english, _made = Locale.objects.get_or_create(language_code="en")
    Page.objects.filter(pk=pages[0].pk).update(locale=english)
    assert sum(done.served for done in adopt_served(StandardPage)) == 3
    assert StandardPage.objects.get(pk=pages[0].pk).headline_en == "Un"
    assert StandardPage.objects.get(pk=pages[1].pk).headline_fr == "Deux"


@pytest.mark.rare
def test_a_page_written_only_in_a_removed_language_is_not_adopted_in_another(journal, client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE diptych_standardpage ADD COLUMN headline_de varchar(255)")
    pages = [make_page_from_before(journal, title) for title in ("Otter", "Dachs", "Un")]
    keys = [page.pk for page in pages]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE diptych_standardpage SET headline_de = 'Otter' WHERE page_ptr_id = %s", keys[:1]
        )
    plain(StandardPage).filter(pk=keys[1]).update(source_language="de")
    Revision.objects.all().delete()
    assert sum(done.served for done in adopt_served(StandardPage)) == 1
    adopt_all("en")
    addresses = [f"/{code}/{slug}/" for slug in ("otter", "dachs", "un") for code in ("fr", "en")]
    assert [each for each in addresses if client.get(each).status_code != 404] == ["/en/un/"]


def test_texts_in_a_removed_language_are_not_left_without_a_word(pages, capsys):
    adopt_all("fr")
    connection.check_constraints()  # or PostgreSQL alters no table that rows were added to
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE diptych_standardpage ADD COLUMN headline_de varchar(255)")
        cursor.execute(
            "UPDATE diptych_standardpage SET headline_de = 'Otter' WHERE page_ptr_id = %s",
            [pages[0].pk],
        )
    command = ("diptych_release", "diptych.StandardPage")
    texts = sorted(plain(StandardPage).values_list("pk", "headline_fr", "lead_fr"))
    with override("en"):
        with pytest.raises(CommandError, match="--leave-others"):
            call_command(*command, language="fr")
        assert "1 page has a text in de, which the settings do not name." in capsys.readouterr().out
        assert sorted(plain(StandardPage).values_list("pk", "headline_fr", "lead_fr")) == texts
        call_command(*command, language="fr", leave_others=True)
    assert "Released: " in capsys.readouterr().out


def test_pages_taken_for_another_language_are_corrected_unless_edited_since(pages, client):
    list(adopt_served(StandardPage, "en"))
    write_draft(StandardPage.objects.get(pk=pages[1].pk), lead_en="Written since.")
    found = adopt_all("fr")
    assert [each for done in found for each in done.refused] == [(pages[1].pk, "Deux")]
    assert client.get("/fr/un/").status_code == 200
    assert client.get("/en/un/").status_code == 404
    assert client.get("/en/deux/").status_code == 200


def test_history_converted_in_another_language_is_corrected_too(journal, client):
    page, other = (make_page_from_before(journal, title) for title in ("Un", "Deux"))
    comment = Comment.objects.create(page=page, user=make_user(), text="Ah ?", contentpath="lead")
    content = page.latest_revision.content | {"lead": "Un brouillon."}
    Revision.objects.filter(pk=page.latest_revision_id).update(content=content)
    Page.objects.filter(pk=page.pk).update(has_unpublished_changes=True)
    with transaction.atomic():
        adopt_all("fr")
        expected, rows = adopted_state(), list(RevisionLanguage.objects.values_list("language"))
        transaction.set_rollback(True)
    adopt_all("en")
    assert [done.refused for done in adopt_all("fr") if done.refused] == []
    assert adopted_state() == expected
    assert list(RevisionLanguage.objects.values_list("language")) == rows
    comment.refresh_from_db()
    assert comment.contentpath == "lead_fr"
    edited = {row.language: row.edited_at for row in PageLanguage.objects.filter(page=other.pk)}
    assert edited["fr"] and not edited["en"]
    assert client.get("/un/").headers["location"] == "/fr/un/"
    assert adopt_all("fr") == []


@pytest.mark.parametrize(
    "values", [{"headline_en": "New"}, {"lead_en": "New."}, {"headline_fr": "Neuf"}, {}]
)
@pytest.mark.parametrize("was_public", [True, False])
def test_pages_edited_after_their_history_was_converted_stay(journal, values, was_public):
    page = make_page_from_before(journal, "Un")
    if not was_public:
        state = {"live": False, "first_published_at": None, "last_published_at": None}
        Page.objects.filter(pk=page.pk).update(**state, live_revision=None)
    adopt_all("en")
    write_draft(StandardPage.objects.get(pk=page.pk), **values)
    refused = [each for done in adopt_all("fr") for each in done.refused]
    assert refused == [(page.pk, "Un")]


def test_what_was_written_since_by_code_is_not_moved_to_another_language(pages, client):
    aliased, _copied, changed = pages
    Revision.objects.all().delete()
    list(adopt_served(StandardPage, "en"))
    alias = make_alias(aliased)
    plain(StandardPage).filter(pk=aliased.pk).update(lead_en="Written by code.")
    plain(StandardPage).filter(pk=changed.pk).update(headline_fr="Trois, en français")
    found = adopt_all("fr")
    kept = [pk for done in found for pk, _title in done.refused]
    assert sorted(kept) == sorted([aliased.pk, alias.pk, changed.pk])
    assert client.get(f"/en/{alias.slug}/").status_code == 200
    assert client.get("/fr/deux/").status_code == 200
    assert client.get("/deux/").headers["location"] == "/fr/deux/"


def test_what_the_release_before_publishes_after_migrate_is_taken_over(pages, client):
    list(adopt_served(StandardPage, "fr"))
    page, now = pages[0], timezone.now()
    plain(StandardPage).filter(pk=page.pk).update(lead="Du dernier moment.")
    Page.objects.filter(pk=page.pk).update(title="Un et demi", last_published_at=now)
    content = page.live_revision.content | {"title": "Un et demi", "lead": "Du dernier moment."}
    Revision.objects.filter(pk=page.live_revision_id).update(content=content)
    adopt_all()
    served = client.get("/fr/un/").content.decode()
    assert "Du dernier moment." in served
    assert "Un et demi" in served


def test_an_old_version_published_before_its_history_is_adopted_keeps_its_texts(journal, client):
    page = make_page_from_before(journal, "Un", lead_fr="Ce qui était écrit.")
    list(adopt_served(StandardPage, "en"))
    with override("fr"):
        Revision.objects.get(pk=page.latest_revision_id).publish()
    list(adopt(StandardPage))
    assert "Ce qui était écrit." in client.get("/en/un/").content.decode()


def test_drafts_are_read_in_the_language_of_the_page_before_they_are_converted(journal):
    page = make_page_from_before(journal, "Un")
    content = page.latest_revision.content | {"lead": "Un brouillon."}
    Revision.objects.filter(pk=page.latest_revision_id).update(content=content)
    Page.objects.filter(pk=page.pk).update(has_unpublished_changes=True)
    list(adopt_served(StandardPage, "en"))
    draft = StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (draft.lead_en, draft.lead_fr) == ("Un brouillon.", None)


def test_a_comment_moves_with_its_text_and_back(journal):
    page = make_page_from_before(journal, "Un")
    comment = Comment.objects.create(
        page=page, user=make_user(), text="Ah ?", contentpath="body.1234"
    )
    adopt_all()
    comment.refresh_from_db()
    assert comment.contentpath == "body_fr.1234"
    list(release(StandardPage, "fr"))
    comment.refresh_from_db()
    assert comment.contentpath == "body.1234"


def test_an_address_that_is_taken_gets_a_number(journal, client):
    page = make_page_from_before(journal, "Un")
    other = make_plain_page(journal, fr="Deux", en="Deux", live_in=("fr", "en"), url_slug_fr="un")
    adopt_all()
    both = StandardPage.objects.filter(pk__in=[page.pk, other.pk])
    addresses = {each.url_in("fr") for each in both}
    assert addresses == {"/fr/un/", "/fr/un-2/"}
    assert {client.get(address).status_code for address in addresses} == {200}


def test_a_long_slug_is_cut_and_its_old_address_redirects(journal, client):
    page = make_page_from_before(journal, "Un")
    slug = "a" * 200
    Page.objects.filter(pk=page.pk).update(slug=slug)
    stored = Page.objects.get(pk=page.pk)
    stored.set_url_path(stored.get_parent())
    Page.objects.filter(pk=page.pk).update(url_path=stored.url_path)
    adopt_all()
    assert client.get(f"/{slug}/").headers["location"] == f"/fr/{'a' * 150}/"
    assert client.get(f"/fr/{'a' * 150}/").status_code == 200


def test_releasing_refuses_to_leave_a_text_behind_unless_told_to(journal, tmp_path):
    page = make_plain_page(journal)
    with override("en"), pytest.raises(CommandError, match="Nothing has been changed"):
        call_command("diptych_release", "diptych.StandardPage", language="fr")
    assert Page.objects.get(pk=page.pk).slug == page.slug
    file = tmp_path / "left.jsonl"
    options = {"language": "en", "dry_run": True, "export": file}
    call_command("diptych_release", "diptych.StandardPage", **options)
    (left,) = [json.loads(line) for line in file.read_text().splitlines()]
    assert (left["language"], left["live"]["headline"]) == ("fr", "À propos")


def test_a_page_without_the_language_that_stays_keeps_its_text_as_a_draft(journal):
    page = make_plain_page(journal, en=None, live_in=("fr",), lead_fr="En français.")
    (done,) = release(StandardPage, "en")
    assert done.unwritten == 1
    stored = plain(StandardPage).get(pk=page.pk)
    assert (stored.live, stored.title) == (False, "À propos")
    assert not PageLanguage.objects.filter(page=page, live=True).exists()
    leads = plain(StandardPage).filter(pk=page.pk).values_list("lead", flat=True)
    assert leads.get() == "En français."


@pytest.mark.parametrize("command", ["diptych_adopt", "diptych_release"])
def test_unknown_types_and_languages_are_refused_in_words(command):
    with override("en"), pytest.raises(CommandError, match="no page type in several languages"):
        call_command(command, "wagtailcore.Page", language="fr")
    with override("en"), pytest.raises(CommandError, match="it is no language of the pages: "):
        call_command(command, "diptych.StandardPage", language="it")
