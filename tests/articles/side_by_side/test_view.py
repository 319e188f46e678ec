"""The translating view: what it shows of a source, and what it lets one write."""

import pytest
from wagtail.models import Page

from tests.articles.languages.editor import draft_of
from tests.articles.side_by_side.screen import (
    Screen,
    address,
    body,
    change_source,
    form_of,
    look,
    make_member,
    save,
    three_paragraphs,
    translated,
)
from tests.factories import make_article, make_author, make_image, sign_in, write_draft
from tests.tiers import one_row_of


def test_each_piece_stands_beside_what_translates_it(journal, translator):
    article = translated(journal)
    screen = look(translator, article)
    assert set(screen.places) == {"headline", "lead", "body.a", "body.b", "body.c"}
    assert set(screen.places.values()) == {"translated"}
    assert screen.source("body.b") == "Deux rives."
    assert screen.place("body.b")["data-column"] == "body_en"
    assert screen.summary == "Everything is translated and up to date."


def test_only_one_language_can_be_written(journal, translator):
    screen = look(translator, translated(journal))
    assert {"headline_en", "lead_en", "url_slug_en", "hero_image"} <= screen.fields
    assert not [name for name in screen.fields if name.endswith("_fr") and "role" not in name]


@pytest.mark.rare
def test_suggestions_of_related_articles_are_left_to_the_editor(journal, translator):
    article = make_article(journal)
    editor = translator.get(f"/admin/pages/{article.pk}/edit/").content.decode()
    assert "diptych_related/admin/related.js" in editor
    screen = translator.get(address(article)).content.decode()
    assert "diptych_related/admin/related.js" not in screen


def test_what_was_added_in_the_source_is_to_translate(journal, translator):
    article = translated(journal)
    change_source(article, ("a", "Un lac."), ("n", "Du neuf."), ("b", "Deux rives."))
    screen = look(translator, article)
    assert screen.places["body.n"] == "untranslated"
    assert screen.places["body.c"] == "gone"
    assert screen.summary == "1 to translate 1 deleted in the source 2 words"
    assert "Trois ponts." in screen.place("body.c").get_text()


def test_a_block_that_moved_in_the_source_is_the_one_that_is_said_to(journal, translator):
    article = translated(journal)
    change_source(article, ("b", "Deux rives."), ("c", "Trois ponts."), ("a", "Un lac."))
    screen = look(translator, article)
    moved = [key for key in screen.places if "Follow the order" in screen.buttons(key)]
    assert moved == ["body.a"]
    assert screen.summary == "1 in another place"


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    one_row_of(
        [
            (
                "Un lac gris et froid.",
                "Un lac clair et froid.",
                "Un lac [-gris-] {+clair+} et froid.",
            ),
            ("Un lac.", "Un lac. Il gèle.", "Un lac. {+Il gèle.+}"),
            ("Un grand lac.", "Un lac.", "Un [-grand-] lac."),
            ("Il gèle ?", "Il gèle\u202f?", "Il [-gèle-] {+gèle\u202f+}?"),
        ],
        "rare",
    ),
)
def test_the_difference_is_shown_word_by_word(journal, translator, before, after, shown):
    article = translated(journal, body_fr=body(("a", before)), body_en=body(("a", "A lake.")))
    change_source(article, ("a", after))
    screen = look(translator, article)
    assert screen.places["body.a"] == "outdated"
    assert screen.difference("body.a") == shown


@pytest.mark.rare
def test_a_change_without_other_words_says_so(journal, translator):
    article = translated(
        journal,
        body_fr=body(
            ("a", "Un lac."),
        ),
        body_en=body(("a", "A lake.")),
    )
    change_source(article, ("a", "paragraph", "<p>Un <b>lac</b>.</p>"))
    place = look(translator, article).place("body.a")
    assert place["data-status"] == "outdated"
    assert "The words are the same." in place.get_text()


def test_what_is_written_is_saved_and_only_there(journal, translator):
    article = translated(journal)
    form = form_of(translator, article, lead_en="Another lead.")
    assert save(translator, article, form).status_code == 302
    draft = draft_of(article)
    assert draft.lead_en == "Another lead."
    assert draft.body_en.raw_data[1]["id"] == "b"
    assert (draft.headline_fr, draft.lead_fr) == ("Le lac", article.lead_fr)
    assert draft.body_fr.raw_data[0]["value"] == "<p>Un lac.</p>"


