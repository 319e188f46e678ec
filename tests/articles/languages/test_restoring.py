"""Going back to an old version in one language: the others stay as they are, byte by byte."""

import json

import pytest
from django.urls import reverse
from wagtail.models import PageLogEntry

from diptych.articles.languages.config.fields import text_columns
from diptych.articles.models import ArticlePage
from tests.articles.admin.html import messages, soup, text_of
from tests.articles.languages.editor import draft_of
from tests.factories import (
    make_article,
    make_author,
    make_user,
    paragraphs,
    publish_draft,
    write_draft,
)


@pytest.fixture
def article(journal):
    """Live in both languages, with an author who is said to have done something."""
    article = make_article(journal, authors=[make_author(journal)])
    entry = article.authors.get()
    entry.role_fr, entry.role_en = "Texte", "Words"
    entry.save()
    publish_draft(article, headline_fr="Premier", body_fr=paragraphs("Premier."))
    return ArticlePage.objects.get(pk=article.pk)


def address(article, revision, language="fr"):
    pk = revision if isinstance(revision, int) else revision.pk
    return reverse("diptych_restore_language", args=(article.pk, pk, language))


def restore(client, article, revision, language="fr"):
    return client.post(address(article, revision, language), follow=True)


def stored(page, language):
    """All that a version of a page says in a language, as it is stored."""
    content = json.loads(page.to_json())
    texts = {name: content[name] for name in text_columns(type(page), language)}
    rows = content["authors"]
    return json.dumps([texts, [(row["pk"], row[f"role_{language}"]) for row in rows]])


def interleaved_edits(article):
    """Five drafts: French, English, French, both, English."""
    write_draft(article, headline_fr="Deux", body_fr=paragraphs("Deux."))
    write_draft(article, headline_en="Second", body_en=paragraphs("Second."))
    write_draft(article, lead_fr="Troisième.", meta_title_fr="Trois")
    write_draft(article, lead_en="Fourth.", lead_fr="Quatrième.")
    write_draft(article, body_en=paragraphs("Fifth.", "And more."))


def test_french_goes_back_five_edits_and_english_is_byte_identical(admin, article):
    first = article.latest_revision
    publish_draft(article, headline_en="Public")
    interleaved_edits(article)
    page_before = ArticlePage.objects.get(pk=article.pk)
    draft_before = draft_of(article)

    answer = restore(admin, article, first)

    page, draft = ArticlePage.objects.get(pk=article.pk), draft_of(article)
    assert stored(draft, "en") == stored(draft_before, "en")
    assert stored(draft, "fr") == stored(first.as_object(), "fr")
    assert page.to_json() != "" and stored(page, "en") == stored(page_before, "en")
    assert stored(page, "fr") == stored(page_before, "fr")
    assert page.live_revision_id == page_before.live_revision_id
    assert any("What is written in English is as it was." in each for each in messages(answer))


@pytest.mark.rare
def test_the_row_of_the_page_changes_in_nothing_but_its_account_of_drafts(admin, article):
    first = article.latest_revision
    interleaved_edits(article)
    account = {"latest_revision", "latest_revision_created_at", "draft_title"}

    def row():
        content = json.loads(ArticlePage.objects.get(pk=article.pk).to_json())
        return {name: value for name, value in content.items() if name not in account}

    before = row()
    restore(admin, article, first)
    assert row() == before


def test_what_the_languages_share_stays_that_of_the_newest_draft(admin, article):
    first = article.latest_revision
    write_draft(article, show_in_menus=True, source_language="en", headline_fr="Deux")
    restore(admin, article, first)
    draft = draft_of(article)
    assert (draft.source_language, draft.show_in_menus) == ("en", True)
    assert draft.headline_fr == "Premier"


@pytest.mark.rare
def test_what_is_said_of_an_author_goes_back_too(admin, article):
    first = article.latest_revision
    draft = draft_of(article)
    entry = draft.authors.get()
    entry.role_fr, entry.role_en = "Photographies", "Photographs"
    draft.authors = [entry]
    draft.save_revision()
    restore(admin, article, first)
    entry = draft_of(article).authors.get()
    assert (entry.role_fr, entry.role_en) == ("Texte", "Photographs")


@pytest.mark.rare
def test_what_belongs_to_an_author_who_is_gone_is_told(admin, article):
    first = article.latest_revision
    draft = draft_of(article)
    draft.authors = []
    draft.headline_fr = "Sans auteur"
    draft.save_revision().publish()
    assert "rows that are not there any more: Texte" in text_of(
        soup(admin.get(address(article, first)))
    )
    answer = restore(admin, article, first)
    assert any("Texte" in each for each in messages(answer))
    assert draft_of(article).headline_fr == "Premier"
    assert not draft_of(article).authors.exists()


