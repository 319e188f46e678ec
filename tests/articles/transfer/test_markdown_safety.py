"""A folder of Markdown that is broken, or that keeps something back."""

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Site

from diptych.articles.models import ArticlePage, JournalSettings, TopicPage
from diptych.articles.transfer.markdown import data
from diptych.articles.transfer.markdown.drafts import Drafts
from diptych.articles.transfer.markdown.files import Files
from diptych.articles.transfer.markdown.importing import Importer
from diptych.articles.transfer.models import ImportedItem
from tests import factories
from tests.articles.transfer.test_markdown_import import outcomes, take_in, write
from tests.tiers import one_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def settings_of():
    def change(**values):
        item = JournalSettings.for_site(Site.objects.get())
        for name, value in values.items():
            setattr(item, name, value)
        item.save()

    return change


def article(folder, name="a", language="fr", text="Text.", **said):
    lines = "".join(f"{key}: {value}\n" for key, value in {"title": name, **said}.items())
    path = f"content/articles/{name}.{language}.md"
    write(folder, **{path: f"---\n{lines}---\n{text}\n"})
    return path


def put_image(folder, name):
    image = factories.make_image("Lac")
    (folder / "images").mkdir(parents=True, exist_ok=True)
    (folder / "images" / name).write_bytes(image.file.read())
    image.delete()


@pytest.mark.odd
def test_interrupted_import_keeps_the_files_that_it_has_stored(empty_tree, tmp_path, monkeypatch):
    folder = tmp_path / "blog"
    write(folder, **{"images.yaml": "a.png: {title: A}\nb.png: {title: B}\n"})
    put_image(folder, "a.png")
    put_image(folder, "b.png")
    described = Files._describe

    def interrupted(self, item, said, path):
        if path.endswith("b.png"):
            raise KeyboardInterrupt
        described(self, item, said, path)

    monkeypatch.setattr(Files, "_describe", interrupted)
    with pytest.raises(KeyboardInterrupt):
        take_in(folder)

    assert default_storage.exists(get_image_model().objects.get(title="A").file.name)
    assert not get_image_model().objects.filter(title="B").exists()


