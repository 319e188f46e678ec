"""What a translation says of itself: its origin, who made it, that its original has changed."""

import pytest
from django.test import Client

from diptych.articles.models import AuthorPage, JournalSettings
from tests.articles.languages.editor import PUBLISH_ENGLISH, article_form, edit
from tests.factories import make_article, make_author, make_user, publish_draft

ENGLISH, FRENCH = "/en/stories/the-lake-freezes/", "/fr/articles/le-lac-gele/"
CHANGED = "The original was modified on"


def page_at(client, address):
    return client.get(address).content.decode()


def test_a_translation_names_its_origin_and_who_made_it(client, journal):
    person, reader = make_author(journal, "Ana Öz"), make_author(journal, "Jo Roy")
    make_article(journal, translator_en=person, reviewer_en=reader)
    page = page_at(client, ENGLISH)
    assert 'Translated from French by <a href="/en/authors/ana-oz/">Ana Öz</a>' in page
    assert ', reviewed by <a href="/en/authors/jo-roy/">Jo Roy</a>.' in page
    assert f'<a href="{FRENCH}" hreflang="fr">Read the original</a>' in page


def test_an_original_says_nothing_of_a_translation(client, journal):
    make_article(journal, translator_en=make_author(journal, "Ana Öz"))
    assert "Traduit" not in page_at(client, FRENCH)


def test_french_speaks_of_english_as_french_does(client, journal):
    person = make_author(journal, "Ana Öz")
    make_article(journal, source_language="en", translator_fr=person)
    assert "Traduit de l’anglais par" in page_at(client, FRENCH)


def test_an_original_that_is_not_live_is_not_linked(client, journal):
    make_article(journal, live_in=("en",), translator_en=make_author(journal, "Ana Öz"))
    page = page_at(client, ENGLISH)
    assert "Translated from French by" in page
    assert "Read the original" not in page


def test_a_translator_without_a_page_in_this_language_is_named_all_the_same(client, journal):
    make_article(journal, translator_en=make_author(journal, "Ana Öz", live_in=("fr",)))
    assert "Translated from French by Ana Öz." in page_at(client, ENGLISH)


def test_readers_learn_that_the_original_has_changed(client, journal):
    article = make_article(journal)
    assert CHANGED not in page_at(client, ENGLISH)
    publish_draft(article, lead_fr="Un autre chapeau.")
    assert CHANGED in page_at(client, ENGLISH)
    assert "modifié" not in page_at(client, FRENCH)
    publish_draft(article, lead_en="Another lead.")
    assert CHANGED not in page_at(client, ENGLISH)


def test_a_draft_of_the_original_changes_nothing_for_readers(client, journal):
    article = make_article(journal)
    draft = article.get_latest_revision_as_object()
    draft.lead_fr = "Un autre chapeau."
    draft.save_revision()
    assert CHANGED not in page_at(client, ENGLISH)


def test_the_journal_may_keep_it_to_itself(client, journal):
    publish_draft(make_article(journal), lead_fr="Un autre chapeau.")
    settings = JournalSettings.for_site(journal.site)
    settings.outdated_notice = False
    settings.save()
    assert CHANGED not in page_at(client, ENGLISH)


def test_who_did_the_work_is_credited_unless_somebody_is_chosen(client, journal):
    user = make_user("admin")
    make_author(journal, "Ana Öz", account=user)
    article = make_article(journal, en=None, live_in=("fr",))
    client.force_login(user)
    form = article_form(fr="Le lac gèle", en="The lake freezes", press=PUBLISH_ENGLISH)
    assert edit(client, article, form).status_code == 302
    assert "Translated from French by" in page_at(Client(), ENGLISH)

    chosen = make_author(journal, "Jo Roy")
    form = article_form(fr="Le lac gèle", en="The lake thaws", press=PUBLISH_ENGLISH)
    edit(client, article, form | {"translator_en": chosen.pk, "url_slug_en": "thaw"})
    assert ">Jo Roy</a>" in page_at(Client(), "/en/stories/thaw/")


@pytest.mark.rare
def test_an_author_page_lists_the_translations_of_that_language(client, journal):
    person = make_author(journal, "Ana Öz")
    make_article(journal, translator_en=person)
    make_article(journal, "Été", "Summer", live_in=("fr",), translator_en=person)
    make_article(journal, "Forêt", "Forest", source_language="en", translator_fr=person)
    english = page_at(client, "/en/authors/ana-oz/")
    assert "Translations" in english
    assert "The lake freezes" in english
    assert "Summer" not in english
    assert "Forest" not in english
    french = page_at(client, "/fr/auteurs/ana-oz/")
    assert "Traductions" in french
    assert "Forêt" in french
    assert "Le lac gèle" not in french


def test_the_account_stays_with_the_person_when_a_page_is_copied(journal):
    person = make_author(journal, "Ana Öz", account=make_user("admin"))
    copy = person.copy(update_attrs={"slug": "ana-2"}, user=None)
    assert AuthorPage.objects.get(pk=copy.pk).account is None