@pytest.mark.rare
def test_the_marks_are_refreshed_by_each_automatic_save(journal, translator):
    article = translated(journal)
    change_source(article, ("a", "Un lac gelé."), ("b", "Deux rives."), ("c", "Trois ponts."))
    assert look(translator, article).places["body.a"] == "outdated"
    blocks = [
        ("a", "paragraph", "<p>A frozen lake.</p>"),
        ("b", "paragraph", "<p>Two banks.</p>"),
        ("c", "paragraph", "<p>Three bridges.</p>"),
    ]
    answer = save(translator, article, form_of(translator, article, blocks), by_itself=True)
    html = answer.json()["html"]
    assert 'data-status="outdated"' not in html
    assert "Everything is translated" in html


def test_publishing_one_language_from_here(journal, translator):
    article = translated(journal, live_in=("fr",))
    form = form_of(translator, article)
    save(translator, article, {**form, "action-publish-only-en": "1"})
    article.refresh_from_db()
    assert article.is_public_en
    assert article.text_in("headline", "en") == "The lake"


def test_either_language_can_be_the_source(journal, translator):
    article = make_article(
        journal,
        "Le lac",
        "The lake",
        source_language="en",
        body_en=body(("a", "A lake.")),
        body_fr=body(("a", "Un lac.")),
    )
    screen = look(translator, article, "fr")
    assert screen.source("body.a") == "A lake."
    assert screen.place("body.a")["data-column"] == "body_fr"
    assert "headline_fr" in screen.fields
    assert "headline_en" not in screen.fields


def test_other_page_types_are_translated_too(journal, translator):
    author = make_author(journal, live_in=["fr"], biography_fr="Elle écrit.", biography_en="")
    screen = look(translator, author)
    assert screen.places["biography"] == "untranslated"
    assert screen.places["headline"] == "translated"


@pytest.mark.rare
def test_pictures_are_shown_and_a_deleted_one_does_no_harm(journal, translator):
    image = make_image()
    value = {"image": image.pk, "alt": "Un lac", "caption": "", "decorative": False}
    article = translated(
        journal,
        body_fr=body(("p", "image", value)),
        body_en=body(("p", "image", {**value, "alt": "A lake"})),
    )
    response = translator.get(address(article))
    assert image.get_rendition("max-165x165").url in response.content.decode()
    image.delete()
    assert "Un lac" in look(translator, article).source("body.p")


@pytest.mark.parametrize("language", ["de", "xx"])
def test_an_unknown_language_is_not_found(journal, translator, language):
    article = translated(journal)
    url = f"/admin/diptych/translate/{article.pk}/{language}/"
    assert translator.get(url, follow=True).status_code == 404


def test_a_page_without_languages_is_not_found(journal, translator):
    root = Page.get_first_root_node()
    assert translator.get(address(root), follow=True).status_code == 404


def test_a_page_that_is_gone_is_not_found(journal, translator):
    url = "/admin/diptych/translate/999999/en/"
    assert translator.get(url, follow=True).status_code == 404


def test_an_alias_leads_to_its_original(journal, translator):
    article = translated(journal)
    alias = article.create_alias(update_slug="alias")
    response = translator.get(address(alias))
    assert response.status_code == 200
    assert f"/admin/pages/{article.pk}/edit/" in response.content.decode()
    assert "This page is an alias" in response.content.decode()
    for act in ("start-empty", "pair", "make-source"):
        assert translator.post(address(alias, act=act), follow=True).status_code == 404


@pytest.mark.rare
def test_a_locked_page_can_be_read_and_not_written(journal, translator, client):
    article = translated(journal)
    change_source(article, ("a", "Un lac gelé."), ("b", "Deux rives."), ("c", "Trois ponts."))
    user = sign_in(client, "moderator")
    article.locked, article.locked_by = True, None
    article.save(update_fields=["locked", "locked_by"])
    response = client.get(address(article))
    assert "locked" in response.content.decode()
    assert not Screen(response).buttons("body.a")
    before = draft_of(article).body_en.raw_data[0]["value"]
    form = form_of(client, article, lead_en="Other")
    save(client, article, {**form, "diptych-confirm": "body.a"})
    client.post(address(article, act="start-copied"))
    assert draft_of(article).body_en.raw_data[0]["value"] == before
    assert draft_of(article).lead_en == article.lead_en
    assert look(client, article).places["body.a"] == "outdated"
    assert user.is_active


