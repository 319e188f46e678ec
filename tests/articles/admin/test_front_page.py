"""The way to the front page: from the menu, and from an article that becomes the lead story."""

import pytest
from django.urls import reverse
from wagtail.models import Comment

from diptych.articles.models import HomePage
from tests.articles.admin.html import messages, soup, text_of
from tests.factories import make_article, make_user, sign_in, write_draft


@pytest.fixture
def article(journal):
    return make_article(journal, "Éléphant", "Elephant")


def lead_url(article):
    return reverse("diptych_lead_story", args=(article.pk,))


def edit_page(client, article):
    return client.get(reverse("wagtailadmin_pages:edit", args=(article.pk,)))


def home_of(journal):
    return HomePage.objects.get(pk=journal.home.pk)


def test_the_menu_leads_to_the_lead_story(journal, admin):
    assert reverse("diptych_front_page") in admin.get(reverse("wagtailadmin_home")).text
    response = admin.get(reverse("diptych_front_page"))
    edit = reverse("wagtailadmin_pages:edit", args=(journal.home.pk,))
    assert response["Location"] == f"{edit}#:w:contentpath=lead_article"
    assert 'id="id_lead_article-chooser"' in admin.get(response["Location"]).text


def test_an_article_is_put_on_the_front_page(journal, article, admin):
    assert lead_url(article) in edit_page(admin, article).text
    asked = text_of(soup(admin.get(lead_url(article))).select_one("form[method=post]"))
    assert "“Elephant”" in asked
    response = admin.post(lead_url(article), follow=True)
    assert messages(response) == ["“Elephant” is the lead story now."]
    home = home_of(journal)
    assert home.lead_article_id == article.pk
    assert not home.has_unpublished_changes
    assert home.live_languages == ["fr", "en"]
    other = make_article(journal, "Girafe", "Giraffe")
    assert "“Elephant”" in admin.get(lead_url(other)).text


def test_other_changes_of_the_front_page_are_not_published_with_it(journal, article, admin):
    write_draft(journal.home, introduction_fr="En travail")
    response = admin.post(lead_url(article), follow=True)
    assert "not published yet" in messages(response)[0]
    home = home_of(journal)
    assert home.lead_article_id is None
    draft = home.get_latest_revision_as_object()
    assert draft.lead_article_id == article.pk
    assert draft.introduction_fr == "En travail"
    assert not home.introduction_fr


def test_whoever_may_not_publish_leaves_it_as_a_draft(journal, article, client):
    sign_in(client, "editor")
    response = client.post(lead_url(article), follow=True)
    assert "not published yet" in messages(response)[0]
    assert home_of(journal).lead_article_id is None
    assert home_of(journal).get_latest_revision_as_object().lead_article_id == article.pk


def test_a_locked_front_page_stays_as_it_is(journal, article, admin, client):
    HomePage.objects.filter(pk=journal.home.pk).update(locked=True)
    response = admin.post(lead_url(article), follow=True)
    assert messages(response) == ["The front page is locked: it cannot be changed now."]
    assert home_of(journal).get_latest_revision_as_object().lead_article_id is None


def test_whoever_may_not_edit_the_front_page_is_not_offered_it(journal, article, client):
    user = sign_in(client, "editor")
    user.groups.first().page_permissions.update(page=journal.articles)
    assert lead_url(article) not in edit_page(client, article).text
    for address in (lead_url(article), reverse("diptych_front_page")):
        assert client.get(address).status_code in (302, 403)
    client.post(lead_url(article))
    assert home_of(journal).get_latest_revision_as_object().lead_article_id is None


def test_there_is_no_article_of_a_number_too_large_for_a_database(journal, admin):
    address = reverse("diptych_lead_story", args=(10**20,))
    assert admin.get(address, follow=True).status_code == 404
    assert admin.post(address, follow=True).status_code == 404


def test_a_front_page_with_an_open_comment_stays_a_draft(journal, article, admin):
    Comment.objects.create(
        page_id=journal.home.pk, user=make_user("chief"), text="?", contentpath="introduction_fr"
    )
    response = admin.post(lead_url(article), follow=True)
    assert "not published yet" in messages(response)[0]
    assert home_of(journal).lead_article_id is None
    assert home_of(journal).get_latest_revision_as_object().lead_article_id == article.pk


def test_what_is_live_in_another_language_keeps_no_lead_story_back(journal, article, admin):
    said = (
        "Chaque semaine, des reportages, des essais et des entretiens sur le froid, la glace et"
        " les gens qui vivent avec eux dans les montagnes."
    )
    HomePage.objects.update(introduction_fr=said, introduction_en=said)
    admin.post(lead_url(article))
    assert home_of(journal).lead_article_id == article.pk
