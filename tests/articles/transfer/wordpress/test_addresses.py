"""Whoever follows an old address of WordPress arrives at the right page, at once."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from diptych.articles.transfer.middleware import old_addresses_middleware
from diptych.articles.transfer.wordpress.addresses import record_addresses
from diptych.articles.transfer.wordpress.export import Export
from tests.factories import (
    make_article,
    make_author,
    make_journal,
    make_plain_page,
    make_topic,
    publish_draft,
)
from tests.wordpress_exports import CATEGORIES, HOST, write_export

#: A browser that prefers English to the French of addresses without a language.
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}


class Moved:
    """A journal with a page for each pair of an export, and what its addresses lead to."""

    def __init__(self, folder, plugin="polylang"):
        self.journal = make_journal()
        self.written = write_export(folder / "export.xml", posts=8, plugin=plugin, words=5)
        self.export = Export(self.written.paths)
        self.articles = [make_article(self.journal, f"Texte {n}", f"Text {n}") for n in range(4)]
        self.about = make_plain_page(self.journal)
        self.topic = make_topic(self.journal, "Histoire", "History")
        self.author = make_author(self.journal, "Claire Dubois")
        self.pages = {("author", "claire"): str(self.author.pk)}
        for number in range(8):
            self.pages["post", str(10000 + number)] = self.articles[number // 2].pk
        for pk in ("500", "501"):
            self.pages["page", pk] = self.about.pk
        for slug, _name in CATEGORIES[0][:2]:
            self.pages["category", slug] = self.topic.pk
        self.recorded = record_addresses(self.export, self.journal.site, self.pages, self.file)

    def file(self, pk):
        return f"/media/{self.written.files[pk]}" if pk in self.written.files else None

    def post(self, number):
        """``(id, language, slug, path, page)`` of a post."""
        pk, language, slug, link, _status = next(
            each for each in self.written.texts if each[0] == 10000 + number
        )
        return pk, language, slug, link.removeprefix(f"https://{HOST}"), self.articles[number // 2]


@pytest.fixture
def moved(db, tmp_path):
    return Moved(tmp_path)


def leads_to(address, **headers):
    response = Client().get(address, **headers)
    return response.url if response.status_code == 301 else response.status_code


@pytest.mark.rare
def test_posts_lead_to_their_language_whatever_the_browser_prefers(moved):
    for number in (2, 3):
        pk, language, _slug, path, page = moved.post(number)
        new = page.url_in(language)
        assert new.startswith(f"/{language}/")
        bare = path.removeprefix(f"/{language}")
        for old in (path, bare.rstrip("/"), f"/{language}{bare}?utm_source=x", f"/?p={pk}"):
            assert leads_to(old, **ENGLISH) == new, old
        assert leads_to(path) == leads_to(f"/?x=1&page_id={pk}") == leads_to(f"/en/?p={pk}") == new
        assert Client().get(new).status_code == 200


@pytest.mark.rare
@pytest.mark.parametrize("plugin", ["wpml", "none"])
def test_every_address_of_a_post_leads_to_it(db, tmp_path, plugin):
    moved = Moved(tmp_path, plugin)
    for number in range(8):
        _pk, language, _slug, path, page = moved.post(number)
        assert leads_to(path, **ENGLISH) == page.url_in(language)
        assert leads_to(path.removeprefix(f"/{language}")) == page.url_in(language)


def test_pages_files_and_lists(moved):
    about, topic, author = moved.about, moved.topic, moved.author
    lists = moved.journal.articles
    for old, new in {
        "/a-propos/": about.url_in("fr"),
        "/?p=501": about.url_in("en"),
        "/photo-1001/": moved.file(1001),
        "/?attachment_id=999": moved.file(999),
        "/wp-content/uploads/" + moved.written.files[999]: moved.file(999),
        "/category/histoire/": topic.url_in("fr"),
        "/fr/category/histoire/": topic.url_in("fr"),
        "/en/category/history/": topic.url_in("en"),
        "/?cat=11": topic.url_in("en"),
        "/category/histoire/feed/": f"/fr/feed/topic/{topic.pk}/rss/",
        "/en/category/history/feed/atom/": f"/en/feed/topic/{topic.pk}/atom/",
        "/author/claire/": author.url_in("fr"),
        "/en/author/claire/": author.url_in("en"),
        "/?author=1": author.url_in("fr"),
        "/en/?author=1": author.url_in("en"),
        "/en/author/claire/feed/": f"/en/feed/author/{author.pk}/rss/",
        "/2008/": lists.url_in("fr"),
        "/2008/01/": lists.url_in("fr"),
        "/en/2008/01/07/": lists.url_in("en"),
        "/feed/": "/fr/feed/rss/",
        "/feed/atom/": "/fr/feed/atom/",
        "/en/feed/rss2/": "/en/feed/rss/",
        "/?feed=rss2": "/fr/feed/rss/",
        "/en/?feed=atom": "/en/feed/atom/",
    }.items():
        assert leads_to(old, **ENGLISH) == new, old
    assert leads_to("/en/about/") == about.url_in("en") or about.url_in("en") == "/en/about/"


def test_what_has_no_page_has_no_redirect(moved):
    assert leads_to("/en/category/stories/") == 404
    assert leads_to("/?cat=12") == 302  # the entrance of the journal
    assert Client().get("/fr/?p=123456").status_code == 200


def test_a_page_that_moves_later_is_reached_at_once(moved):
    pk, language, _slug, path, page = moved.post(2)
    publish_draft(page, url_slug_fr="ailleurs", url_slug_en="elsewhere")
    page = type(page).objects.get(pk=page.pk)
    assert page.url_in(language).endswith("/ailleurs/")
    assert leads_to(path, **ENGLISH) == page.url_in(language)
    assert leads_to(f"/?p={pk}") == page.url_in(language)


def test_a_draft_is_not_told(moved):
    pk, _language, _slug, path, page = moved.post(2)
    page.unpublish()
    response = Client().get(path, follow=True)
    assert response.status_code == 404
    assert not any("texte-1" in address for address, _status in response.redirect_chain)
    assert leads_to(f"/?p={pk}") == 302


def test_again_nothing_is_added_and_redirects_of_editors_stay(moved):
    pk, *_rest = moved.post(0)
    Redirect.objects.filter(old_path=f"/?p={pk}").update(redirect_page=moved.about)
    before = list(Redirect.objects.order_by("pk").values_list("pk", "redirect_page"))
    again = record_addresses(moved.export, moved.journal.site, moved.pages, moved.file)
    assert moved.recorded.made == len(before)
    assert again.made == 0
    assert list(Redirect.objects.order_by("pk").values_list("pk", "redirect_page")) == before


def test_no_redirect_leads_from_where_a_page_stands(journal, tmp_path):
    page = make_article(journal, "Éléphant", "Elephant")
    written = write_export(tmp_path / "export.xml", posts=2, words=5)
    text = written.paths[0].read_text()
    (_pk, _language, _slug, link, _status) = written.texts[-2]
    written.paths[0].write_text(text.replace(link, f"https://{HOST}{page.url_in('fr')}"))
    record_addresses(Export(written.paths), journal.site, {("post", "10000"): page.pk})
    paths = set(Redirect.objects.values_list("old_path", flat=True))
    assert page.url_in("fr").rstrip("/") not in paths
    assert "/?p=10000" in paths


def test_addresses_too_long_for_a_redirect_are_told(journal, tmp_path):
    page = make_article(journal, "Éléphant", "Elephant")
    written = write_export(tmp_path / "export.xml", posts=2, words=5)
    link = written.texts[-2][3]
    text = written.paths[0].read_text().replace(link, f"https://{HOST}/{'x' * 300}/")
    written.paths[0].write_text(text)
    recorded = record_addresses(Export(written.paths), journal.site, {("post", "10000"): page.pk})
    assert [len(path) > 255 for path in recorded.too_long] == [True, True]


@pytest.mark.scale
def test_ten_thousand_redirects_take_few_queries(moved, tmp_path):
    Redirect.objects.all().delete()
    written = write_export(tmp_path / "many.xml", posts=1000, words=1)
    pages = {("post", str(pk)): moved.articles[0].pk for pk, *_rest in written.texts}
    with CaptureQueriesContext(connection) as queries:
        recorded = record_addresses(Export(written.paths), moved.journal.site, pages)
    assert recorded.made > 2500
    assert len(queries) < 30 + 2 * recorded.made / 500 + recorded.made / 50


@pytest.mark.parametrize(
    "query",
    ["utm_source=x", "p=", "p=1%00", "p=" + "9" * 400, "&".join(["a=1"] * 50) + "&p=1", "page=2"],
)
def test_other_queries_ask_the_database_nothing(rf, query):
    """Without the fixture of the database, asking it fails."""
    request = rf.get("/fr/", QUERY_STRING=query)
    response = HttpResponse("next")
    assert old_addresses_middleware(lambda _request: response)(request) is response


def test_other_sizes_of_a_picture_lead_where_the_original_does(moved, client):
    _pk, path = next(each for each in moved.written.files.items() if each[1].endswith(".jpg"))
    stem = f"/wp-content/uploads/{path.removesuffix('.jpg')}"
    target = client.get(f"{stem}.jpg").headers["location"]
    assert target == f"/media/{path}"
    for size in ("-1024x683", "-150x150", "-scaled-300x200"):
        response = client.get(f"{stem}{size}.jpg")
        assert (response.status_code, response.headers["location"]) == (301, target), size
    assert client.get(f"{stem}-1024x683.png").status_code == 404
    assert client.get(f"{stem}-x-1024x683.jpg").status_code == 404
    assert client.post(f"{stem}-1024x683.jpg").status_code != 301


def test_sizes_of_a_picture_that_is_large(journal, tmp_path, client):
    written = write_export(tmp_path / "export.xml", posts=2, words=5)
    text = written.paths[0].read_text().replace("photo-1000.jpg", "photo-1000-scaled.jpg")
    written.paths[0].write_text(text)
    record_addresses(Export(written.paths), journal.site, {}, {1000: "/media/1000.jpg"}.get)
    folder = f"/wp-content/uploads/{written.files[1000].rpartition('/')[0]}"
    for name in ("photo-1000-scaled.jpg", "photo-1000-300x200.jpg", "photo-1000.jpg"):
        assert client.get(f"{folder}/{name}").headers["location"] == "/media/1000.jpg", name
