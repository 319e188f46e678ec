"""Sites with a tree of pages for each language: the translations of one page become one page."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import (
    Comment,
    Locale,
    Page,
    PageViewRestriction,
    ReferenceIndex,
    Site,
    get_default_page_content_type,
)

from diptych.articles.languages.adoption import trees
from diptych.articles.languages.adoption.pairing import Trees, referring_models
from diptych.articles.languages.adoption.trees import delete_merged, merge, repoint
from diptych.articles.languages.models import PageLanguage, TranslationAssignment
from diptych.articles.models import ArticleAuthor, ArticlePage, AuthorPage, HomePage, StandardPage
from tests.factories import (
    make_article,
    make_author,
    make_image,
    make_plain_page,
    make_user,
    paragraphs,
    write_draft,
)
from tests.tiers import one_of, one_row_of

pytestmark = [pytest.mark.rare, pytest.mark.django_db]


@pytest.fixture
def locales():
    french, _made = Locale.objects.get_or_create(language_code="fr")
    english, _made = Locale.objects.get_or_create(language_code="en")
    Page.objects.update(locale=french)
    return french, english


@pytest.fixture
def english_home(journal, locales):
    """The front page of a second tree, in English, beside that of the site."""
    root = Page.get_first_root_node()
    home = root.add_child(
        instance=HomePage(
            title="Home", slug="home-en", headline_en="Home", source_language="en",
            locale=locales[1], translation_key=journal.home.translation_key,
        )
    )  # fmt: skip
    home.save_revision()
    home.publish_languages(["en"])
    return home


@pytest.fixture
def translate(english_home, locales):
    """Makes the translation of a French page in the English tree, as Wagtail does."""

    def make(page, title, parent=None, model=StandardPage, live=True, **values):
        values = {"source_language": "en", "headline_en": title, **values}
        key = {"translation_key": page.translation_key} if page else {}
        made = model(title=title, locale=locales[1], live=False, **key, **values)
        (parent or english_home).add_child(instance=made)
        made.save_revision(clean=False)
        if live:
            made.publish_languages(["en"])
        return model.objects.get(pk=made.pk)

    return make


@pytest.fixture
def both(journal, translate):
    """A page live in French, and its translation, live in the other tree."""
    french = make_plain_page(journal, fr="À propos", en=None, live_in=("fr",), lead_fr="Bonjour.")
    english = translate(french, "About", lead_en="Hello.", body_en=paragraphs("Text."))
    return french, english


def join(**options):
    with override("en"):
        call_command("diptych_merge_trees", **{"locales": ["en"], "into": "fr", **options})


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def test_a_page_and_its_translation_become_one_with_both_addresses(both, client):
    french, english = both
    join()
    page = fresh(french)
    assert page.live_languages == ["fr", "en"]
    assert (page.headline_en, page.lead_en, page.lead_fr) == ("About", "Hello.", "Bonjour.")
    assert not Page.objects.filter(pk=english.pk).exists()
    assert client.get("/en/about/").status_code == 200
    assert client.get("/fr/a-propos/").status_code == 200
    assert "Hello." in client.get("/en/about/").content.decode()


def test_drafts_history_and_comments_come_along(both):
    french, english = both
    write_draft(english, lead_en="Hello again.")
    Comment.objects.create(page=english, user=make_user(), text="?", contentpath="lead_en")
    count = english.revisions.count() + french.revisions.count()
    join()
    page = fresh(french)
    draft = page.get_latest_revision_as_object()
    assert (draft.lead_en, page.lead_en) == ("Hello again.", "Hello.")
    assert draft.lead_fr == "Bonjour."
    assert page.revisions.count() == count + 1
    assert {each.content["lead_fr"] for each in page.revisions.all()} == {"Bonjour."}
    assert page.wagtail_admin_comments.count() == 1


def test_a_translation_that_is_a_draft_stays_one(journal, translate, client):
    french = make_plain_page(journal, fr="Brouillon", en=None, live_in=("fr",))
    translate(french, "Draft", live=False, lead_en="Not yet.")
    join()
    page = fresh(french)
    assert page.live_languages == ["fr"]
    assert page.get_latest_revision_as_object().lead_en == "Not yet."
    assert client.get("/en/draft/").status_code == 404


def test_links_and_choosers_follow(both, journal, translate):
    french, english = both
    linked = make_plain_page(journal, fr="Autre", en=None, live_in=("fr",))
    text = f'<p><a linktype="page" id="{english.pk}">About</a></p>'
    body = json.dumps([{"type": "paragraph", "value": text, "id": "1"}])
    other = translate(linked, "Other", body_en=body)
    assert ReferenceIndex.get_references_to(english).exists()
    join()
    for page in (fresh(linked), fresh(linked).get_latest_revision_as_object()):
        assert f'id="{french.pk}"' in str(page.body_en.raw_data[0]["value"])
    assert ReferenceIndex.get_references_to(french).filter(object_id=str(linked.pk)).exists()
    assert not Page.objects.filter(pk=other.pk).exists()


GONE = {"type": "gone", "value": "Of a block that went.", "id": "2"}


def _with_a_block_that_went(page, language):
    """Let the row of ``page``, its draft and its history hold a block whose type has gone."""
    name = f"body_{language}"
    body = [*getattr(page, name).raw_data, GONE]
    type(page)._base_manager.filter(pk=page.pk).update(**{name: body})
    for revision in page.revisions.all():
        revision.content = {**revision.content, name: json.dumps(body)}
        revision.save(update_fields=["content"])


def _stored_body(page, language):
    text = Cast(f"body_{language}", TextField())
    return json.loads(type(page)._base_manager.filter(pk=page.pk).values_list(text).get()[0])


@pytest.mark.parametrize("is_ahead", one_of([False, True], "rare"))
def test_blocks_of_types_that_went_stay_where_links_are_changed(both, is_ahead):
    french, english = both
    link = f'<p><a linktype="page" id="{english.pk}">About</a></p>'
    for page, language in ((french, "fr"), (english, "en")):
        body = [{"type": "paragraph", "value": link, "id": "1"}]
        write_draft(page, **{f"body_{language}": json.dumps(body)})
        fresh(page).publish_languages([language])
        _with_a_block_that_went(fresh(page), language)
        ReferenceIndex.create_or_update_for_object(fresh(page))
        if is_ahead:
            draft = fresh(page).latest_revision
            draft.content = {**draft.content, f"lead_{language}": "New."}
            draft.pk = None
            draft.save()
            changes = {"has_unpublished_changes": True, "latest_revision": draft}
            Page.objects.filter(pk=page.pk).update(**changes)
    join()
    draft = fresh(french).latest_revision.content
    for language in ("fr", "en"):
        for body in (_stored_body(french, language), json.loads(draft[f"body_{language}"])):
            assert body[-1] == GONE
            assert f'id="{french.pk}"' in body[0]["value"]
    kept = [each.content["body_en"] for each in french.revisions.all()]
    assert any("Of a block that went." in each for each in kept[:-1])


def test_a_page_without_a_counterpart_moves_below_the_merged_one(both, translate, client):
    _french, english = both
    alone = translate(None, "Alone", parent=english, lead_en="By itself.")
    join()
    page = fresh(alone)
    assert page.get_parent().pk == _french.pk
    assert client.get("/en/about/alone/").status_code == 200
    assert page.live_languages == ["en"]


@pytest.mark.rare
def test_a_whole_branch_is_merged_and_deleted_at_once(both, journal, translate, client):
    french, english = both
    below = make_plain_page(journal, fr="Équipe", en=None, live_in=("fr",), parent=french)
    translate(below, "Team", parent=english, lead_en="All of us.")
    join()
    assert not Page.objects.filter(path__startswith=english.path).exists()
    assert fresh(below).live_languages == ["fr", "en"]
    assert "All of us." in client.get("/en/about/team/").content.decode()


def test_what_cannot_be_paired_is_named_and_left(both, translate, capsys):
    french, english = both
    PageViewRestriction.objects.create(page=english, restriction_type="login")
    join()
    assert "The two pages are not open to the same readers." in capsys.readouterr().out
    assert fresh(french).live_languages == ["fr"]
    assert fresh(english).live_languages == ["en"]


def test_an_alias_of_an_untranslated_page_leads_to_its_original(
    journal, english_home, locales, client
):
    french = make_plain_page(journal, fr="Original", en=None, live_in=("fr",))
    alias = french.create_alias(parent=english_home, update_slug="original")
    keys = {"locale": locales[1], "translation_key": french.translation_key}
    Page.objects.filter(pk=alias.pk).update(**keys)
    join()
    assert not Page.objects.filter(pk=alias.pk).exists()
    assert fresh(french).live_languages == ["fr"]
    assert "/fr/original/" in client.get("/en/original/").content.decode()


def test_a_dry_run_changes_nothing_and_a_second_run_finds_nothing(both, capsys):
    _french, english = both
    before = sorted(PageLanguage.objects.values_list("page", "language", "url_path", "live"))
    join(dry_run=True)
    assert before == sorted(
        PageLanguage.objects.values_list("page", "language", "url_path", "live")
    )
    join()
    capsys.readouterr()
    join()
    assert "Merged: 0 pages. Moved: 0 pages. Deleted: 0 pages." in capsys.readouterr().out
    assert not Page.objects.filter(pk=english.pk).exists()


@pytest.mark.parametrize("steps", one_of([(1, 0, 0), (2, 1, 0), (2, 9, 1)], "rare"))
def test_it_goes_on_wherever_it_was_interrupted(both, journal, locales, monkeypatch, steps):
    monkeypatch.setattr(trees, "BATCH", 1)
    french, english = both
    link = f'<p><a linktype="page" id="{english.pk}">About</a></p>'
    body = json.dumps([{"type": "paragraph", "value": link, "id": "1"}])
    linking = make_plain_page(journal, fr="Lien", en=None, live_in=("fr",), body_fr=body)
    ReferenceIndex.create_or_update_for_object(linking)
    both_trees = Trees(locales[0], (locales[1],))
    works = (merge(both_trees), repoint(), delete_merged(both_trees))
    for count, work in zip(steps, works, strict=True):
        for _done in zip(range(count), work, strict=False):
            pass
    join()
    assert fresh(french).live_languages == ["fr", "en"]
    assert f'id="{french.pk}"' in str(fresh(linking).body_fr.raw_data[0]["value"])
    assert not Page.objects.filter(locale=locales[1], depth__gt=2).exists()


def test_a_page_that_is_left_stays_live_with_all_pages_above_it(
    both, english_home, translate, client, settings, capsys
):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    _french, english = both
    Site.clear_site_root_paths_cache()
    assert client.get("/en/about/").status_code == 200, "before"
    plain = english.add_child(instance=Page(title="Plain", slug="plain", locale=english.locale))
    join()
    assert [client.get(path).status_code for path in ("/en/", "/en/about/")] == [200, 200]
    assert {fresh(page).live for page in (english_home, english, plain)} == {True}
    said = capsys.readouterr().out
    assert "Its type has not got several languages." in said
    assert said.count("A page below it is left.") == 1
    plain.delete()
    join()
    assert fresh(_french).live_languages == ["fr", "en"]


def test_merged_pages_stay_live_until_they_are_deleted(both, english_home, locales):
    _french, english = both
    for _done in merge(Trees(locales[0], (locales[1],))):
        pass
    assert [fresh(page).live_languages for page in (english_home, english)] == [["en"], ["en"]]


def _old_revision(page):
    content = page.latest_revision.content
    names = [name for name in content if name.startswith("headline_")]
    page.latest_revision.content = {k: v for k, v in content.items() if k not in names}
    page.latest_revision.save()


def _groups(page):
    for group, each in zip(("one", "two"), (page, page.get_translations().get()), strict=True):
        made = PageViewRestriction.objects.create(page=each, restriction_type="groups")
        made.groups.add(Group.objects.create(name=group))


def _other_texts(page):
    type(page).objects.filter(pk=page.pk).update(headline_fr="Titre")


def _in_menus(page):
    Page.objects.filter(pk=page.pk).update(show_in_menus=True)


def _referred_to(page):
    TranslationAssignment.objects.create(page=page, language="en")


def _date_of_other(page):
    later = timezone.now() + timedelta(days=1)
    page.get_translations().update(go_live_at=later)


@pytest.mark.parametrize(
    ("change", "reason"),
    one_row_of(
        [
            (_old_revision, "run diptych_adopt"),
            (_groups, "not open to the same readers"),
            (_other_texts, "texts in other languages"),
            (_in_menus, "is not the same: Show in menus"),
            (_referred_to, "Other objects refer to it"),
            (_date_of_other, "It waits for a date"),
        ],
        "rare",
    ),
)
def test_a_page_that_would_lose_anything_is_left_untouched(both, capsys, change, reason):
    french, english = both
    change(english)
    join()
    assert reason in capsys.readouterr().out
    assert fresh(french).live_languages == ["fr"]
    assert fresh(english).is_live_in("en")
    assert english.revisions.exists()


@pytest.mark.rare
def test_shared_values_that_are_translations_of_each_other_are_the_same(journal, translate):
    author = make_author(journal, "Léa Rochat", headline_en=None, live_in=("fr",))
    article = make_article(journal, en=None, live_in=("fr",), authors=[author])
    same = translate(author, "Lea Rochat", model=AuthorPage)
    values = {"publication_date": article.publication_date, "hero_image": article.hero_image}
    values |= {"lead_en": "Cold.", "body_en": paragraphs("It froze.")}
    rows = [ArticleAuthor(author=same)]
    translate(article, "The lake", model=ArticlePage, authors=rows, **values)
    join()
    assert fresh(article).live_languages == ["fr", "en"]
    assert [row.author.pk for row in fresh(article).authors.all()] == [author.pk]


@pytest.mark.rare
def test_a_section_without_a_counterpart_moves_with_what_is_merged_below_it(
    both, journal, translate, capsys
):
    french, english = both
    below = make_plain_page(journal, fr="Équipe", en=None, live_in=("fr",), parent=french)
    section = translate(None, "Section", parent=english)
    team = translate(below, "Team", parent=section)
    alone = translate(None, "Alone", parent=team)
    join()
    assert fresh(section).get_parent().pk == french.pk
    assert fresh(alone).get_parent().pk == below.pk
    assert not Page.objects.filter(pk__in=[team.pk, english.pk]).exists()
    assert "Section" not in capsys.readouterr().out


def test_a_draft_that_comes_along_is_named_in_lists(both):
    french, english = both
    write_draft(english, lead_en="Hello again.")
    join()
    assert PageLanguage.objects.get(page=french, language="en").has_draft


@pytest.mark.rare
def test_references_of_models_that_are_gone_are_passed_over(both):
    french, english = both
    gone = ContentType.objects.create(app_label="gone", model="gone")
    ReferenceIndex.objects.create(
        base_content_type=gone, content_type=gone, object_id="1",
        to_content_type=get_default_page_content_type(), to_object_id=english.pk,
        model_path="page", content_path="page", content_path_hash=uuid4(),
    )  # fmt: skip
    join()
    ContentType.objects.clear_cache()
    assert fresh(french).live_languages == ["fr", "en"]


@pytest.mark.rare
def test_blocks_of_kinds_that_are_gone_are_no_reason_to_rewrite_a_revision(both, journal):
    other = make_plain_page(journal, fr="Autre", en=None, live_in=("fr",))
    revision = other.save_revision()
    body = json.dumps([{"type": "gone", "value": "Old.", "id": "1"}])
    revision.content = {**revision.content, "body_fr": body}
    revision.save()
    join()
    revision.refresh_from_db()
    assert revision.content["body_fr"] == body


def test_unknown_locales_are_refused_in_words(locales):
    for options in ({"locales": ["it"]}, {"locales": ["fr"]}):
        with pytest.raises(CommandError, match="is no other locale of this site"):
            join(**options)
    assert Site.objects.exists()


def test_rows_of_what_has_tags_are_its_own():
    """A manager of tags is among the many-to-many fields, and names no key to what is tagged."""
    image = make_image()
    image.tags.add("bread")
    assert type(image)._meta.get_field("tags") in image._meta.many_to_many
    assert not [each for each in referring_models(image, with_repointed=True) if "tag" in each]
