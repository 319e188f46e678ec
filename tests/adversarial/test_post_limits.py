"""Forms of the admin that claim or hold more than a server does in two seconds."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Comment
from wagtail.test.utils.form_data import inline_formset

from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import PUBLISH_BOTH, article_form, edit, errors
from tests.factories import make_article, make_image, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.adversarial]

RELATIONS = ["authors", "topics", "picks", "exclusions"]
TOO_LARGE = {"fr": "Trop volumineux pour être enregistré", "en": "Too large to be saved"}


@pytest.fixture
def page(journal):
    return make_article(journal, "Éléphant", "Elephant")


@pytest.fixture(params=["fr", "en"])
def language(request):
    return request.param


@pytest.fixture
def client(client, language):
    sign_in(client, "admin", language=language)
    return client


def saved(page):
    """What is stored of ``page``, its drafts included."""
    rows = ArticlePage.objects.filter(pk=page.pk).values()
    return list(rows), list(page.revisions.values_list("pk", "content")), Comment.objects.count()


def refused(client, page, form, language):
    """Whether ``form`` is refused in words, with nothing changed."""
    before = saved(page)
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    html = BeautifulSoup(response.content, "lxml")
    return (
        response.status_code == 413
        and html.html["lang"] == language
        and html.h1.text.strip() == TOO_LARGE[language]
        and saved(page) == before
    )


def rich_text(*lines):
    return json.dumps({"blocks": list(lines), "entityMap": {}})


def line(text="mot", styles=(), depth=0):
    return {
        "key": "a",
        "type": "unordered-list-item" if depth else "unstyled",
        "text": text,
        "depth": depth,
        "inlineStyleRanges": list(styles),
        "entityRanges": [],
    }


def body_of(*values, kind="paragraph"):
    """The posted fields of a French body."""
    fields = {"body_fr-count": str(len(values))}
    for number, value in enumerate(values):
        block = f"body_fr-{number}"
        fields |= {f"{block}-deleted": "", f"{block}-order": str(number), f"{block}-id": ""}
        fields |= {f"{block}-type": kind, f"{block}-value": value}
    return fields


def overlapping(count):
    """A line in which each of ``count`` formatted passages overlaps all others."""
    return line(
        "a" * 2 * count,
        [
            {"offset": start, "length": count, "style": "BOLD" if start % 2 else "ITALIC"}
            for start in range(count)
        ],
    )


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("claimed", ["1001", "9" * 18])
def test_rows_that_are_only_claimed(client, page, language, relation, claimed):
    form = article_form("Un", "One") | {f"{relation}-TOTAL_FORMS": claimed}
    assert refused(client, page, form, language)


@pytest.mark.parametrize("relation", ["authors", "picks"])
def test_a_few_rows_too_many_are_an_error_in_the_form(client, page, relation):
    form = article_form("Un nouveau", "New") | {f"{relation}-TOTAL_FORMS": "999"}
    response = edit(client, page, form)
    assert response.status_code == 200
    html = BeautifulSoup(response.content, "lxml")
    assert html.select_one("[name=headline_fr]").text.strip() == "Un nouveau"
    assert html.select_one(f"[name={relation}-99-id]")
    assert not html.select_one(f"[name={relation}-100-id]")


def test_comments_with_replies_are_counted_together(client, page, language):
    form = article_form("Un", "One") | {"comments-TOTAL_FORMS": "30"}
    for number in range(30):
        form |= {
            f"comments-{number}-text": "x",
            f"comments-{number}-contentpath": "lead_fr",
            f"comments-{number}-replies-TOTAL_FORMS": "40",
            f"comments-{number}-replies-INITIAL_FORMS": "0",
        }
    assert refused(client, page, form, language)


@pytest.mark.parametrize(
    "text",
    [
        rich_text(overlapping(5_000)),
        rich_text(*[overlapping(60)] * 100),
        rich_text(*[line()] * 10_001),
        rich_text(line(depth=10**7)),
        rich_text(line("<" * 1_000_001)),
    ],
    ids=["one line", "many lines", "lines", "depth", "characters"],
)
def test_one_rich_text_that_takes_long(client, page, language, text):
    assert refused(client, page, article_form("Un", "One") | body_of(text), language)


def test_ten_thousand_blocks(client, page, language):
    text = rich_text(line())
    assert refused(client, page, article_form("Un", "One") | body_of(*[text] * 10_000), language)


def test_five_megabytes(client, page, language):
    form = article_form("Un", "One", lead_fr="x" * 5_000_000)
    assert refused(client, page, form, language)


def test_five_megabytes_of_json(client):
    address = reverse("diptych_paste")
    response = client.post(address, data="x" * 5_000_000, content_type="application/json")
    assert response.status_code == 413
    assert response.json()["error"]


def test_an_automatic_save_is_answered_in_json(client, page, language):
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        article_form("Un", "One", lead_fr="x" * 1_000_001),
        headers={"accept": "application/json"},
    )
    assert response.status_code == 413
    answer = response.json()
    assert (answer["success"], answer["error_code"]) == (False, "too_large")
    begins = {"fr": "C’est plus que", "en": "This is more than"}[language]
    assert answer["error_message"].startswith(begins)


def test_long_texts_are_saved(client, page):
    paragraph = rich_text(overlapping(20), *[line("Un mot après l’autre. " * 10)] * 5)
    form = article_form("Un", "One") | body_of(*[paragraph] * 150)
    assert edit(client, page, form).status_code == 302
    page.refresh_from_db()
    assert len(page.get_latest_revision_as_object().body_fr) == 150


def test_many_rows_are_saved(client, page):
    topics = inline_formset([{"topic": "", "ORDER": str(each)} for each in range(90)])
    form = article_form("Un", "One", topics=topics)
    assert edit(client, page, form).status_code == 302


def test_blocks_that_choose_nothing_are_numbered(client, page):
    image = str(make_image().pk)
    form = article_form("Un", "One", PUBLISH_BOTH) | body_of(*[image] * 3, kind="article")
    response = edit(client, page, form)
    assert response.status_code == 200
    assert errors(response)
