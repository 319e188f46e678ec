"""Whoever publishes is asked about open comments, whatever way they take."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils.http import urlencode
from lxml.html import document_fromstring
from wagtail.models import Comment, GroupPagePermission, PageLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from tests.articles.languages import editor
from tests.articles.languages.dated import let_days_pass, run, schedule
from tests.articles.worklist.people import browser_of, make_translator
from tests.factories import make_article, make_image, make_user, write_draft

QUESTION = "Publish English with 1 open place or comment?"


@pytest.fixture
def article(journal):
    page = make_article(journal, "Le lac", "The lake")
    write_draft(page, lead_en="The lake freezes.")
    Comment.objects.create(
        page_id=page.pk, user=make_user("translator"), text="Every year?", contentpath="lead_en"
    )
    return page


def lead_of(article):
    return type(article).objects.get(pk=article.pk).lead_en


def in_the_editor(client, article, **values):
    form = editor.article_form("Le lac", "The lake", editor.PUBLISH_ENGLISH)
    editor.edit(client, article, {**form, "lead_en": "The lake freezes.", **values})
    return client.get(f"{reverse('diptych_publish', args=(article.pk,))}?language=en")


def in_a_list(client, article):
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    address = f"{address}?next=/admin/&id={article.pk}"
    client.post(address)
    return client.get(address)


def by_a_workflow(client, article):
    article.get_workflow().start(article, make_user("admin"))
    page = type(article).objects.get(pk=article.pk)
    state = page.current_workflow_task_state
    names = (article.pk, "approve", state.pk)
    return client.post(
        reverse("wagtailadmin_pages:workflow_action", args=names), {"comment": ""}, follow=True
    )


@pytest.mark.parametrize("way", [in_the_editor, in_a_list, by_a_workflow])
def test_an_open_comment_is_asked_about(admin, article, way):
    asked = way(admin, article)
    assert QUESTION in asked.content.decode()
    assert "Every year?" in asked.content.decode()
    assert lead_of(article) == "Lead of The lake."
    form = {"confirmed": confirmations_in(asked)}
    admin.post(asked.request["PATH_INFO"] + "?" + asked.request["QUERY_STRING"], form)
    assert lead_of(article) == "The lake freezes."
    (entry,) = PageLogEntry.objects.filter(page=article, action="diptych.publish_incomplete")
    assert entry.data["places"] == ["Lead: Every year?"]


@pytest.mark.parametrize(
    ("path", "is_asked"),
    [("meta_title_en", True), ("meta_title_fr", False), ("body_en.a-block-that-is-gone", False)],
)
def test_a_comment_on_an_empty_field_is_asked_about(admin, article, path, is_asked):
    Comment.objects.update(contentpath=path)
    assert ("Every year?" in in_the_editor(admin, article).content.decode()) is is_asked


# Fields that all languages share


@pytest.fixture
def shared(article):
    """The comment stands beside the main picture, which goes live with any language."""
    Comment.objects.update(contentpath="hero_image")
    return article


@pytest.mark.parametrize("way", [in_the_editor, in_a_list, by_a_workflow])
def test_a_comment_on_a_shared_field_is_asked_about(admin, shared, way):
    asked = way(admin, shared)
    assert QUESTION in asked.content.decode()
    (link,) = document_fromstring(asked.content.decode()).xpath("//a[contains(., 'Main picture')]")
    assert link.get("href") == f"/admin/pages/{shared.pk}/edit/#:w:contentpath=hero_image"
    form = {"confirmed": confirmations_in(asked)}
    admin.post(asked.request["PATH_INFO"] + "?" + asked.request["QUERY_STRING"], form)
    assert lead_of(shared) == "The lake freezes."
    (entry,) = PageLogEntry.objects.filter(page=shared, action="diptych.publish_incomplete")
    assert entry.data["places"] == ["Main picture: Every year?"]


def test_it_is_asked_about_once_for_all_languages(admin, shared):
    write_draft(shared, lead_fr="Il gèle.", lead_en="It freezes.")
    asked = admin.get(question_about(shared, "fr", "en"))
    assert asked.content.decode().count("Every year?") == 1


def by_the_question(client, article):
    return client.post(question_about(article, "en"), follow=True)


def question_about(article, *languages):
    query = urlencode({"language": languages}, doseq=True)
    return f"{reverse('diptych_publish', args=(article.pk,))}?{query}"


@pytest.mark.parametrize("way", [by_the_question, by_a_workflow])
def test_it_is_asked_about_where_nothing_else_is_new(admin, shared, way):
    shared.publish_languages(["en"])
    write_draft(shared, hero_image=make_image())
    asked = way(admin, shared)
    assert "Every year?" in asked.content.decode()
    assert shared.stored().hero_image is None
    address = asked.request["PATH_INFO"] + "?" + asked.request["QUERY_STRING"]
    admin.post(address, {"confirmed": confirmations_in(asked)})
    assert shared.stored().hero_image is not None


def test_it_is_not_asked_about_where_nothing_is_new(admin, shared):
    shared.publish_languages(["en"])
    assert "Every year?" not in admin.get(question_about(shared, "en")).content.decode()


def test_who_may_not_publish_the_shared_fields_is_not_asked(journal, shared):
    user = make_translator(journal, "pia", "en", actions=("edit", "publish"))
    permission = Permission.objects.get(codename="publish_page")
    group = user.groups.get(name="Translators: pia")
    GroupPagePermission.objects.create(group=group, page=journal.home, permission=permission)
    browser_of(user).post(question_about(shared, "en"))
    assert lead_of(shared) == "The lake freezes."


def confirmations_in(answer):
    return document_fromstring(answer.content.decode()).xpath("//input[@name='confirmed']/@value")


def test_one_on_another_language_is_not_asked_about(admin, article):
    Comment.objects.update(contentpath="lead_fr")
    in_the_editor(admin, article)
    assert lead_of(article) == "The lake freezes."


def test_one_that_is_resolved_with_the_same_form_is_not_asked_about(admin, article):
    posted(admin, article, Comment.objects.get(), resolved="on")
    assert lead_of(article) == "The lake freezes."
    assert not Comment.objects.filter(resolved_at=None).exists()


def test_one_that_is_written_with_the_same_form_is_asked_about(admin, article):
    Comment.objects.all().delete()
    posted(admin, article, None, text="Every year?")
    assert lead_of(article) == "Lead of The lake."
    assert Comment.objects.get().text == "Every year?"


def posted(client, article, comment, **values):
    row = {"text": "Every year?", "contentpath": "lead_en", "position": "", "DELETE": ""}
    row |= {"id": comment.pk if comment else "", "resolved": "", "replies": inline_formset([])}
    comments = inline_formset([{**row, **values}], initial=1 if comment else 0)
    form = editor.article_form("Le lac", "The lake", editor.PUBLISH_ENGLISH)
    form |= nested_form_data({"comments": comments}) | {"lead_en": "The lake freezes."}
    editor.edit(client, article, form)


def test_a_date_waits_for_no_comment_that_is_written_later(article, capsys):
    text = Comment.objects.get()
    text.delete()
    schedule(article, "en", "publish", make_user("admin"))
    Comment.objects.create(page_id=article.pk, user=text.user, text="Hm.", contentpath="lead_en")
    let_days_pass()
    run(capsys)
    assert lead_of(article) == "The lake freezes."