@pytest.mark.odd
def test_broken_file_or_setting_is_named_and_ends_nothing(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    number = "9" * 30
    write(folder, **{"images.yaml": f"b.png: {{focal_point: {{x: {number}}}}}\n"})
    put_image(folder, "b.png")
    write(folder, **{"journal.yaml": "settings: {diptych.journalsettings: {1: a, b: c}}\n"})
    path = article(folder)

    said = outcomes(take_in(folder, status=1))

    assert said["images/b.png"] == said["diptych.journalsettings"] == "failed"
    assert said[path] == "created"


@pytest.mark.rare
def test_restricted_document_is_not_imported(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    write(folder, **{"documents.yaml": "a.pdf: {title: A, restricted: true}\nb.pdf: {title: B}\n"})
    write(folder, **{f"documents/{name}.pdf": "%PDF-1.4" for name in "ab"})
    article(folder, text="[a](../../documents/a.pdf) [b](../../documents/b.pdf)")

    said = outcomes(take_in(folder))

    assert said["documents/a.pdf"] == "skipped"
    assert [each.title for each in get_document_model().objects.all()] == ["B"]


@pytest.mark.rare
def test_documents_follow_what_is_said_of_them_at_the_source(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    declared = "a.pdf: {{title: {}}}\nb.pdf: {{title: B}}\n"
    write(folder, **{"documents.yaml": declared.format("A")})
    write(folder, **{f"documents/{name}.pdf": "%PDF-1.4" for name in "ab"})
    article(folder, text="[a](../../documents/a.pdf) [b](../../documents/b.pdf)")
    take_in(folder)
    write(folder, **{"documents.yaml": declared.format("Other")})

    said = outcomes(take_in(folder))

    assert (said["documents/a.pdf"], said["documents/b.pdf"]) == ("updated", "unchanged")
    titles = get_document_model().objects.values_list("title", flat=True)
    assert sorted(titles) == ["B", "Other"]


@pytest.mark.rare
def test_settings_of_a_running_journal_stay(empty_tree, tmp_path, settings_of):
    folder = tmp_path / "blog"
    settings_of(related_count=7)
    write(folder, **{"journal.yaml": "settings: {diptych.journalsettings: {related_count: 3}}\n"})

    said = outcomes(take_in(folder))

    assert said["diptych.journalsettings"] == "conflict"
    assert JournalSettings.objects.get().related_count == 7


@pytest.mark.rare
def test_what_other_programs_keep_back_stays_a_draft(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    article(folder, "later", date="2099-01-01")
    article(folder, "publish-later", publishDate="2099-01-01")
    article(folder, "expired", expiryDate="2001-01-01")
    article(folder, "capital", Draft="true")
    article(folder, "hidden", headless="true")
    article(folder, "open", draft="false", date="2001-01-01")
    write(folder, **{"content/articles/_drafts/secret.fr.md": "---\ntitle: secret\n---\nText.\n"})

    report = take_in(folder)

    kept_back = {"later", "publish-later", "expired", "capital", "hidden", "secret"}
    assert Page.objects.filter(title__in=kept_back).count() == len(kept_back)
    live = Page.objects.live().filter(title__in=[*kept_back, "open"])
    assert [each.title for each in live] == ["open"]
    notes = {each["id"] for each in report["notes"] if each["kind"] == "draft"}
    assert len(notes) == 3


@pytest.mark.parametrize(
    "other",
    one_of(["---\nprivate: true\ntitle: a\n---\n", "---\ntitle: [\n---\n"], "rare"),
    ids=["private", "unreadable"],
)
def test_page_is_no_more_public_than_the_file_that_is_not_imported(empty_tree, tmp_path, other):
    folder = tmp_path / "blog"
    article(folder, "a", "en")
    write(folder, **{"content/articles/a.ja.md": other})

    take_in(folder, status=1)

    assert not ArticlePage.objects.get().live


def test_what_is_withdrawn_at_the_source_is_withdrawn_here(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    for name in ("draft", "private"):
        article(folder, name, "fr")
        article(folder, name, "en")
    take_in(folder)
    article(folder, "draft", "en", draft="true")
    article(folder, "private", "fr", private="true")

    report = take_in(folder)

    assert report["counts"]["updated"] == 2
    assert ArticlePage.objects.get(title="draft").live_languages == ["fr"]
    assert not ArticlePage.objects.get(title="private").live
    assert set(outcomes(take_in(folder)).values()) == {"unchanged"}


@pytest.mark.rare
def test_tag_with_the_name_of_a_page_is_a_topic(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    write(folder, **{"content/about.fr.md": "---\ntitle: About\n---\nUs.\n"})
    path = article(folder, tags="[about]")

    report = take_in(folder)

    assert outcomes(report)[path] == "created"
    assert [each.topic.title for each in ArticlePage.objects.get().topics.all()] == ["about"]


@pytest.mark.rare
def test_names_with_marks_of_addresses_have_pages(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    article(folder, tags="['C#', 'Why?', 'A/B']")

    take_in(folder)

    assert {each.topic.title for each in ArticlePage.objects.get().topics.all()} == {
        "C#", "Why?", "A/B",
    }  # fmt: skip


@pytest.mark.rare
def test_named_page_is_looked_up_once_and_created_again_after_an_error(
    empty_tree, tmp_path, django_assert_num_queries
):
    folder = tmp_path / "blog"
    article(folder)
    importer = Importer(folder, Site.objects.get())
    importer.run()
    places, (text,) = importer.places, importer.folder.texts
    with pytest.raises(KeyError), places.atomic():
        places.create_named({"topics": ["Lac"]}, text)
        raise KeyError
    assert not TopicPage.objects.exists() and not importer.report.as_dict()["items"][1:]

    with places.atomic():
        places.create_named(said := {"topics": ["Lac"]}, text)

    assert places.find(said["topics"][0]) == TopicPage.objects.get().pk
    assert importer.report.entries[-1].id == "Lac"
    with django_assert_num_queries(0):
        places.create_named(again := {"topics": ["Lac"]}, text)
    assert again == said


@pytest.mark.rare
def test_changed_slug_is_applied(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    article(folder, slug="one")
    article(folder, "b", slug="taken")
    take_in(folder)

    article(folder, slug="two")
    take_in(folder)
    assert ArticlePage.objects.get(title="a").url_slug_fr == "two"

    article(folder, slug="taken")
    take_in(folder)
    assert ArticlePage.objects.get(title="a").url_slug_fr == "taken-2"


@pytest.mark.rare
def test_change_of_an_editor_during_the_import_is_a_conflict(empty_tree, tmp_path, monkeypatch):
    folder = tmp_path / "blog"
    path = article(folder)
    take_in(folder)
    article(folder, text="Other.")
    read = Drafts.read

    def meanwhile(self, text, page):
        found = read(self, text, page)
        factories.write_draft(ArticlePage.objects.get(), lead_fr="An editor was here.")
        return found

    monkeypatch.setattr(Drafts, "read", meanwhile)
    said = outcomes(take_in(folder))

    assert said[path] == "conflict"
    draft = ArticlePage.objects.get().get_latest_revision_as_object()
    assert draft.lead_fr == "An editor was here." and "Other." not in str(draft.body_fr)


@pytest.mark.rare
def test_sources_of_two_sites_and_dry_runs_are_told_apart(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    path = article(folder)

    report = take_in(folder, dry_run=True)
    assert report["dry_run"] is True
    assert all(each["page"] is None for each in report["items"] if each["id"] == path)

    take_in(folder)
    row = ImportedItem.objects.filter(kind="text").get()
    assert row.source.split(":")[1].isdecimal() and row.imported_at <= timezone.now()


class Nothing(dict):
    pages = images = documents = property(lambda self: self)


@pytest.mark.odd
def test_blocks_written_as_data_are_cleaned():
    bad = '<p>Kept <script>alert(1)</script><a href="javascript:alert(2)">a</a><!--between--></p>'
    found = data.value_of("paragraph", f"'{bad}'", Nothing())
    assert "Kept" in found
    assert not any(each in found for each in ("<script", "javascript:", "<!--"))
    with pytest.raises(ValueError, match=str(_("this is no rich text"))):
        data.value_of("paragraph", '\'<p><img src="x" onerror="alert(3)"></p>\'', Nothing())

    good = '<p data-block-key="a1b2c">Un <b>deux</b></p>'
    assert data.value_of("paragraph", f"'{good}'", Nothing()) == good


@pytest.mark.odd
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("quotation", "{text: a, source: 'javascript:alert(4)'}"),
        ("embed", "{embed: 'javascript:alert(4)', title: a}"),
        ("heading", "{text: a, level: 'h2 onclick=x'}"),
    ],
)
def test_values_that_no_form_accepts_are_refused(kind, value):
    with pytest.raises(ValueError, match=r"alert|onclick"):
        data.value_of(kind, value, Nothing())
