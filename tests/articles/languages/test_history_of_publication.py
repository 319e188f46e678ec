"""The history of a page says what was published in which language, and who wrote what."""

from django.urls import reverse
from wagtail.models import PageLogEntry

from diptych.articles.languages.models import PageLanguage, RevisionLanguage
from diptych.articles.models import ArticlePage
from tests.articles.admin.html import soup, text_of
from tests.articles.languages.editor import PUBLISH_FRENCH, article_form, draft_of, edit
from tests.articles.languages.windows import Window
from tests.factories import make_article, make_user, write_draft


def published(article):
    """The languages of the newest publication in the log of a page."""
    entries = PageLogEntry.objects.filter(page=article, action="wagtail.publish")
    return entries.order_by("-pk").first().data["languages"]


def last_written(article):
    return list(
        RevisionLanguage.objects.filter(revision=draft_of(article).latest_revision).values_list(
            "language", flat=True
        )
    )


def test_a_publication_names_the_languages_in_which_readers_see_something_new(journal):
    article = make_article(journal, live_in=("fr",))
    assert published(article) == {"fr": "first"}
    write_draft(article, lead_fr="Autre.", lead_en="Other.")
    article.publish_languages(["en"])
    assert published(article) == {"en": "first"}
    article.publish_languages(["fr"])
    assert published(article) == {"fr": "again"}


def test_an_alias_leaves_the_publication_of_its_original_as_it_is(journal):
    article = make_article(journal, live_in=())
    article.create_alias(parent=journal.articles, update_slug="alias")
    article.publish_languages(["fr"])
    assert published(article) == {"fr": "first"}


def test_the_history_shows_them(admin, journal):
    article = make_article(journal, live_in=("fr",))
    article.publish_languages(["en"])
    history = soup(admin.get(reverse("wagtailadmin_pages:history", args=(article.pk,))))
    rows = [text_of(row) for row in history.select("table.listing tbody tr")]
    published = [row for row in rows if row.startswith("Published")]
    assert "English, for the first time" in published[0] and "French" not in published[0]


def test_what_was_saved_by_itself_before_the_button_is_of_its_language(journal):
    article = make_article(journal)
    window = Window(article)
    assert window.write(lead_fr="Autre.").autosave()["success"]
    published_before = ArticlePage.objects.get(pk=article.pk).last_public_at_en
    window.save(PUBLISH_FRENCH)
    address = reverse("wagtailadmin_pages:history", args=(article.pk,))
    for question in ("", "?language=fr"):
        history = soup(window.client.get(f"{address}{question}"))
        rows = history.select("table.listing tbody tr")[:3]
        cells = [[text_of(cell) for cell in row.select("td")] for row in rows]
        assert [languages for _action, languages, *_others in cells] == ["French"] * 3
        assert cells[0][0].startswith("Published")
    article.refresh_from_db()
    assert article.last_public_at_en == published_before
    assert (article.updated_at_fr is None, article.updated_at_en is None) == (False, True)
    assert last_written(article) == []


def test_publishing_one_language_leaves_who_wrote_the_other(journal):
    article = make_article(journal)
    translator, chief = make_user("moderator"), make_user("admin")
    draft = draft_of(article)
    draft.headline_en, draft.headline_fr = "Half writ", "Deux"
    draft.save_revision(user=translator)
    article.publish_languages(["fr"], user=chief)
    row = PageLanguage.objects.get(page=article, language="en")
    assert row.edited_by == translator
    assert last_written(article) == []
    assert draft_of(article).headline_en == "Half writ"


def test_what_was_written_in_the_form_counts_as_written(admin, journal):
    """English is in the form that publishes French, and becomes a draft."""
    article = make_article(journal)
    edit(admin, article, article_form("Publié", "Half writ", PUBLISH_FRENCH))
    assert draft_of(article).headline_en == "Half writ"
    assert ArticlePage.objects.get(pk=article.pk).headline_en == "The lake freezes"
    assert last_written(article) == ["en"]
