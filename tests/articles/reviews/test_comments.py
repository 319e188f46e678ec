"""Comments tied to places of a text: Wagtail's own, in the review and where it is written."""

import json
from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Comment, CommentReply, PageLogEntry

from diptych.articles.languages.models import Review
from tests.articles.admin.html import messages, soup, text_of
from tests.articles.reviews.steps import address, decide, hand_in, letters_to, state
from tests.articles.side_by_side.screen import make_member
from tests.factories import blocks, make_article, make_image, make_user, write_draft
from tests.tiers import one_of


def pieces(client, article):
    """The units of the review by label, as elements."""
    found = soup(client.get(address(article))).select(".diptych-review__piece")
    return {text_of(each.h2): each for each in found}


def comment_on(client, article, place, text, **values):
    """Post the form that the review shows at a place; returns what the next screen says."""
    path = pieces(client, article)[place].select_one("[name=path]")["value"]
    form = {"add_comment": "1", "path": path, "text": text, **values}
    return client.post(address(article), form, follow=True)


def shown(client, article, place):
    """What is said in the open comments at a place of the review."""
    return [text_of(each) for each in pieces(client, article)[place].select(".diptych-comment p")]


def resolve(client, article, comment):
    return client.post(address(article), {"resolve_comment": comment.pk}, follow=True)


def beside(client, article):
    """What is said at the places of the side-by-side view, by their key."""
    page = soup(client.get(reverse("diptych_translate", args=(article.pk, "en"))))
    found = {}
    for template in page.select("#diptych-live template"):
        said = [text_of(each) for each in template.select(".diptych-comment p")]
        if said:
            found[template["data-place"].split(".")[0]] = said
    return found


def test_the_editor_of_rich_text_can_read_where_a_comment_stands(article, translator, reviewer):
    hand_in(translator, article)
    comment_on(reviewer, article, "Paragraph", "Does it freeze?")
    assert json.loads(Comment.objects.get().position) == []


@pytest.mark.parametrize("is_in_the_revision", [True, False])
def test_the_migration_gives_open_comments_a_position(
    article, translator, reviewer, is_in_the_revision
):
    hand_in(translator, article)
    comment_on(reviewer, article, "Paragraph", "Does it freeze?")
    comment_on(reviewer, article, "Lead", "Too short.")
    Comment.objects.update(position="")
    if is_in_the_revision:
        write_draft(article, lead_en="A lake.")
        rows = article.get_latest_revision().content["wagtail_admin_comments"]
        assert [row["position"] for row in rows] == ["", ""]
    resolve(reviewer, article, Comment.objects.get(text="Too short."))
    migration = import_module("diptych.articles.languages.migrations.0010_comment_positions")
    migration.fill(apps, None)
    edit = translator.get(reverse("wagtailadmin_pages:edit", args=(article.pk,)))
    (form,) = edit.context["form"].formsets["comments"]
    assert form.instance.position == "[]"
    positions = dict(Comment.objects.values_list("text", "position"))
    assert positions == {"Does it freeze?": "[]", "Too short.": ""}


def test_the_migration_leaves_comments_on_other_fields_alone(article, translator, reviewer):
    for path in ("publication_date", "headline_en"):
        Comment.objects.create(page=article, user=reviewer.user, text=path, contentpath=path)
    assert set(Comment.objects.values_list("position", flat=True)) == {""}
    write_draft(article, lead_en="A lake.")
    migration = import_module("diptych.articles.languages.migrations.0010_comment_positions")
    migration.fill(apps, None)
    rows = article.get_latest_revision().content["wagtail_admin_comments"]
    expected = {"publication_date": "", "headline_en": "[]"}
    assert {row["text"]: row["position"] for row in rows} == expected
    assert dict(Comment.objects.values_list("text", "position")) == expected


