"""What somebody sees of a language that is not theirs: text to read, and why."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.blocks import BlockField, CharBlock, StreamBlock
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from diptych.articles.models import ArticleAuthor
from tests.articles.languages import editor
from tests.articles.permissions.ways import stolen_form
from tests.articles.permissions.world import member
from tests.articles.recordings.sounds import let_hear, make_document
from tests.factories import make_image, write_draft
from tests.tiers import one_row_of


def edit_screen(client, page):
    response = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    assert response.status_code == 200
    return response.context["form"], response.content.decode()


def test_the_other_language_is_text_in_its_language(world):
    form, html = edit_screen(member("translators-fr-en"), world.article)
    assert "headline_en" in form.fields
    assert "headline_fr" not in form.fields
    assert 'name="headline_fr"' not in html
    assert "Brouillon" in html
    assert 'aria-readonly="true"' in html
    assert 'lang="fr"' in html


def test_bodies_are_read_as_they_stand(world):
    _form, html = edit_screen(member("translators-fr-en"), world.article)
    assert "Texte de Premier." in html
    assert 'id="id_body_fr' not in html


@pytest.mark.parametrize(
    ("group", "tabs"),
    one_row_of([("chiefs", 0), ("editors-fr", 1), ("translators-fr-en", 3)], "rare"),
)
def test_each_tab_says_why_it_can_only_be_read(world, group, tabs):
    _form, html = edit_screen(member(group), world.article)
    assert html.count("data-permission-note") == tabs


@pytest.mark.parametrize(
    ("group", "tab"), [("editors-fr", "Français"), ("translators-fr-en", "English")]
)
def test_the_screen_opens_at_the_language_somebody_writes_in(world, group, tab):
    _form, html = edit_screen(member(group), world.article)
    page = BeautifulSoup(html, "html.parser")
    opened = page.select_one("form .w-tabs")["data-w-tabs-active-panel-id-value"]
    assert page.select_one(f'[role=tab][href="#{opened}"]').contents[0].strip() == tab


def test_what_is_shared_is_text_for_translators(world):
    form, html = edit_screen(member("translators-fr-en"), world.article)
    assert not {"hero_image", "source_language", "publication_date"} & form.fields.keys()
    assert not {"authors", "topics", "picks"} & form.formsets.keys()
    assert "comments" in form.formsets
    assert "Léa Rochat" in html


def test_translators_choose_the_recording_of_their_language_alone(world):
    let_hear(world.journal)
    document = make_document("lecture.mp3")
    write_draft(world.article, recording_fr=document)
    form, html = edit_screen(member("translators-fr-en"), world.article)
    assert "recording_en" in form.fields and "recording_fr" not in form.fields
    assert document.title in html


@pytest.mark.rare
def test_translators_describe_the_main_picture_below_it(world):
    write_draft(world.article, hero_image=make_image("Le lac"), hero_alt_fr="Une étendue gelée")
    form, html = edit_screen(member("translators-fr-en"), world.article)
    text = BeautifulSoup(html, "html.parser").select_one("[name=hero_alt_en]")
    panel = text.find_parent("section", class_="w-panel")
    assert panel.select_one("img[src]")
    assert "Une étendue gelée" in panel.text
    assert not {"hero_image", "hero_alt_fr"} & form.fields.keys()


def test_translators_write_what_an_author_did_in_their_language(world):
    client = member("translators-fr-en")
    entry = world.article.authors.get()
    _form, html = edit_screen(client, world.article)
    assert html.count(f'name="authors-{entry.pk}-role_en"') == 1
    assert f'name="authors-{entry.pk}-role_fr"' not in html
    editor.edit(client, world.article, stolen_form(world))
    kept = editor.draft_of(world.article).authors.get()
    assert (kept.role_fr, kept.role_en) == ("Texte", "Stolen en")


def test_translators_write_blocks_in_rows(world, monkeypatch):
    """As a project may have them: the name of the input is not that of a column of the page."""
    role = ArticleAuthor._meta.get_field("role_en")
    block = StreamBlock([("text", CharBlock())])
    monkeypatch.setattr(role, "formfield", lambda **kwargs: BlockField(block, required=False))
    monkeypatch.setattr(BlockField, "has_changed", lambda field, initial, data: True)
    monkeypatch.setattr(
        role, "save_form_data", lambda row, blocks: setattr(row, "role_en", blocks[0].value)
    )
    name = f"authors-{world.article.authors.get().pk}-role_en"
    form = stolen_form(world)
    del form[name]
    form |= nested_form_data({name: streamfield([("text", "Text")])})
    editor.edit(member("translators-fr-en"), world.article, form)
    assert editor.draft_of(world.article).authors.get().role_en == "Text"


def test_rows_are_added_removed_and_sorted_by_those_who_may_edit_them(world):
    editor.edit(member("editors-fr"), world.article, editor.article_form("Neuf", "New"))
    assert not editor.draft_of(world.article).authors.exists()


def test_editors_choose_a_source_language_of_their_own(world):
    form, _html = edit_screen(member("editors-fr"), world.article)
    assert [code for code, _name in form.fields["source_language"].choices] == ["fr"]


@pytest.mark.parametrize(
    ("group", "buttons"),
    [
        ("chiefs", {"all-languages", "only-fr", "only-en"}),
        *one_row_of([("editors-fr", {"only-fr"}), ("editors-en", {"only-en"})], "rare"),
        *one_row_of([("translators-fr-en", set()), ("translators-en-fr", set())], "rare"),
    ],
)
def test_buttons_publish_only_languages_that_may_be_published(world, group, buttons):
    _form, html = edit_screen(member(group), world.article)
    names = ("all-languages", "only-fr", "only-en")
    assert {name for name in names if f'name="action-publish-{name}"' in html} == buttons
    assert 'name="action-publish"' not in html


def test_somebody_without_any_language_reads_and_comments(world):
    client = member("editors-fr")
    client.user.groups.get().permissions.through.objects.filter(
        permission__codename__endswith="_fr", permission__content_type__model="pagelanguage"
    ).delete()
    form, _html = edit_screen(client, world.article)
    assert not {"headline_fr", "headline_en"} & form.fields.keys()
    before = editor.draft_of(world.article).headline_fr
    editor.edit(client, world.article, stolen_form(world, editor.PUBLISH_BOTH))
    assert editor.draft_of(world.article).headline_fr == before
    assert Page.objects.get(pk=world.article.pk).live