@pytest.mark.rare
def test_a_block_of_a_kind_that_is_no_more_is_told(admin, article):
    first = article.latest_revision
    body = json.loads(first.content["body_fr"])
    unknown = {"type": "vanished", "value": "…", "id": "5d0be9a4-2a55-4a0f-9d4b-0b2f4a6d2f70"}
    first.content["body_fr"] = json.dumps([*body, unknown])
    first.save()
    write_draft(article, headline_fr="Deux")
    page = text_of(soup(admin.get(address(article, first))))
    assert "1 block of a kind that no longer exists is left out." in page
    answer = restore(admin, article, first)
    assert any("1 block of a kind" in each for each in messages(answer))
    assert draft_of(article).headline_fr == "Premier"


@pytest.mark.rare
def test_a_draft_that_the_editor_would_refuse_goes_back_too(admin, article):
    first, headline = article.latest_revision, article.headline_en
    refused = draft_of(article)
    refused.headline_en, refused.meta_title_fr = "Second", "x" * 300
    refused.save_revision(clean=False)
    restore(admin, article, first, "en")
    draft = draft_of(article)
    assert (draft.headline_en, draft.meta_title_fr) == (headline, "x" * 300)


@pytest.mark.rare
def test_the_difference_is_shown_before(admin, article):
    first = article.latest_revision
    write_draft(article, headline_fr="Deuxième", headline_en="Second")
    page = soup(admin.get(address(article, first)))
    assert [text_of(each) for each in page.select(".diptych-difference ins")] == ["Added: Premier"]
    assert "Second" not in text_of(page.select_one("main"))


@pytest.mark.rare
def test_looking_changes_nothing(admin, article):
    first = article.latest_revision
    write_draft(article, headline_fr="Deux")
    count = article.revisions.count()
    admin.get(address(article, first))
    assert article.revisions.count() == count


@pytest.mark.rare
def test_nothing_to_restore_makes_no_draft(admin, article):
    first = article.latest_revision
    write_draft(article, headline_en="Second")
    count = article.revisions.count()
    answer = restore(admin, article, first)
    assert article.revisions.count() == count
    assert any("Nothing to restore" in each for each in messages(answer))


@pytest.mark.rare
def test_the_history_says_it(admin, article):
    first = article.latest_revision
    write_draft(article, headline_fr="Deux")
    restore(admin, article, first)
    entry = PageLogEntry.objects.get(action="diptych.restore_language")
    assert entry.data["language"] == "fr"
    history = admin.get(reverse("wagtailadmin_pages:history", args=(article.pk,)))
    assert "Restored in French from the version of" in text_of(soup(history))


@pytest.mark.rare
def test_a_version_that_was_purged_is_a_404_that_says_so(admin, article):
    first = article.latest_revision
    write_draft(article, headline_fr="Deux")
    pk = first.pk
    article.revisions.filter(pk=pk).delete()
    before = stored(draft_of(article), "fr")
    for answer in (admin.get(address(article, pk)), admin.post(address(article, pk))):
        assert answer.status_code == 404
        assert "This version no longer exists" in answer.content.decode()
    assert stored(draft_of(article), "fr") == before


@pytest.mark.parametrize("name", ["revisions_compare", "revisions_revert"])
@pytest.mark.rare
def test_wagtails_own_screens_say_so_as_well(admin, article, name):
    args = [article.pk, 999_999]
    if name == "revisions_compare":
        args.append(article.latest_revision_id)
    answer = admin.get(reverse(f"wagtailadmin_pages:{name}", args=args))
    assert answer.status_code == 404
    assert "This version no longer exists" in answer.content.decode()


@pytest.mark.rare
def test_the_version_of_another_page_is_none_of_this_one(admin, article, journal):
    other = make_article(journal, "Autre", "Other")
    assert admin.post(address(article, other.latest_revision)).status_code == 404
    assert draft_of(article).headline_fr == "Premier"


@pytest.mark.rare
def test_somebody_who_may_not_edit_the_language_is_refused(client, article):
    user = make_user("editor")
    permissions = user.groups.get().permissions
    permissions.remove(permissions.get(codename="edit_fr"))
    client.force_login(user)
    first = article.latest_revision
    write_draft(article, headline_fr="Deux", headline_en="Second")
    restore(client, article, first, "fr")
    assert draft_of(article).headline_fr == "Deux"
    restore(client, article, first, "en")
    assert draft_of(article).headline_en == "The lake freezes"
    assert draft_of(article).headline_fr == "Deux"


@pytest.mark.rare
def test_a_locked_page_stays_as_it_is(admin, article):
    first = article.latest_revision
    write_draft(article, headline_fr="Deux")
    ArticlePage.objects.filter(pk=article.pk).update(locked=True, locked_by=make_user("admin"))
    answer = restore(admin, article, first)
    assert any("locked" in each for each in messages(answer))
    assert draft_of(article).headline_fr == "Deux"


@pytest.mark.parametrize("language", ["xx", "de"])
@pytest.mark.rare
def test_an_unknown_language_is_a_404(admin, article, language):
    where = address(article, article.latest_revision, language)
    assert admin.get(where, follow=True).status_code == 404
