"""The whole text of an article in a feed: readable anywhere, and cheap to make for many."""

import json
import uuid

import pytest
from bs4 import BeautifulSoup

from tests.factories import blocks, make_article, make_author, make_image, make_journal, make_topic
from tests.kept import read_log, statements_of

SITE = "http://testserver"
ENGLISH = f"{SITE}/en/stories/the-lake-freezes/"


@pytest.fixture(autouse=True)
def no_sizes(settings):
    """Leave the sizes of pictures to nobody: making them is not what is looked at here."""
    dummy = {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}
    settings.TASKS = {**settings.TASKS, "pictures": dummy}


def link_to(page):
    return f'<a linktype="page" id="{page.pk}">Elsewhere</a>'


def gallery(*images):
    pictures = [
        {"type": "item", "value": {"image": image.pk}, "id": str(uuid.uuid4())} for image in images
    ]
    return ("gallery", {"pictures": pictures, "caption": "Three views"})


def everything(*linked):
    """A body with a block of each kind, and links to the articles ``linked``."""
    table = {
        "data": [["Year", "Ice"], ["2024", "<3 cubic"]],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
    }
    return blocks(
        ("heading", {"text": "The port", "level": "h2"}),
        ("paragraph", f"<p>Words {' '.join(map(link_to, linked))} and <b>more</b>.</p>"),
        ("paragraph", '<p><a href="#the-port">Above</a> <a href="/en/">Home</a></p>'),
        ("question", {"question": "Why?", "answer": f"<p>So {link_to(linked[0])}.</p>"}),
        ("quotation", {"text": "Said", "attribution": "Who", "source": "https://a.example/"}),
        ("pull_quote", {"text": "Pulled out"}),
        ("preformatted", {"text": "if a:\n    b()", "kind": "code"}),
        ("note", {"title": "How", "text": "<p>We counted.</p>"}),
        ("image", {"image": make_image(width=64, height=48).pk, "caption": "In winter"}),
        gallery(make_image(width=64, height=48), make_image(width=64, height=48)),
        ("embed", {"embed": "https://film.example/watch?v=1&t=2", "title": "A film"}),
        ("table", {"caption": "Ice", "table": table}),
        *(("article", {"article": each.pk}) for each in linked),
    )


def text_at(client, address):
    """The text of the only article in a feed that has one picture or more."""
    items = client.get(address).json()["items"]
    (item,) = [each for each in items if each["title"] in ("The lake freezes", "Le lac gèle")]
    return BeautifulSoup(item["content_html"], "lxml")


@pytest.fixture
def text(journal, client):
    linked = make_article(journal, "Ailleurs", "Elsewhere")
    hidden = make_article(journal, "Caché", "Hidden", live_in=("fr",))
    body = everything(linked, hidden)
    make_article(journal, body_en=body, hero_image=make_image(width=64, height=48))
    return text_at(client, "/en/feed/json/")


def test_nothing_is_left_that_only_works_on_the_site(text):
    assert not text.select("script, style, button, form, iframe, svg, picture, source, template")
    allowed = {"href", "hreflang", "src", "alt", "width", "height", "cite", "scope", "lang", "dir"}
    used = {name for element in text.find_all(True) for name in element.attrs}
    assert used <= {*allowed, "datetime", "colspan", "rowspan"}


def test_every_address_is_whole(text):
    addresses = [a["href"] for a in text.select("a[href]")] + [i["src"] for i in text.select("img")]
    assert addresses and all(each.startswith(("http://", "https://")) for each in addresses)
    assert f"{ENGLISH}#the-port" in addresses and f"{SITE}/en/" in addresses


def test_the_text_is_all_there(text):
    words = text.get_text(" ")
    for part in (
        "Lead of The lake",
        "The port",
        "Why?",
        "Said",
        "We counted.",
        "A film",
        "<3 cubic",
    ):
        assert part in words, part
    assert "Pulled out" not in words  # a sentence of the text, set large: it stands there once more
    assert text.find("a", href="https://film.example/watch?v=1&t=2")


def test_pictures_come_with_what_they_show(text):
    images = text.find_all("img")
    assert len(images) == 4
    assert all(image["src"].startswith(f"{SITE}/media/") for image in images)
    assert images[0]["alt"] == "A frozen lake" and images[0]["width"] == "64"
    assert "In winter" in text.get_text()


def test_links_lead_to_pages_in_the_language_and_to_no_others(text):
    links = [link for link in text.find_all("a", string="Elsewhere")]
    found = {link.get("href") for link in links}
    assert f"{SITE}/en/stories/elsewhere/" in found
    assert "Hidden" not in text.get_text() and "Caché" not in text.get_text()


def test_each_language_has_its_own_text(journal, client):
    make_article(journal)
    assert "Texte de Le lac gèle." in text_at(client, "/fr/feed/json/").get_text()
    assert "Text of The lake freezes." in text_at(client, "/en/feed/json/").get_text()


def test_without_the_templates_of_the_theme_there_is_the_lead(journal, client, monkeypatch):
    monkeypatch.setattr(
        "diptych.articles.syndication.feeds.texts.TEMPLATE", "diptych/feeds/nowhere.html"
    )
    make_article(journal)
    (item,) = client.get("/en/feed/json/").json()["items"]
    assert item["content_text"] == "Lead of The lake freezes."
    for name in ("rss", "atom"):
        assert b"Lead of The lake freezes." in client.get(f"/en/feed/{name}/").content


@pytest.mark.scale
@pytest.mark.parametrize(
    "path", ["feed/json/", "feed/topic/{topic}/rss/", "feed/author/{author}/atom/"]
)
def test_many_articles_cost_as_many_queries_as_one(client, db, path):
    journal = make_journal()
    topic, author = make_topic(journal), make_author(journal, photo=make_image(width=64, height=48))
    address = "/en/" + path.format(topic=topic.pk, author=author.pk)

    def add(number):
        linked = make_article(journal, f"Lié {number}", f"Linked {number}")
        return make_article(
            journal,
            f"Article {number}",
            f"Story {number}",
            topics=[topic],
            authors=[author],
            body_en=everything(linked),
            hero_image=make_image(width=64, height=48),
        )

    def count():
        return len(statements_of(lambda: client.get(address)))

    def count_of_new(*numbers):
        """The queries for a feed in which these articles are new to the process."""
        for number in numbers:
            add(number)
        read_log()
        return count()

    count_of_new(1)  # the first reader of all has the settings made
    count_of_new(2)
    assert count_of_new(3) == count_of_new(4, 5, 6, 7) <= 19
    assert count() <= 3


def test_a_link_that_is_no_address_spoils_no_feed(journal, read, client):
    body = blocks(("paragraph", '<p>Read <a href="http://[insert link]/">this</a> first.</p>'))
    article = make_article(journal, body_en=body)
    assert "Read this first." in read("/en/feed/json/")["items"][0]["content_html"]
    detail = client.get(f"/en/api/articles/{article.pk}/")
    assert "Read this first." in detail.json()["content"]


def test_code_and_verse_keep_their_lines(journal, client):
    verse = {"text": "line one\n    line two", "kind": "verse"}
    make_article(journal, body_en=blocks(("preformatted", verse)))
    [entry] = json.loads(client.get("/en/feed/json/").content)["items"]
    assert "line one\n    line two</pre>" in entry["content_html"]
