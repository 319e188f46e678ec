"""The API of pages of all types in a language, and what of the others it keeps to itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from diptych.articles.languages.checks.addresses import check_api
from diptych.articles.models import (
    ArticleAuthor,
    ArticlePage,
    FrontArticle,
    FrontTopic,
    HomePage,
    TopicPage,
)
from tests.factories import (
    blocks,
    make_article,
    make_author,
    make_image,
    make_plain_page,
    make_topic,
    paragraphs,
    write_draft,
)

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


@pytest.fixture
def ask(asking):
    return asking("pages")


@pytest.fixture
def titles(ask):
    def titles(**query):
        answer = ask(limit=20, **query)
        found = [each["title"] for each in answer["items"]]
        assert answer["meta"]["total_count"] == len(found)
        return found

    return titles


def test_a_page_has_the_texts_and_addresses_of_the_language(journal, ask):
    topic = make_topic(journal, description_fr="Le temps.", description_en="The weather.")
    french = ask(f"{topic.pk}/", lang="fr")
    assert french["title"] == "Climat" and french["description"] == "Le temps."
    assert french["meta"]["html_url"] == f"{SITE}/fr/thematiques/climat/"
    assert french["meta"]["slug"] == "climat" and french["meta"]["language"] == "fr"
    english = ask(f"{topic.pk}/")
    assert english["title"] == "Climate" and english["description"] == "The weather."
    assert english["meta"]["slug"] == "climate"
    assert english["meta"]["alternates"] == {"fr": f"{SITE}/fr/thematiques/climat/"}
    assert english["meta"]["detail_url"] == f"{SITE}/en/api/pages/{topic.pk}/"
    assert english["meta"]["parent"] == {
        "id": journal.topics.pk,
        "meta": {
            "type": "diptych.TopicIndexPage",
            "detail_url": f"{SITE}/en/api/pages/{journal.topics.pk}/",
            "html_url": f"{SITE}/en/topics/",
        },
        "title": "Topics",
    }


def test_a_body_is_its_blocks_and_rich_text_as_asked(journal, ask):
    page = make_plain_page(journal, body_en=paragraphs("Who we are."))
    [block] = ask(f"{page.pk}/")["body"]
    assert block["type"] == "paragraph" and block["value"] == "<p>Who we are.</p>"
    author = make_author(journal, biography_en=f'<p><a linktype="page" id="{page.pk}">x</a></p>')
    assert f'href="{SITE}/en/about/"' in ask(f"{author.pk}/")["biography"]
    assert 'linktype="page"' in ask(f"{author.pk}/", rich_text_format="db_html")["biography"]


@pytest.fixture
def unseen(journal):
    """Pages of which nothing is to be seen in English, and one with a newer draft."""
    french = make_topic(journal, "Seul", "Zyzzyva", live_in=("fr",), description_en="Zyzzyva")
    hidden = make_topic(journal, "Caché", "Zyzzyva hidden", description_en="Zyzzyva")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    draft = make_topic(journal, "Brouillon", "Zyzzyva draft", live_in=())
    known = make_topic(journal, "Connu", "Known", description_en="Known to all")
    write_draft(known, headline_en="Zyzzyva newer", description_en="Zyzzyva")
    return [french, hidden, draft]


def test_nothing_of_other_languages_drafts_or_private_pages_shows_through(
    journal, client, titles, ask, unseen
):
    topics = {"type": "diptych.TopicPage"}
    assert titles(**topics) == ["Known"]
    for page in unseen:
        answer = client.get(f"/en/api/pages/{page.pk}/")
        assert answer.status_code == 404 and "Zyzzyva" not in answer.text
        ask(status=400, child_of=page.pk)
        ask(status=400, ancestor_of=page.pk)
    assert titles(**topics, search="Zyzzyva") == titles(**topics, search="Connu") == []
    assert titles(**topics, search="known all") == ["Known"]
    assert titles(**topics, search="zyzzyva all", search_operator="or") == ["Known"]
    for slug in ("zyzzyva", "zyzzyva-hidden", "zyzzyva-draft", "seul", "connu"):
        assert titles(slug=slug) == []
        assert ask("find/", status=404, html_path=f"/topics/{slug}/")
    assert titles(slug="known") == ["Known"]
    for query in (
        {"order": "title", **topics},
        {"order": "-published_at", "child_of": journal.topics.pk},
        {"published_after": "2000-01-01", "descendant_of": journal.topics.pk},
    ):
        assert titles(**query) == ["Known"]
    whole = client.get("/en/api/pages/", {"fields": "*", **topics}).text
    assert "Zyzzyva" not in whole and "Connu" not in whole


def test_a_foreign_key_to_an_article_shows_it_only_if_visitors_may_see_it(
    journal, ask, monkeypatch
):
    monkeypatch.setattr(HomePage, "api_fields", ["front_articles"], raising=False)
    monkeypatch.setattr(FrontArticle, "api_fields", ["article"], raising=False)
    known = make_article(journal, "Connu", "Known")
    french = make_article(journal, "Seul", "Zyzzyva", live_in=("fr",))
    hidden = make_article(journal, "Caché", "Zyzzyva hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    for number, article in enumerate((known, french, hidden)):
        FrontArticle.objects.create(home=journal.home, article=article, sort_order=number)
    fields = "front_articles(article(_,id,headline,lead,picture,html_url))"
    shown = [
        each["article"] for each in ask(f"{journal.home.pk}/", fields=fields)["front_articles"]
    ]
    assert shown[0]["headline"] == "Known"
    assert shown[1:] == [{"id": french.pk}, {"id": hidden.pk}]


def test_a_foreign_key_to_another_page_shows_no_shared_field_of_one_that_is_not_to_be_seen(
    journal, ask, monkeypatch, unseen
):
    monkeypatch.setattr(HomePage, "api_fields", ["front_topics"], raising=False)
    monkeypatch.setattr(FrontTopic, "api_fields", ["topic"], raising=False)
    monkeypatch.setattr(TopicPage, "api_fields", ["source_language"], raising=False)
    topics = [make_topic(journal), *unseen]
    for number, topic in enumerate(topics):
        FrontTopic.objects.create(home=journal.home, topic=topic, sort_order=number)
    answer = ask(f"{journal.home.pk}/", fields="front_topics(topic(_,id,title,source_language))")
    shown = [each["topic"] for each in answer["front_topics"]]
    assert shown[0] == {"id": topics[0].pk, "title": "Climate", "source_language": "fr"}
    assert shown[1:] == [{"id": page.pk} for page in unseen]


REFUSED = [
    {"title": "Connu"},
    {"description": "x"},
    {"type": "diptych.TopicPage", "description": "x"},
    {"seo_title": "x"},
    {"first_published_at": "2026-01-01"},
    {"order": "title"},
    {"order": "slug"},
    {"order": "description", "type": "diptych.TopicPage"},
    {"order": "random"},
    {"search": "Connu"},
    {"search": "Connu", "type": "diptych.TopicPage,diptych.AuthorPage"},
    {"search": "x", "type": "diptych.TopicPage", "search_operator": "xor"},
    {"fields": "headline_fr"},
    {"fields": "alias_of"},
    {"type": "wagtailimages.Image"},
    {"lang": "de"},
]


def test_what_would_look_at_other_texts_is_refused(journal, ask, subtests):
    make_topic(journal, "Connu", "Known")
    for query in REFUSED:
        with subtests.test(**query):
            assert ask(status=400, **query)["message"]


def test_a_page_is_found_by_its_address_in_the_language(journal, client):
    topic = make_topic(journal)
    for path in ("/topics/climate/", "/en/topics/climate/"):
        found = client.get("/en/api/pages/find/", {"html_path": path, "lang": "en"})
        assert found.status_code == 302
        assert found["Location"].startswith(f"{SITE}/en/api/pages/{topic.pk}/?lang=en")
    french = client.get("/en/api/pages/find/", {"html_path": "/thematiques/climat/"})
    assert french.status_code == 404
    plain = Page.objects.get(pk=journal.home.pk).add_child(instance=Page(title="A", slug="a"))
    found = client.get("/en/api/pages/find/", {"html_path": "/fr/a/"})
    assert found.headers["Location"].startswith(f"{SITE}/en/api/pages/{plain.pk}/")
    assert client.get("/en/api/pages/find/", {"id": "abc"}).status_code == 400


def test_pages_of_types_without_languages_are_there_in_each(journal, titles):
    Page.objects.get(pk=journal.home.pk).add_child(instance=Page(title="Plain", slug="plain"))
    for lang in ("fr", "en"):
        assert titles(lang=lang, slug="plain") == ["Plain"]


@pytest.mark.scale
def test_many_pages_cost_as_many_queries_as_one(journal, ask):
    def queries(number):
        for each in range(number):
            make_article(journal, f"Un {number} {each}", f"One {number} {each}")
            make_topic(journal, f"Sujet {number} {each}", f"Subject {number} {each}")
        with CaptureQueriesContext(connection) as captured:
            assert len(ask(fields="*", order="-published_at")["items"]) > number
        return len(captured)

    queries(1)
    assert queries(1) == queries(3) <= 16


def link_to(page):
    return f'<p><a linktype="page" id="{page.pk}">x</a></p>'


def with_links(pages):
    """Texts with links to ``pages``, in a body and corrections; a body links to articles too."""
    corrections = [("correction", {"date": "2026-03-02", "text": link_to(each)}) for each in pages]
    articles = [each for each in pages if isinstance(each, ArticlePage)]
    parts = [
        *(("paragraph", link_to(each)) for each in pages),
        *(("article", {"article": each.pk}) for each in articles),
        *(("image", {"image": each.hero_image_id}) for each in articles),
    ]
    return {"body_en": blocks(*parts), "corrections_en": blocks(*corrections)}


@pytest.mark.scale
def test_ten_links_and_pictures_cost_as_many_queries_as_one(journal, ask):
    image = make_image()
    linked = [make_article(journal, f"Un {n}", f"One {n}", hero_image=image) for n in range(5)]
    plain = [Page(title=f"Plain {number}", slug=f"plain-{number}") for number in range(5)]
    home = Page.objects.get(pk=journal.home.pk)
    linked += [home.add_child(instance=page) for page in plain]

    def queries(name, pages):
        article = make_article(journal, name, f"{name} in English", **with_links(pages))
        with CaptureQueriesContext(connection) as captured:
            answer = ask(f"{article.pk}/")
        urls = [f'href="{SITE}/en/{path}/"' for path in ("stories/one-0", "plain-0")]
        assert all(url in str(answer["body"]) for url in urls)
        assert urls[0] in str(answer["corrections"])
        return len(captured)

    queries("Chauffe", [linked[0], linked[5]])
    assert queries("Peu", [linked[0], linked[5]]) == queries("Beaucoup", linked)


def test_the_texts_of_many_pages_cost_no_query_each_for_their_links(journal, ask):
    linked = make_topic(journal, "Lié", "Linked")

    def queries(number):
        for each in range(number):
            name = f"{number} {each}"
            make_author(journal, f"Zoé {name}", biography_en=link_to(linked))
        with CaptureQueriesContext(connection) as captured:
            answer = ask(type="diptych.AuthorPage", fields="biography", limit=20)
        assert f"{SITE}/en/topics/linked/" in str(answer["items"][-1])
        return len(captured)

    queries(1)
    assert queries(1) == queries(3)


@pytest.mark.parametrize("rich_text_format", ["html", "db_html"])
@pytest.mark.scale
def test_the_bodies_of_many_articles_cost_no_query_each(journal, ask, rich_text_format):
    query = {"type": "diptych.ArticlePage", "fields": "body,corrections", "limit": 20}

    def add(number):
        name, image = f"Lié {number}", make_image(f"Image {number}")
        linked = make_article(journal, name, f"Linked {number}", hero_image=image)
        texts = with_links([linked, make_topic(journal, name, f"Topic {number}")])
        make_article(journal, f"Lien {number}", f"Link {number}", **texts)
        return linked

    def queries():
        with CaptureQueriesContext(connection) as captured:
            answer = ask(**query, rich_text_format=rich_text_format)
        return len(captured), {each["title"]: each["body"] for each in answer["items"]}

    add(0)
    queries()
    few, _bodies = queries()
    linked = [add(number) for number in range(1, 5)]
    many, bodies = queries()
    assert few == many
    for number, article in enumerate(linked, start=1):
        *texts, shown, picture = bodies[f"Link {number}"]
        assert shown["value"]["html_url"] == f"{SITE}/en/stories/linked-{number}/"
        assert picture["value"]["image"] == article.hero_image_id
        own = [f"linked-{number}/", f"topic-{number}/"]
        if rich_text_format == "db_html":
            own = [f'id="{article.pk}"', 'linktype="page"']
        assert all(part in each["value"] for part, each in zip(own, texts, strict=True))


def test_bodies_of_an_answer_are_those_of_their_articles(journal, ask):
    linked = make_article(journal, "Caché", "Zyzzyva", live_in=("fr",))
    link = ("article", {"article": linked.pk})
    parts = [("paragraph", "<p>Cold.</p>"), link, ("heading", {"text": "Ice", "level": "h2"})]
    make_article(journal, "Lien", "Link", body_en=blocks(link))
    written = make_article(journal, "Un", "One", body_en=blocks(*parts))
    make_article(journal, "Deux", "Two", body_en=blocks(*parts[::-1]))
    items = ask(type="diptych.ArticlePage", fields="body", order="id")["items"]
    types = {each["title"]: [block["type"] for block in each["body"]] for each in items}
    in_order = ["paragraph", "heading"]
    assert types == {"Link": [], "One": in_order, "Two": in_order[::-1]}
    for item in items:
        assert item["body"] == ask(f"{item['id']}/")["body"]
    ids = [each["id"] for each in written.specific.body_en.raw_data if each["type"] != "article"]
    assert [each["id"] for each in items[1]["body"]] == ids


def test_a_link_in_a_page_that_another_refers_to_is_an_address(journal, ask, monkeypatch):
    monkeypatch.setattr(ArticlePage, "api_fields", ["authors"], raising=False)
    monkeypatch.setattr(ArticleAuthor, "api_fields", ["author"], raising=False)
    linked = make_topic(journal, "Lié", "Linked")
    author = make_author(journal, biography_en=link_to(linked))
    article = make_article(journal, authors=[author])
    answer = ask(f"{article.pk}/", fields="authors(author(_,id,biography))")
    biography = answer["authors"][0]["author"]["biography"]
    assert f'href="{SITE}/en/topics/linked/"' in biography


def test_a_link_to_an_article_that_is_not_live_is_left_out_of_a_body(journal, ask):
    french = make_article(journal, "Seul", "Zyzzyva", live_in=("fr",))
    known = make_article(journal, "Connu", "Known")
    parts = [("article", {"article": each.pk}) for each in (french, known)]
    article = make_article(journal, "Un", "One", body_en=blocks(*parts))
    [shown] = ask(f"{article.pk}/")["body"]
    assert shown["value"]["headline"] == "Known"


def test_a_check_names_an_endpoint_that_knows_one_language(settings):
    assert check_api(None) == []
    settings.ROOT_URLCONF = "tests.articles.syndication.plain_api_urls"
    [warning] = check_api(None)
    assert warning.id == "diptych.W020"
    assert "/api/v2/pages/" in warning.msg
    assert "MultilingualPagesAPIViewSet" in warning.hint


def test_all_pages_are_counted_by_their_rows(journal, ask):
    make_plain_page(journal)
    make_plain_page(journal, "Ailleurs", "Elsewhere", parent=Page.get_first_root_node())
    make_article(journal)
    with CaptureQueriesContext(connection) as captured:
        answer = ask()
    counted = [query["sql"] for query in captured if query["sql"].startswith("SELECT COUNT(*)")]
    pages = [sql for sql in counted if 'FROM "wagtailcore_page" WHERE' in sql.split("(SELECT")[0]]
    assert len(counted) == 3 and len(pages) == 1, counted
    assert 'AND "wagtailcore_page"."content_type_id" IN' in pages[0], "those of few types"
    there = ask(limit=20, order="id")["items"]
    assert answer["meta"]["total_count"] == len(there)