def test_a_comment_stands_at_its_place_in_both_views_and_in_the_editor(
    article, translator, reviewer
):
    hand_in(translator, article)
    answer = comment_on(reviewer, article, "Headline", "Does it freeze?")
    assert messages(answer) == ["The comment stands at its place, in the editor too."]
    comment_on(reviewer, article, "Paragraph", "Too short.")
    assert "Does it freeze?" in shown(reviewer, article, "Headline")[0]
    assert reviewer.user.username in shown(reviewer, article, "Headline")[0]
    assert shown(reviewer, article, "Lead") == []
    assert "Too short." in shown(reviewer, article, "Paragraph")[0]
    said = beside(translator, article)
    assert {key: len(lines) for key, lines in said.items()} == {"headline": 1, "body": 1}
    edit = translator.get(reverse("wagtailadmin_pages:edit", args=(article.pk,)))
    paths = {form.instance.contentpath for form in edit.context["form"].formsets["comments"]}
    block = Comment.objects.get(text="Too short.").contentpath.split(".")[1]
    assert paths == {"headline_en", f"body_en.{block}"}
    assert PageLogEntry.objects.filter(page=article, action="wagtail.comments.create").count() == 2


def test_a_comment_made_in_the_editor_is_shown_with_its_replies(article, translator, reviewer):
    hand_in(translator, article)
    comment_on(reviewer, article, "Paragraph", "Too short.")
    comment = Comment.objects.get()
    CommentReply.objects.create(comment=comment, user=translator.user, text="It is an idiom.")
    inside = {"contentpath": "lead_en", "user": reviewer.user, "text": "A lead?"}
    Comment.objects.create(page_id=article.pk, **inside)
    french = {"contentpath": "lead_fr", "user": reviewer.user, "text": "In French"}
    Comment.objects.create(page_id=article.pk, **french)
    first, reply = shown(reviewer, article, "Paragraph")
    assert "Too short." in first
    assert "It is an idiom." in reply
    assert "A lead?" in shown(reviewer, article, "Lead")[0]
    review = reviewer.get(address(article)).content.decode()
    assert "2 open comments at their places" in review
    assert "In French" not in review


def test_a_block_of_several_fields_is_commented_at_its_first(article, translator, reviewer):
    picture = make_image()
    figure = ("image", {"image": picture.pk, "alt": "Ice", "caption": "Ice"})
    write_draft(article, body_en=blocks(figure))
    hand_in(translator, article)
    comment_on(reviewer, article, "Image", "Another picture?")
    path = Comment.objects.get().contentpath
    assert len(path.split(".")) == 3
    assert Comment.objects.get().has_valid_contentpath(article.get_latest_revision_as_object())
    assert "Another picture?" in shown(reviewer, article, "Image")[0]


@pytest.mark.rare
def test_it_is_resolved_once(article, translator, reviewer):
    hand_in(translator, article)
    comment_on(reviewer, article, "Headline", "Does it freeze?")
    comment = Comment.objects.get()
    assert messages(resolve(translator, article, comment))[-1] == "Le commentaire est résolu."
    assert shown(reviewer, article, "Headline") == []
    assert beside(translator, article) == {}
    comment.refresh_from_db()
    assert comment.resolved_by == translator.user
    said = ["This comment has been resolved or deleted."]
    assert messages(resolve(reviewer, article, comment)) == said
    for number in ("", "x", "9" * 30):
        answer = reviewer.post(address(article), {"resolve_comment": number}, follow=True)
        assert messages(answer) == said


@pytest.mark.rare
def test_a_text_is_sent_back_with_nothing_but_comments_on_places(
    article, translator, reviewer, at_once
):
    hand_in(translator, article)
    comment_on(reviewer, article, "Headline", "Does it freeze?")
    decide(reviewer, article, "send_back")
    assert state(article) == Review.SENT_BACK
    (letter,) = letters_to(translator)
    assert "1 commentaire ouvert sur un passage" in letter.body
    page = soup(translator.get(reverse("diptych_translate", args=(article.pk, "en"))))
    notice = text_of(page.select_one(".diptych-translating__notices"))
    assert notice.endswith("1 commentaire ouvert sur un passage")
    assert len(mail.outbox) == 2, "the other one told the reviewer of what was handed in"


