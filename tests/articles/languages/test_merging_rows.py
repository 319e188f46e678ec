"""Several people write in what all languages share, and in the rows below a page."""

import pytest

from diptych.articles.models import ArticleAuthor
from tests.articles.languages.editor import draft_of
from tests.articles.languages.windows import Window
from tests.articles.side_by_side.screen import make_member
from tests.factories import make_article, make_author, write_draft

pytestmark = pytest.mark.rare


def test_shared_fields(elephant, ana, ben):
    ana.write(publication_date="2026-01-02 10:30").autosave()
    assert ben.write(headline_en="Giraffe").autosave()["success"]
    assert draft_of(elephant).publication_date is not None
    answer = ben.write(publication_date="2026-02-03 10:30").autosave()
    assert not answer["success"]


def test_a_date_with_seconds_is_no_change(elephant, ana, ben):
    write_draft(elephant, publication_date="2026-01-02T10:30:45Z")
    ana.load()
    write_draft(elephant, publication_date="2026-01-03T10:30:45Z")
    assert ana.write(headline_fr="Girafe").autosave()["success"]
    assert draft_of(elephant).publication_date.day == 3


def test_rows_that_one_adds_stay_when_the_other_saves(journal, elephant, ana, ben):
    author = make_author(journal, "Léa Rochat")
    ana.add_row("authors", author=str(author.pk), role_fr="", role_en="").autosave()
    assert ben.write(headline_en="Giraffe").autosave()["success"]
    ana.write(headline_fr="Girafe").autosave()
    assert [row.author_id for row in draft_of(elephant).authors.all()] == [author.pk]


@pytest.mark.parametrize("live_in", [("fr", "en"), ()])
def test_two_translators_of_one_row(journal, live_in):
    author = make_author(journal, "Léa Rochat")
    page = make_article(journal, live_in=live_in, authors=[author])
    ana, ben = Window(page), Window(page)
    ana.write(**{"authors-0-role_fr": "Texte"}).autosave()
    assert ben.write(**{"authors-0-role_en": "Text"}).autosave()["success"]
    assert ana.write(headline_fr="Girafe").autosave()["success"]
    [row] = draft_of(page).authors.all()
    assert (row.role_fr, row.role_en) == ("Texte", "Text")


def test_who_adds_a_row_keeps_the_words_of_the_other(journal):
    first, second = make_author(journal, "Léa Rochat"), make_author(journal, "Noé Favre")
    page = make_article(journal, authors=[first])
    ana, ben = Window(page), Window(page)
    ana.write(**{"authors-0-role_en": "Text"}).autosave()
    ben.add_row("authors", author=str(second.pk), role_fr="Photos", role_en="")
    assert ben.autosave()["success"]
    rows = list(draft_of(page).authors.all())
    assert [(row.author_id, row.role_fr or "", row.role_en or "") for row in rows] == [
        (first.pk, "", "Text"),
        (second.pk, "Photos", ""),
    ]


@pytest.mark.parametrize("live_in", [("fr", "en"), ()])
def test_a_row_removed_by_one_stays_removed(journal, live_in):
    author = make_author(journal, "Léa Rochat")
    page = make_article(journal, live_in=live_in, authors=[author])
    ana, ben = Window(page), Window(page)
    ana.write(**{"authors-0-DELETE": "on"}).autosave()
    assert not draft_of(page).authors.all()
    assert ben.write(headline_en="Giraffe").autosave()["success"]
    assert not draft_of(page).authors.all()


@pytest.mark.parametrize("live_in", [("fr", "en"), ()])
def test_rows_in_conflict(journal, live_in):
    first, second = make_author(journal, "Léa Rochat"), make_author(journal, "Noé Favre")
    page = make_article(journal, live_in=live_in, authors=[first])
    ana, ben = Window(page, name="Ana"), Window(page)
    ana.write(**{"authors-0-DELETE": "on"}).autosave()
    ben.add_row("authors", author=str(second.pk), role_fr="", role_en="")
    assert not ben.autosave()["success"]
    assert ben.save().status_code == 200
    assert "Ana" in ben.html
    assert ben.save().status_code == 302
    assert [row.author_id for row in draft_of(page).authors.all()] == [first.pk, second.pk]


def test_rows_are_not_doubled_by_saving_again(journal, elephant, ana):
    author = make_author(journal, "Léa Rochat")
    ana.add_row("authors", author=str(author.pk), role_fr="", role_en="")
    for turn in range(3):
        assert ana.write(headline_fr=f"Girafe {turn}").autosave()["success"]
    assert draft_of(elephant).authors.count() == 1


@pytest.fixture
def two_new_authors(journal):
    """A live article in whose draft two authors have been added, each with a role."""
    page = make_article(journal, source_language="en")
    people = [make_author(journal, name) for name in ("Léa Rochat", "Noé Favre")]
    roles = (("Texte", "Text"), ("Photos", "Pictures"))
    rows = [
        ArticleAuthor(author=author, role_fr=fr, role_en=en)
        for author, (fr, en) in zip(people, roles, strict=True)
    ]
    write_draft(page, authors=rows)
    assert {row.pk for row in draft_of(page).authors.all()} == {None}
    return page


def roles_of(page):
    return [(row.role_fr, row.role_en) for row in draft_of(page).authors.all()]


def test_new_rows_keep_each_their_words_in_a_language_that_is_not_mine(
    journal, two_new_authors, client
):
    client.force_login(make_member(journal, "edit_en"))
    window = Window(two_new_authors, client=client)
    assert window.write(lead_en="Other.").post().status_code == 302
    assert roles_of(two_new_authors) == [("Texte", "Text"), ("Photos", "Pictures")]


def test_new_rows_are_written_in_by_who_may_not_add_any(journal, two_new_authors, client):
    client.force_login(make_member(journal, "edit_fr"))
    window = Window(two_new_authors, client=client)
    fields = [name for name in window.form if name.startswith("authors-")]
    assert all(name.endswith("role_fr") for name in fields)
    words = dict(zip(fields, ("Récit", "Images"), strict=True))
    assert window.write(**words).post().status_code == 302
    assert roles_of(two_new_authors) == [("Récit", "Text"), ("Images", "Pictures")]
