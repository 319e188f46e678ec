"""Authors and topics by typing a name: what is found, who may create, and what becomes of rows."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment
from wagtail.test.utils.form_data import inline_formset

from diptych.articles.languages.models import LanguageSchedule
from diptych.articles.languages.publication.schedules.scheduling import set_date
from diptych.articles.languages.publication.service import unpublish_languages
from diptych.articles.models import AuthorPage, TopicPage
from tests.articles.admin.html import messages, soup
from tests.articles.languages.editor import PUBLISH_FRENCH, article_form, create, draft_of, errors
from tests.articles.languages.windows import Window
from tests.articles.permissions.ways import let_dates_come
from tests.articles.side_by_side.screen import make_member
from tests.factories import (
    make_alias,
    make_article,
    make_author,
    make_image,
    make_journal,
    make_topic,
    sign_in,
    write_draft,
)


def address(relation="authors"):
    return reverse("diptych_autocomplete", args=(relation,))


def ask(client, text="", relation="authors", **values):
    answer = client.get(address(relation), {"q": text, **values})
    assert answer.status_code == 200
    return answer.json()


def names(client, text="", relation="authors", **values):
    return [each["title"] for each in ask(client, text, relation, **values)["options"]]


def make(client, name, relation="authors", **values):
    return client.post(address(relation), {"name": name, "language": "fr", **values})


BEGINNINGS = [
    ("lea", ["Léa Rochat"]),
    ("ROC", ["Léa Rochat", "Ulysse Rocher"]),
    ("roch lé", ["Léa Rochat"]),
    ("yildirim", ["İlkay Yıldırım"]),
    ("luc d'o", ["Jean-Luc d’Orsay"]),
    ("chat", []),
    ("%", []),
    ("'", []),
    ('"\0', []),
]


def test_names_are_found_by_how_their_words_begin(journal, admin, subtests):
    for name in ("Léa Rochat", "Ulysse Rocher", "İlkay Yıldırım", "Jean-Luc d’Orsay"):
        make_author(journal, name)
    for text, found in BEGINNINGS:
        with subtests.test(text=text):
            assert names(admin, text) == found


def test_names_in_every_language_and_of_drafts_are_found(journal, admin):
    topic = make_topic(journal, "Climat", "Weather", live_in=("fr",))
    assert names(admin, "weath", "topics") == ["Climat"]
    write_draft(topic, headline_fr="Météo")
    assert names(admin, "meteo", "topics") == ["Météo"]


@pytest.mark.rare
def test_without_a_name_come_those_with_most_articles_and_never_more_than_ten(journal, admin):
    people = [make_author(journal, f"Auteur {number:02}") for number in range(12)]
    make_article(journal, authors=[people[11]])
    assert names(admin) == ["Auteur 11", *(f"Auteur {number:02}" for number in range(9))]
    assert len(names(admin, "auteur")) == 10
    assert names(admin, "auteur", **{"not": [people[0].pk, "x"]})[0] == "Auteur 01"
    assert "Auteur 11" not in names(admin, **{"not": people[11].pk})


def test_an_option_has_a_portrait_a_role_and_says_that_it_is_a_draft(journal, admin):
    author = make_author(journal, live_in=(), photo=make_image(), role_en="Editor")
    make_alias(make_author(journal, "Léa Live"))
    first, second = ask(admin, "léa")["options"]
    assert (first["title"], first["detail"], first["portrait"]) == ("Léa Live", "", "")
    assert (second["id"], second["detail"]) == (author.pk, "Editor · Draft")
    assert second["editUrl"] == reverse("wagtailadmin_pages:edit", args=(author.pk,))
    assert "160x200" in second["portrait"]
    [same] = admin.get(address(), {"id": [author.pk, "x"]}).json()["options"]
    assert same == second


@pytest.mark.rare
def test_names_of_the_own_site_come_first_and_others_say_where_they_are(journal, admin):
    other = make_journal("other.example", is_default=False)
    make_topic(journal, "Climat")
    theirs = make_topic(other, "Climat social")
    assert names(admin, "climat", "topics", near=journal.articles.pk)[0] == "Climat"
    answer = ask(admin, "climat", "topics", near=other.articles.pk)
    assert answer["options"][0]["id"] == theirs.pk
    assert answer["options"][0]["detail"] == "other.example"
    assert answer["can_create"]
    made = make(admin, "Climat", "topics", near=other.articles.pk).json()["option"]
    assert TopicPage.objects.child_of(other.topics).filter(pk=made["id"]).exists()


@pytest.mark.parametrize("role", ["moderator", "editor"])
def test_an_author_is_made_of_a_name_as_a_draft(journal, client, role):
    user = sign_in(client, role)
    assert ask(client, "Zoé")["can_create"]
    answer = make(client, "  Zoé   Favre ").json()
    page = AuthorPage.objects.get(pk=answer["option"]["id"])
    assert (page.title, page.headline_en, page.owner) == ("Zoé Favre", "Zoé Favre", user)
    assert (page.live, page.live_languages) == (False, [])
    assert page.latest_revision.user == user
    assert "as a draft, which goes live with the article" in answer["message"]
    assert not ask(client, "zoe favre")["can_create"]
    assert make(client, "ZOÉ FAVRE").json() == {"option": answer["option"], "message": ""}


def test_a_topic_has_its_name_in_the_language_of_the_article(journal, client):
    sign_in(client, "moderator")
    for name, language in (("Glaces", "fr"), ("Ice", "en")):
        answer = make(client, name, "topics", language=language).json()
        page = TopicPage.objects.get(pk=answer["option"]["id"])
        assert (page.live_languages, page.source_language) == ([], language)
        assert page.languages_written() == [language]


# What was made of a name goes live with the article


def made(client, name, relation="authors", model=AuthorPage):
    return model.objects.get(pk=make(client, name, relation).json()["option"]["id"])


def test_what_was_made_goes_live_with_the_article_in_its_language(journal, client):
    """The author has a name in both languages, the topic in French only."""
    user = sign_in(client, "moderator")
    author, topic = made(client, "Zoé Favre"), made(client, "Glaces", "topics", TopicPage)
    other = make_author(journal, "Pas encore", live_in=())
    page = make_article(journal, authors=[author, other], topics=[topic], live_in=())
    advice = [sentence for _field, sentence in page.publication_checklist("fr")]
    assert [name for name in ("Zoé Favre", "Glaces", "Pas encore") if name in " ".join(advice)] == [
        "Zoé Favre",
        "Glaces",
    ]
    page.publish_languages(["fr"], user)
    assert AuthorPage.objects.get(pk=author.pk).live_languages == ["fr"]
    assert TopicPage.objects.get(pk=topic.pk).live_languages == ["fr"]
    assert not AuthorPage.objects.get(pk=other.pk).live
    page.publish_languages(["en"], user)
    assert AuthorPage.objects.get(pk=author.pk).live_languages == ["fr", "en"]
    assert TopicPage.objects.get(pk=topic.pk).live_languages == ["fr"]


def editor_of_articles(journal):
    """A user who may publish French, but no page outside the list of articles."""
    user = make_member(journal, "edit_fr", "publish_fr")
    user.groups.get().page_permissions.all().delete()
    give_pages_below(journal.articles, user)
    return user


def give_pages_below(parent, user):
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(codename=codename)
        user.groups.get().page_permissions.create(page=parent, permission=permission)


def test_it_stays_a_draft_where_whoever_publishes_may_not_publish_it(journal, client):
    sign_in(client, "moderator")
    author = made(client, "Zoé Favre")
    page = make_article(journal, authors=[author], live_in=())
    page.publish_languages(["fr"], editor_of_articles(journal))
    assert page.stored().live_languages == ["fr"]
    assert not AuthorPage.objects.get(pk=author.pk).live


@pytest.mark.parametrize("is_whole_page", [False, True], ids=["language", "page"])
@pytest.mark.parametrize("is_allowed", [False, True], ids=["articles", "everything"])
def test_at_a_date_it_goes_live_where_whoever_set_the_date_may_publish_it(
    journal, client, is_allowed, is_whole_page
):
    sign_in(client, "moderator")
    author = made(client, "Zoé Favre")
    page = make_article(journal, authors=[author], live_in=())
    user = editor_of_articles(journal)
    if is_allowed:
        give_pages_below(journal.home, user)
    due = timezone.now() + timedelta(days=1)
    if is_whole_page:
        draft = page.get_latest_revision_as_object()
        draft.go_live_at = due
        draft.request_publication(["fr"])
        draft.save_revision().publish(user=user)
    else:
        set_date(page, "fr", LanguageSchedule.Act.PUBLISH, due, user)
    let_dates_come()
    assert page.stored().live_languages == ["fr"]
    assert AuthorPage.objects.get(pk=author.pk).live == is_allowed


def test_an_open_comment_on_it_keeps_no_draft_back_that_goes_live_with_its_article(journal, client):
    user = sign_in(client, "moderator")
    author = made(client, "Zoé Favre")
    values = {"user": user, "text": "One Z?", "contentpath": "headline_fr"}
    Comment.objects.create(page_id=author.pk, **values)
    page = make_article(journal, authors=[author], live_in=())
    client.post(f"{reverse('diptych_publish', args=(page.pk,))}?language=fr")
    assert page.stored().live_languages == ["fr"]
    assert AuthorPage.objects.get(pk=author.pk).live_languages == ["fr"]


def test_it_is_not_published_again_once_it_was_taken_offline(journal, client):
    user = sign_in(client, "moderator")
    author = made(client, "Zoé Favre")
    make_article(journal, authors=[author])
    assert AuthorPage.objects.get(pk=author.pk).live_languages == ["fr", "en"]
    unpublish_languages(AuthorPage.objects.get(pk=author.pk), ["fr", "en"], user)
    make_article(journal, "Un autre", "Another", authors=[author])
    assert not AuthorPage.objects.get(pk=author.pk).live


def test_an_author_who_was_made_is_named_in_the_editor_before_publishing(journal, client):
    sign_in(client, "moderator")
    page = make_article(journal, authors=[made(client, "Zoé Favre")], live_in=())
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    advice = soup(client.get(address)).select("#diptych-before-fr li")
    assert any("“Zoé Favre” goes live in French" in each.text for each in advice)


def test_what_went_live_with_the_article_is_named(journal, client):
    sign_in(client, "moderator")
    author, topic = made(client, "Zoé Favre"), made(client, "Glaces", "topics", TopicPage)
    page = make_article(journal, authors=[author], topics=[topic], live_in=())
    publish = f"{reverse('diptych_publish', args=(page.pk,))}?language=fr"
    said = messages(client.post(publish, follow=True))
    assert "Now live with it: Zoé Favre (French), Glaces (French)" in said
    write_draft(page, lead_fr="Encore.")
    said = messages(client.post(publish, follow=True))
    assert any("now live in French" in each for each in said)
    assert not any("with it" in each for each in said)


@pytest.mark.parametrize("name", ["", " \0 ", "x" * 300])
def test_what_can_be_no_name_is_refused_with_a_reason(journal, admin, name):
    answer = make(admin, name)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not AuthorPage.objects.exists()


def test_only_who_may_add_pages_there_creates_them(journal, client):
    user = make_member(journal, "edit_fr", "publish_fr")
    user.groups.get().page_permissions.filter(permission__codename="add_page").delete()
    client.force_login(user)
    assert names(client) == []
    assert not ask(client, "Zoé")["can_create"]
    assert make(client, "Zoé Favre").status_code in (302, 403)
    assert not AuthorPage.objects.exists()


def test_readers_and_strangers_get_nothing(journal, client):
    make_author(journal)
    assert client.get(address(), {"q": "l"}).status_code == 302
    sign_in(client, "reader")
    assert client.get(address(), {"q": "l"}).status_code in (302, 403)
    assert make(client, "Zoé").status_code in (302, 403)
    sign_in(client, "admin")
    assert client.get(address("picks"), follow=True).status_code == 404


def test_the_panel_can_be_used_without_the_input(journal, admin):
    page = make_article(journal, authors=[make_author(journal)], topics=[make_topic(journal)])
    screen = soup(admin.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))))
    for relation, field in (("authors", "author"), ("topics", "topic")):
        assert screen.select_one(f"[name={relation}-0-{field}]")["value"]
        assert screen.select_one(f"#id_{relation}-OPEN_MODAL")
        combobox = screen.select_one(f"#id_{relation}-NAME")
        assert combobox["role"] == "combobox" and not combobox.has_attr("name")
        assert combobox.find_parent(hidden=True)


# Rows that are not finished

EMPTY = {"author": "", "role_fr": "", "role_en": ""}


def test_an_empty_row_is_ignored_whatever_is_pressed(journal, admin):
    author = make_author(journal)
    rows = [{**EMPTY, "ORDER": "1"}, {**EMPTY, "author": author.pk, "ORDER": "2"}]
    form = article_form(
        "Titre", press=PUBLISH_FRENCH, authors=rows, topics=inline_formset([{"topic": ""}])
    )
    assert create(admin, journal.articles, form).status_code == 302
    page = author.bylines.get().article
    assert page.live_languages == ["fr"]
    assert not page.topics.exists()


@pytest.mark.rare
def test_a_half_filled_row_stops_no_automatic_save_and_is_kept_once_it_is_complete(journal):
    author = make_author(journal)
    page = make_article(journal)
    window = Window(page).add_row("authors", **{**EMPTY, "role_fr": "Texte"})
    window.add_row("authors", **{**EMPTY, "author": str(author.pk)})
    for lead in ("Un.", "Deux."):
        assert window.write(lead_fr=lead).autosave()["success"]
        assert [row.author_id for row in draft_of(page).authors.all()] == [author.pk]
    window.write(**{"authors-0-author": str(author.pk)})
    assert window.autosave()["success"]
    assert [row.role_fr or "" for row in draft_of(page).authors.all()] == ["Texte", ""]


def test_a_half_filled_row_is_complained_about_by_a_button(journal, admin):
    form = article_form("Titre", authors=[{**EMPTY, "role_fr": "Texte", "ORDER": "1"}])
    answer = create(admin, journal.articles, form)
    assert not errors(answer)
    assert "author" in answer.context["form"].formsets["authors"].errors[0]
