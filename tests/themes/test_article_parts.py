"""What stands above the text of an article: its main topic and who did what for it."""

from django.test import Client
from wagtail.test.utils.form_data import inline_formset

from diptych.articles.models import ArticleAuthor
from tests.articles.languages.editor import PUBLISH_BOTH, article_form, edit
from tests.factories import blocks, make_article, make_author, make_topic
from tests.reading import page_at, text_of

FRENCH, ENGLISH = "/fr/articles/le-lac-gele/", "/en/stories/the-lake-freezes/"


def byline(address):
    """What the byline of an article says of its authors, without the dates."""
    return text_of(page_at(Client(), address).select_one(".article header .byline span"))


def kicker(address):
    """What stands above the headline, and where it leads."""
    return [
        (text_of(link), link["href"])
        for link in page_at(Client(), address).select("header .kicker a")
    ]


def test_what_an_author_did_is_said_in_the_language_it_is_written_in(journal):
    article = make_article(journal, authors=[make_author(journal)])
    article.authors.update(role_fr="photographies")
    assert byline(FRENCH) == "Par Léa Rochat (photographies)"
    assert byline(ENGLISH) == "By Léa Rochat"


def test_each_language_names_it_in_its_own_words(journal):
    article = make_article(journal, authors=[make_author(journal), make_author(journal, "Ana Öz")])
    first, second = ArticleAuthor.objects.filter(article=article).order_by("sort_order", "pk")
    ArticleAuthor.objects.filter(pk=first.pk).update(role_fr="texte", role_en="text")
    ArticleAuthor.objects.filter(pk=second.pk).update(role_en="photographs")
    assert byline(FRENCH) == "Par Léa Rochat (texte) et Ana Öz"
    assert byline(ENGLISH) == "By Léa Rochat (text) and Ana Öz (photographs)"


def save_topics(client, article, *topics):
    """Publish ``article`` with ``topics`` in this order, as the form of the editor does."""
    known = {entry.topic_id: entry.pk for entry in article.topics.all()}
    rows = [
        {"id": known.get(topic.pk, ""), "topic": topic.pk, "ORDER": str(number)}
        for number, topic in enumerate(topics, start=1)
    ]
    rows.sort(key=lambda row: row["id"])
    form = inline_formset(rows, initial=len(known))
    for number, row in enumerate(rows):
        form[f"{number}-ORDER"] = row["ORDER"]
    data = article_form("Le lac gèle", "The lake freezes", PUBLISH_BOTH, topics=form)
    assert edit(client, article, data).status_code == 302


def test_the_first_topic_stands_above_the_headline(journal, admin):
    climate, money = make_topic(journal), make_topic(journal, "Argent", "Money")
    article = make_article(journal, topics=[climate, money])
    assert kicker(FRENCH) == [("Climat", "/fr/thematiques/climat/")]
    assert kicker(ENGLISH) == [("Climate", "/en/topics/climate/")]

    save_topics(admin, article, money, climate)

    assert kicker(FRENCH) == [("Argent", "/fr/thematiques/argent/")]
    assert kicker(ENGLISH) == [("Money", "/en/topics/money/")]


def test_the_first_topic_that_can_be_read_leads(journal):
    climate = make_topic(journal, live_in=("fr",))
    make_article(journal, topics=[climate, make_topic(journal, "Argent", "Money")])
    assert kicker(FRENCH) == [("Climat", "/fr/thematiques/climat/")]
    assert kicker(ENGLISH) == [("Money", "/en/topics/money/")]


def test_without_a_topic_nothing_stands_there(journal):
    make_article(journal)
    assert kicker(FRENCH) == []


def test_no_heading_is_called_as_another_part_of_the_page_is(journal):
    names = ["Share", "Contents", "Footnotes", "Related"]
    body = blocks(*(("heading", {"text": name, "level": "h2"}) for name in names))
    make_article(journal, body_en=body)
    page = page_at(Client(), ENGLISH)
    ids = [each["id"] for each in page.select("[id]")]
    assert len(ids) == len(set(ids))
    for heading in page.select(".prose h2[id]"):
        assert heading.a["href"] == f"#{heading['id']}"
        assert heading.get_text() == heading.a.get_text()