@pytest.mark.parametrize("text", one_of(["", "   ", "x" * 2001], "odd"))
def test_nothing_and_too_much_are_refused(article, reviewer, translator, text):
    hand_in(translator, article)
    answer = comment_on(reviewer, article, "Headline", text)
    assert messages(answer) == ["Write a comment of at most 2,000 characters."]
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "path", one_of(["headline_fr", "slug", "body_en.gone", "owner", "x" * 400], "rare")
)
def test_only_places_of_this_language_are_commented(article, reviewer, translator, path):
    hand_in(translator, article)
    form = {"add_comment": "1", "path": path, "text": "Hello"}
    answer = reviewer.post(address(article), form, follow=True)
    assert messages(answer) == ["This place is not in the text any more."]
    assert not Comment.objects.exists()


def test_who_may_not_read_the_review_neither_comments_nor_resolves(
    journal, article, translator, reviewer
):
    hand_in(translator, article)
    comment_on(reviewer, article, "Headline", "Does it freeze?")
    comment = Comment.objects.get()
    form = {"add_comment": "1", "path": "headline_en", "text": "Hello"}
    for person in (make_member(journal, "edit_fr"), make_user("reader"), None):
        client = Client()
        if person:
            client.force_login(person)
        for data in (form, {"resolve_comment": comment.pk}):
            assert client.post(address(article), data).status_code in (302, 403)
    other = make_article(journal, "Le pont", "The bridge", live_in=("fr",))
    assert messages(resolve(reviewer, other, comment)) == [
        "This comment has been resolved or deleted."
    ]
    comment.refresh_from_db()
    assert comment.resolved_at is None
    assert Comment.objects.count() == 1


def test_without_wagtails_comments_there_are_none(article, translator, reviewer, settings):
    hand_in(translator, article)
    comment_on(reviewer, article, "Headline", "Does it freeze?")
    settings.WAGTAILADMIN_COMMENTS_ENABLED = False
    page = BeautifulSoup(reviewer.get(address(article)).content, "lxml")
    assert page.select(".diptych-review__comments") == []


def test_comments_survive_saving_and_cost_no_query_each(article, translator, reviewer):
    hand_in(translator, article)
    comment_on(reviewer, article, "Headline", "Does it freeze?")
    write_draft(article, lead_en="Another lead.")
    assert "Does it freeze?" in shown(reviewer, article, "Headline")[0]

    def queries():
        reviewer.get(address(article))
        with CaptureQueriesContext(connection) as captured:
            reviewer.get(address(article))
        return len(captured)

    few = queries()
    for number in range(3):
        comment = Comment.objects.create(
            page_id=article.pk, user=translator.user, text=f"{number}", contentpath="lead_en"
        )
        CommentReply.objects.create(comment=comment, user=reviewer.user, text="No.")
    assert queries() <= few + 1, "the replies are fetched once"


def test_approval_asks_about_open_comments(article, translator, reviewer):
    hand_in(translator, article)
    comment_on(reviewer, article, "Headline", "Does it freeze?")
    asked = decide(reviewer, article, "approve")
    assert "Publish English with 1 open place or comment?" in asked.content.decode()
    assert "Does it freeze?" in asked.content.decode()
    article.refresh_from_db()
    assert article.live_languages == ["fr"]
    comment_on(reviewer, article, "Paragraph", "Too short.")
    confirmed = asked.context["confirmations"]
    asked = decide(reviewer, article, "approve", confirmed=confirmed)
    assert "Publish English with 2 open places and comments?" in asked.content.decode()
    decide(reviewer, article, "approve", confirmed=asked.context["confirmations"])
    article.refresh_from_db()
    assert article.live_languages == ["fr", "en"]
    (entry,) = PageLogEntry.objects.filter(page=article, action="diptych.publish_incomplete")
    assert entry.data["places"] == ["Headline: Does it freeze?", "Paragraph: Too short."]