@pytest.mark.rare
def test_a_page_in_moderation_is_translated_all_the_same(journal, translator):
    article = translated(journal)
    revision = change_source(article, ("a", "Un lac gelé."))
    workflow = article.get_workflow()
    workflow.start(revision.as_object(), None)
    screen = look(translator, article)
    assert screen.places["body.a"] == "outdated"
    form = form_of(translator, article, lead_en="Another lead.")
    assert save(translator, article, form).status_code == 302
    assert draft_of(article).lead_en == "Another lead."


def test_purged_revisions_change_nothing(journal, translator):
    article = translated(journal)
    change_source(article, ("a", "Un lac gelé."), ("b", "Deux rives."), ("c", "Trois ponts."))
    write_draft(article, lead_en="Later.")
    article.revisions.exclude(pk=article.latest_revision_id).delete()
    screen = look(translator, article)
    assert screen.places["body.a"] == "outdated"
    assert screen.difference("body.a") == "Un [-lac.-]{+lac gelé.+}"


def test_a_kind_of_block_that_is_gone_is_passed_over(journal, translator):
    article = translated(journal)
    change_source(article, ("a", "Un lac."), ("z", "carousel", {"slides": 3}))
    screen = look(translator, article)
    assert "body.z" not in screen.places
    assert screen.places["body.a"] == "translated"


@pytest.mark.parametrize("may", [("edit_fr",), ()])
def test_without_the_right_to_a_language_nobody_gets_in(journal, client, may):
    article = translated(journal)
    client.force_login(make_member(journal, *may))
    assert client.get(address(article)).status_code == 302
    for act in ("start-empty", "start-copied", "pair", "make-source"):
        client.post(address(article, act=act))
    form = {"lead_en": "Crafted", "diptych-confirm": "all"}
    assert client.post(address(article), form).status_code == 302
    assert draft_of(article).lead_en == article.lead_en
    for act in ("sources", "copy", "preview"):
        assert client.get(address(article, act=act) + "?key=body.a").status_code == 302


@pytest.mark.rare
def test_a_translator_reads_what_all_languages_share(journal, client):
    article = translated(journal, hero_image=make_image("Le grand lac"))
    client.force_login(make_member(journal, "edit_en"))
    screen = look(client, article)
    assert "headline_en" in screen.fields
    assert "hero_image" not in screen.fields
    form = form_of(client, article, lead_en="By the translator.")
    assert save(client, article, form).status_code == 302
    draft = draft_of(article)
    assert draft.lead_en == "By the translator."
    assert draft.hero_image_id == article.hero_image_id


@pytest.mark.rare
def test_the_preview_beside_it_opens_in_the_language_of_the_translation(journal, translator):
    article = translated(journal)
    screen = look(translator, article)
    preview = screen.soup.select_one("[data-w-preview-url-value]")["data-w-preview-url-value"]
    assert preview == address(article, act="preview")
    form = form_of(translator, article, lead_en="A lead in a preview.")
    assert translator.post(preview, form).json() == {"is_valid": True, "is_available": True}
    shown = translator.get(preview).content.decode()
    assert "A lead in a preview." in shown
    assert "Three bridges." in shown


@pytest.mark.parametrize(("live_in", "is_said"), [(("fr",), False), (("fr", "en"), True)])
def test_live_is_said_of_the_language_that_is_written(journal, translator, live_in, is_said):
    screen = look(translator, translated(journal, live_in=live_in))
    assert bool(screen.soup.select(".page-status-tag")) is is_said


@pytest.mark.parametrize(("make", "follows"), [(three_paragraphs, True), (translated, False)])
def test_the_address_follows_the_headline_until_the_language_is_live(
    journal, translator, make, follows
):
    article = make(journal)
    translator.post(address(article, act="start-empty"))
    headline = look(translator, article).soup.select_one("#id_headline_en")
    assert headline["data-w-sync-target-value"] == "#id_url_slug_en"
    assert ("keyup->w-sync#apply" in headline.get("data-action", "")) is follows
