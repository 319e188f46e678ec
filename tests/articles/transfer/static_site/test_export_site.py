"""A site as files: what is written, how it is linked, what a second run does."""

import io
import json
import logging
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from diptych.articles.caching.atomic_files import write_whole
from diptych.articles.models import (
    JournalSettings,
    PrintIssueEntry,
    PrintIssueIndexPage,
    PrintIssuePage,
)
from diptych.articles.newsletter.models import Newsletter
from diptych.articles.recordings.audio import url_of
from diptych.articles.transfer.export_folder import Folder, FolderInUse
from tests.articles.recordings.sounds import SOUND, let_hear, make_document
from tests.articles.transfer.static_site.copies import Copy
from tests.factories import (
    blocks,
    make_article,
    make_author,
    make_image,
    make_page,
    make_topic,
    write_draft,
)
from tests.tiers import one_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_connection():
    """Keep the connection of the test at the end of requests, as Django's test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def journal(journal):
    journal.lake = make_article(journal, hero_image=make_image())
    return journal


def export(folder, **options):
    """Export into ``folder``; returns the copy, with what was printed as ``said``."""
    output, options = io.StringIO(), {"search": False, **options}
    with override("en"):
        call_command("export_site", str(folder), stdout=output, stderr=output, **options)
    copy = Copy(folder, options.get("url") or "http://testserver")
    copy.said = output.getvalue()
    return copy


@pytest.mark.rare
def test_a_copy_has_no_worker_and_no_page_for_readers_without_a_connection(journal, tmp_path):
    copy = export(tmp_path)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    pages = [path.read_text() for path in written if path.suffix == ".html"]
    assert len(pages) > 5 and not any("data-worker" in page for page in pages)
    assert not [path for path in written if "offline" in path.name or path.parent.name == "offline"]
    assert copy.said.count("offline") == 0


def test_all_that_readers_see_is_written_in_both_languages_and_nothing_else(journal, tmp_path):
    french = make_article(journal, "Rien que le français", "Nothing but English", live_in=("fr",))
    draft = make_article(journal, "Brouillon", "Unseen draft", live_in=())
    private = make_article(journal, "Entre nous", "Between us")
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="word")
    write_draft(journal.lake, headline_en="Unpublished change")
    copy = export(tmp_path / "copy")
    pages = {
        "index.html",
        "fr/index.html",
        "en/index.html",
        f"fr/{path_of(journal.lake, 'fr')}",
        f"en/{path_of(journal.lake, 'en')}",
        f"fr/{path_of(french, 'fr')}",
    }
    files = {"robots.txt", "sitemap.xml", "sitemap-news.xml", "404.html", "fr/404.html"}
    feeds = {f"{code}/feed/{name}" for code in ("fr", "en") for name in ("rss.xml", "atom.xml")}
    assert pages | files | feeds | {"en/404.html", "en/feed.xml"} <= copy.places
    assert any(place.startswith("media/") for place in copy.places)
    assert any(place.startswith("theme/") for place in copy.places)
    assert copy.page(f"en/{path_of(journal.lake, 'en')}").html["lang"] == "en"
    assert copy.manifest() >= copy.places
    assert copy.broken() == []
    written = "".join(copy.text(place) for place in copy.places if place.endswith(("l", "n")))
    for text in ("Nothing but English", draft.headline_fr, "Unseen draft", "Unpublished change"):
        assert text not in written
    assert private.headline_fr not in written and "Between us" not in written


def path_of(page, language):
    return f"{page.url_in(language).removeprefix(f'/{language}/')}index.html"


OPTIONS = [
    {},
    {"relative": True},
    {"url": "https://new.example"},
    {"url": "https://new.example/journal", "relative": True},
]


@pytest.mark.rare
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_every_link_leads_to_a_file(journal, tmp_path, options):
    topic, author = make_topic(journal), make_author(journal)
    make_article(journal, "Le lac fond", "The lake melts", topics=[topic], authors=[author])
    copy = export(tmp_path / "copy", **options)
    assert copy.broken() == []
    assert "leads to" not in copy.said
    for place in ("sitemap.xml", "en/feed/atom.xml", "en/feed/rss.xml"):
        assert [url for url in copy.mentioned(place) if not copy.has(url)] == []
        assert "http://testserver" not in copy.text(place) or "url" not in options


@pytest.mark.rare
def test_pages_that_are_not_found_are_no_warnings(journal, tmp_path, caplog):
    make_article(journal, "Le lac fond", "", live_in=["fr"])
    copy = export(tmp_path / "copy")
    assert "en/404.html" in copy.places
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING] == []


@pytest.mark.parametrize("options", one_of(OPTIONS, "rare"), ids=str)
@pytest.mark.rare
def test_a_journal_that_uses_everything_has_no_dead_link(journal, tmp_path, options, settings):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 1
    make_article(journal, "", "Nothing but English", live_in=["en"])
    own = JournalSettings.for_site(journal.site)
    own.licence, own.licence_url = "CC BY 4.0", "https://licence.example/"
    own.errors_email = own.contact_email = "redaction@example.org"
    own.has_recordings = True
    own.save()
    for language in ("fr", "en"):
        Newsletter.objects.create(site=journal.site, language=language, name="La lettre")
    make_article(journal, "Le lac fond", "The lake melts", topics=[make_topic(journal)])
    copy = export(tmp_path / "copy", **options)
    assert "leads to" not in copy.said
    assert copy.broken() == []
    assert any(place.endswith("page-2.html") for place in copy.places)
    assert any(place.endswith(".bib") for place in copy.places)
    written = "".join(copy.text(place) for place in copy.places if place.endswith(".html"))
    assert "republish/" in written and "newsletter/" not in written


@pytest.mark.rare
def test_links_are_relative_or_begin_with_the_address(journal, tmp_path):
    place = f"en/{path_of(journal.lake, 'en')}"
    relative = export(tmp_path / "relative", relative=True).page(place)
    whole = export(tmp_path / "whole", url="https://new.example").page(place)
    assert relative.select_one(".header__name a")["href"] == "../../"
    assert whole.select_one(".header__name a")["href"] == "https://new.example/en/"
    assert whole.select_one("link[rel=canonical]")["href"].startswith("https://new.example/en/")
    assert "testserver" not in str(whole)


@pytest.mark.rare
def test_the_choice_of_a_language_becomes_a_link(journal, tmp_path):
    switch = (
        export(tmp_path / "copy").page("en/index.html").select_one(".language-switch a[lang=fr]")
    )
    assert switch["href"] == "/fr/"


@pytest.mark.rare
def test_lists_are_written_page_by_page(journal, tmp_path, settings):
    settings.DIPTYCH_ARTICLES_PER_PAGE = 1
    make_article(journal, "Le lac fond", "The lake melts")
    copy = export(tmp_path / "copy")
    start = journal.articles.url_in("en")
    assert f"{start.lstrip('/')}page-2.html" in copy.places
    first = copy.page(f"{start.lstrip('/')}index.html")
    assert first.select_one("a[rel=next]")["href"] == f"{start}page-2.html"
    assert copy.redirects()[f"{start}?page=2"] == f"{start}page-2.html"
    assert copy.broken() == []


@pytest.mark.rare
def test_documents_are_written_if_anybody_may_read_them(journal, tmp_path):
    root = Collection.get_first_root_node()
    collection = root.add_child(name="Internal")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    public, internal = (
        get_document_model().objects.create(
            title=title, file=ContentFile(title.encode(), f"{title}.txt"), collection=each
        )
        for title, each in (("report", root), ("minutes", collection))
    )
    links = "".join(
        f'<p><a linktype="document" id="{each.pk}">{each.title}</a></p>'
        for each in (public, internal)
    )
    make_article(journal, "Deux documents", "Two documents", body_en=blocks(("paragraph", links)))
    copy = export(tmp_path / "copy")
    documents = {place for place in copy.places if place.startswith("documents/")}
    assert documents == {public.url.lstrip("/")}
    assert copy.text(*documents) == "report"
    assert internal.url.lstrip("/") not in copy.places


@pytest.mark.rare
def test_print_issues_are_written_with_the_pdfs_of_their_languages(journal, tmp_path):
    pdf = make_document("numero.pdf", b"%PDF-1.4")
    issues = make_page(PrintIssueIndexPage, journal.home, "Numéros", "Print issues")
    entries = [PrintIssueEntry(article=journal.lake)]
    make_page(PrintIssuePage, issues, "Le froid", "The cold", pdf_en=pdf, entries=entries)
    copy = export(tmp_path / "copy")
    english, french = "en/print-issues/the-cold/index.html", "fr/numeros/le-froid/index.html"
    assert {"en/print-issues/index.html", "fr/numeros/index.html"} <= copy.places
    assert {english, french, pdf.url.lstrip("/")} <= copy.places
    assert copy.page(english).select("main a[href$='.pdf']")
    assert not copy.page(french).select("main a[href$='.pdf']")
    assert copy.broken() == []


@pytest.mark.rare
def test_recordings_are_written_beside_their_articles(journal, tmp_path):
    let_hear(journal)
    recording = make_document("lake.mp3")
    make_article(journal, "À écouter", "To be heard", recording_en=recording)
    copy = export(tmp_path / "copy")
    place = url_of(recording).lstrip("/")
    assert (tmp_path / "copy" / place).read_bytes() == SOUND
    page = copy.page("en/stories/to-be-heard/index.html")
    assert page.audio["src"] == f"/{place}"
    assert not copy.page("fr/articles/a-ecouter/index.html").audio
    assert copy.broken() == []


def test_a_folder_is_written_again_where_it_has_changed(tmp_path):
    first = Folder(tmp_path, ".static-site")
    for place in ("en/index.html", "en/lake/index.html"):
        first.write(place, b"page")
    first.finish()
    (tmp_path / "CNAME").write_text("journal.example")
    before = (tmp_path / "en/index.html").stat().st_mtime_ns
    second = Folder(tmp_path, ".static-site")
    second.write("en/index.html", b"page")
    second.finish()
    assert (second.written, second.deleted) == (0, 1)
    assert (tmp_path / "en/index.html").stat().st_mtime_ns == before
    assert not (tmp_path / "en/lake").exists() and (tmp_path / "CNAME").exists()
    third = Folder(tmp_path, ".static-site")
    third.write("en/index.html", b"newer page")
    third.finish()
    assert third.written == 1


@pytest.mark.rare
def test_a_second_run_writes_nothing_and_removes_what_is_gone(journal, tmp_path):
    melting = make_article(journal, "Le lac fond", "The lake melts")
    place = f"en/{path_of(melting, 'en')}"
    copy = export(tmp_path / "copy")
    before = {each: (copy.folder / each).stat().st_mtime_ns for each in copy.places}
    assert "Files written: 0," in export(copy.folder).said
    assert before == {each: (copy.folder / each).stat().st_mtime_ns for each in copy.places}
    (copy.folder / "CNAME").write_text("journal.example")
    melting.delete()
    again = export(copy.folder)
    assert place in before and place not in again.places
    assert not (copy.folder / place).parent.exists()
    assert (copy.folder / "CNAME").exists()


@pytest.mark.rare
def test_what_a_file_was_changed_to_is_written_again(journal, tmp_path):
    copy = export(tmp_path / "copy")
    (copy.folder / "en/index.html").write_text("Something else")
    (copy.folder / "fr/index.html").unlink()
    assert "Files written: 2," in export(copy.folder).said


@pytest.mark.rare
def test_a_run_that_is_killed_is_completed_by_the_next(journal, tmp_path, monkeypatch):
    whole = export(tmp_path / "whole")
    written = []

    def write_or_die(contents, **options):
        written.extend(contents)
        if len(written) > 20:
            raise KeyboardInterrupt
        write_whole(contents, **options)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("diptych.articles.transfer.export_folder.write_whole", write_or_die)
        export(tmp_path / "copy")
    last = written[-1]
    last.with_name(f".{last.name}.x1.tmp").write_text("half")
    journal.lake.unpublish()
    copy = export(tmp_path / "copy")
    journal.lake.refresh_from_db()
    assert copy.places == export(tmp_path / "whole").places
    assert copy.manifest() == whole.manifest()
    assert not list(copy.folder.rglob("begun.txt"))


def test_a_folder_with_other_files_is_refused(journal, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(CommandError, match=str(tmp_path)):
        export(tmp_path)
    assert os.listdir(tmp_path) == ["thesis.txt"]


@pytest.mark.rare
def test_a_site_whose_port_leads_its_readers_elsewhere_is_refused(journal, tmp_path, settings):
    """As with port 80 where every reader is led to HTTPS: each page would be one that leads on."""
    settings.SECURE_SSL_REDIRECT = True
    with pytest.raises(CommandError, match=r"at http://testserver leads .* https://testserver"):
        export(tmp_path)
    assert not [each for each in tmp_path.rglob("*.html")]
    journal.site.port = 443
    journal.site.save()
    assert "Files written" in export(tmp_path, url="https://testserver").said
    assert "/en/stories/" in (tmp_path / "en" / "index.html").read_text()


def test_old_addresses_lead_on(journal, tmp_path):
    Redirect.objects.create(old_path="/2019/05/lac", redirect_page=journal.lake, site=journal.site)
    Redirect.objects.create(old_path="/lac?p=12", redirect_page=journal.lake, site=journal.site)
    draft = make_article(journal, "Brouillon", "Unseen", live_in=())
    Redirect.objects.create(old_path="/2019/06/secret", redirect_page=draft, site=journal.site)
    copy = export(tmp_path / "copy", relative=True)
    target = copy.redirects()["/2019/05/lac/"]
    assert copy.has(f"http://testserver{target}")
    assert copy.redirects()["/lac?p=12"] == target
    page = copy.page("2019/05/lac/index.html")
    assert page.select_one("link[rel=canonical]")["href"] == f"http://testserver{target}"
    assert page.a["href"] == f"../../..{target}"
    assert not [place for place in copy.places if "secret" in place]
    assert not [path for path in copy.redirects() if "secret" in path]


@pytest.mark.rare
def test_without_a_search_nothing_leads_to_one(journal, tmp_path):
    copy = export(tmp_path / "copy")
    assert "fr/search/index.html" not in copy.places
    assert copy.page("404.html").select("form, [rel=search]") == []
    assert copy.page("fr/index.html").select("form, [rel=search]") == []
    assert "SearchAction" not in copy.text("fr/index.html")


@pytest.mark.rare
def test_a_search_has_an_index_for_each_language(journal, tmp_path):
    pytest.importorskip("pagefind")
    copy = export(tmp_path / "copy", search=True, relative=True)
    page = copy.page("en/search/index.html")
    assert (
        page.select_one("[data-search-index]")["data-search-index"] == "../../pagefind/pagefind.js"
    )
    assert page.noscript.text.strip()
    entry = copy.text("pagefind/pagefind-entry.json")
    indexed = json.loads(entry)["languages"]
    assert {*indexed} == {"en", "fr"}
    # The article alone, not beside its translation, and three lists.
    assert [each["page_count"] for each in indexed.values()] == [4, 4]
    assert copy.broken() == []
    assert "Files written: 0," in export(copy.folder, search=True, relative=True).said


def test_the_search_of_a_copy_is_no_page_of_the_site(journal, client):
    assert client.get("/en/search/static/").status_code == 404


@pytest.mark.rare
def test_an_error_of_the_site_keeps_the_earlier_file(journal, tmp_path, monkeypatch):
    copy = export(tmp_path / "copy")
    before = copy.text("sitemap.xml")

    def fail(self, number):
        raise RuntimeError("no database")

    monkeypatch.setattr("diptych.articles.syndication.sitemaps.LanguageSitemap.urls_of_part", fail)
    with pytest.raises(CommandError, match="1"):
        export(copy.folder)
    assert copy.text("sitemap.xml") == before
    assert "sitemap.xml" in copy.manifest()


@pytest.mark.parametrize("manifest", ["{", "[]", '{"files": []}', b"\xff", '{"other": 1}'], ids=str)
def test_a_list_of_files_that_cannot_be_read_is_refused(tmp_path, manifest):
    (tmp_path / ".static-site").mkdir()
    path = tmp_path / ".static-site" / "manifest.json"
    path.write_bytes(manifest if isinstance(manifest, bytes) else manifest.encode())
    with pytest.raises(FolderInUse, match="manifest"):
        Folder(tmp_path, ".static-site")


def test_nothing_outside_the_folder_is_written_or_deleted(tmp_path):
    root, outside = tmp_path / "copy", tmp_path / "outside"
    outside.mkdir()
    others = [tmp_path / "letter.txt", outside / "letter.txt", tmp_path / ".b.txt.1.tmp"]
    for each in others:
        each.write_text("mine")
    own = root / ".static-site"
    own.mkdir(parents=True)
    (root / "link").symlink_to(outside)
    places = ["../letter.txt", str(others[0]), "link/letter.txt", "./x.txt", "a//../../letter.txt"]
    (own / "manifest.json").write_text(json.dumps({"files": dict.fromkeys(places, "")}))
    (own / "begun.txt").write_text("\n".join([*places, "../b.txt"]))
    folder = Folder(root, ".static-site")
    with pytest.raises(FileExistsError):
        folder.write("link/new.txt", b"new")
    folder.write("page.html", b"new")
    folder.finish()
    assert [each.read_text() for each in others] == ["mine"] * 3
    assert os.listdir(outside) == ["letter.txt"]
    assert json.loads((own / "manifest.json").read_text())["files"].keys() == {"page.html"}


def test_a_list_of_files_elsewhere_is_not_followed(tmp_path):
    root, outside = tmp_path / "copy", tmp_path / "outside"
    outside.mkdir()
    root.mkdir()
    (root / ".static-site").symlink_to(outside)
    with pytest.raises(FolderInUse):
        Folder(root, ".static-site")
    assert os.listdir(outside) == []


@pytest.mark.rare
def test_links_that_lead_nowhere_are_printed_and_no_failure(journal, tmp_path, settings):
    links = ("http://[x", "/media//documents/s.pdf", "/media/images", "/media/images/", "/theme/")
    links += ("/admin/", "/fr/newsletter/", "/en/api/articles/")
    html = "".join(f'<p><a href="{url}">{url}</a></p>' for url in links)
    secret = default_storage.save("letters/secret.txt", ContentFile(b"secret"))
    html += f'<p><a href="/media/{secret}">s</a></p>'
    make_article(journal, "Liens", "Links", body_en=blocks(("paragraph", html)))
    copy = export(tmp_path / "copy")
    for url in (*links[1:4], *links[5:], f"/media/{secret}"):
        assert f"leads to {url}, which" in copy.said
    assert not copy.has(f"http://testserver/media/{secret}")
    settings.DIPTYCH_STATIC_SITE_UPLOADS = ["images/", "letters/"]
    assert export(copy.folder).has(f"http://testserver/media/{secret}")


@pytest.mark.rare
def test_what_is_withdrawn_is_deleted_although_something_failed(journal, tmp_path, monkeypatch):
    melting = make_article(journal, "Le lac fond", "The lake melts")
    places = {f"{code}/{path_of(melting, code)}" for code in ("fr", "en")}
    copy = export(tmp_path / "copy")
    assert places < copy.places
    melting.unpublish()

    def fail(self, number):
        raise RuntimeError("no database")

    monkeypatch.setattr("diptych.articles.syndication.sitemaps.LanguageSitemap.urls_of_part", fail)
    with pytest.raises(CommandError, match="1"):
        export(copy.folder)
    left = copy.places
    assert not places & left
    assert {"sitemap.xml", "404.html", "en/404.html", "en/feed/atom.xml"} <= left
    assert f"en/{path_of(journal.lake, 'en')}" in left


@pytest.mark.odd
def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="file/copy"):
        call_command("export_site", str(tmp_path / "file" / "copy"), "--no-search", verbosity=0)
