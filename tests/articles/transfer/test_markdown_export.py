"""The journal written as a folder of Markdown."""

import shutil
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command, load_command_class
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from diptych.articles.transfer.markdown.exporting import Exporter
from tests import factories

COMMANDS = ("export_markdown", "export_site")


def export(folder, **options):
    out = StringIO()
    call_command("export_markdown", str(folder), stdout=out, **options)
    return out.getvalue()


def files(folder):
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}


def test_export_has_what_the_public_sees(journal, tmp_path):
    shown, _hidden = factories.make_image("Lac gelé"), factories.make_image("À venir")
    author = factories.make_author(journal)
    topic = factories.make_topic(journal)
    other = factories.make_article(journal, "Autre", "Other")
    body = factories.blocks(
        ("paragraph", f'<p>Un <b>mot</b>, <a linktype="page" id="{other.pk}">là</a>.</p>')
    )
    factories.make_article(
        journal,
        authors=[author],
        topics=[topic],
        picks=[other],
        hero_image=shown,
        hero_alt_fr="Un lac",
        hero_alt_en="A lake",
        body_fr=body,
    )
    factories.make_article(journal, "Secret", "Secret", live_in=())
    private = factories.make_plain_page(journal, "Réservé", "Reserved")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    Redirect.objects.create(old_path="/ancien", redirect_page=other, site=journal.site)

    export(tmp_path / "out")

    found = files(tmp_path / "out")
    assert {"journal.yaml", "redirects.yaml"} <= found
    assert {f"content/articles/le-lac-gele.{code}.md" for code in ("fr", "en")} <= found
    assert not [each for each in found if "secret" in each or "reserve" in each]
    (image,) = (each for each in found if each.startswith("images/"))
    assert image.startswith("images/lac-gele-")
    text = (tmp_path / "out/content/articles/le-lac-gele.fr.md").read_text()
    assert "Un **mot**, [là](autre.fr.md)." in text
    assert f"hero_image: {image}\n" in text
    assert "authors:\n- " in text and "picks:\n- articles/autre\n" in text
    assert "draft" not in text
    assert "articles/autre" in (tmp_path / "out/redirects.yaml").read_text()


def test_drafts_are_written_where_they_are_asked_for(journal, tmp_path):
    factories.make_article(journal, "Secret", "Hidden", live_in=("fr",))
    factories.make_image("À venir")
    private = factories.make_plain_page(journal, "Réservé", "Reserved")
    PageViewRestriction.objects.create(page=private, restriction_type="login")

    export(tmp_path / "public")
    export(tmp_path / "all", drafts=True)

    added = files(tmp_path / "all") - files(tmp_path / "public")
    assert "content/articles/secret.en.md" in added
    assert [each for each in added if each.startswith("images/a-venir-")]
    assert "draft: true" in (tmp_path / "all/content/articles/secret.en.md").read_text()
    for code in ("fr", "en"):
        assert "private: true" in (tmp_path / f"all/content/reserve.{code}.md").read_text()


def test_export_again_replaces_and_removes(journal, tmp_path):
    article = factories.make_article(journal)
    export(tmp_path)
    kept = tmp_path / "content/_index.fr.md"
    written = kept.stat().st_mtime_ns
    article.unpublish()

    export(tmp_path)

    assert not (tmp_path / "content/articles/le-lac-gele.fr.md").exists()
    assert kept.stat().st_mtime_ns == written


def test_folder_of_something_else_is_refused(journal, tmp_path):
    (tmp_path / "letter.md").write_text("Mine.")

    with pytest.raises(CommandError, match=str(tmp_path)):
        export(tmp_path)
    with pytest.raises(CommandError, match=r"nowhere\.example"):
        export(tmp_path / "new", site="nowhere.example")
    assert files(tmp_path) == {"letter.md"}


def test_what_is_left_out_is_said(journal, tmp_path):
    factories.make_alias(factories.make_article(journal))

    assert "Le lac gèle" in export(tmp_path)


def test_own_files_beside_an_export_stay(journal, tmp_path):
    factories.make_article(journal)
    out, outside = tmp_path / "out", tmp_path / "outside"
    export(out)
    outside.mkdir()
    own = [out / "images/mine.png", out / "content/articles/mine.fr.md", outside / "mine.md"]
    for each in own:
        each.parent.mkdir(parents=True, exist_ok=True)
        each.write_text("mine")
    front = out / "content/_index.fr.md"
    before = front.read_text()
    front.unlink()
    front.symlink_to(own[2])

    export(out)

    assert [each.read_text() for each in own] == ["mine"] * 3
    assert front.read_text() == before and not front.is_symlink()


def test_nothing_is_written_through_a_link_to_a_folder(journal, tmp_path):
    out, outside = tmp_path / "out", tmp_path / "outside"
    export(out)
    shutil.move(out / "content", outside)
    (out / "content").symlink_to(outside)
    before = {each: each.read_text() for each in outside.rglob("*.md")}
    factories.make_article(journal)

    with pytest.raises(CommandError, match="content/"):
        export(out)
    assert before == {each: each.read_text() for each in outside.rglob("*.md")}


def test_an_interrupted_export_is_completed(journal, tmp_path, monkeypatch):
    def stop(self):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Exporter, "_write_journal", stop)
        export(tmp_path / "out")
    assert not (tmp_path / "out/journal.yaml").exists()

    export(tmp_path / "out")

    assert {"journal.yaml", "content/_index.fr.md"} <= files(tmp_path / "out")


def test_documents_that_only_some_may_read_stay_out(journal, tmp_path):
    internal = Collection.get_first_root_node().add_child(name="Internal")
    CollectionViewRestriction.objects.create(collection=internal, restriction_type="login")
    below = internal.add_child(name="Below")
    minutes = get_document_model().objects.create(
        title="Minutes", file=ContentFile(b"secret", "minutes.txt"), collection=below
    )
    link = f'<p><a linktype="document" id="{minutes.pk}">here</a></p>'
    factories.make_article(journal, body_fr=factories.blocks(("paragraph", link)))

    said = export(tmp_path / "public")
    export(tmp_path / "all", drafts=True)

    assert said.count("Minutes") == 1
    assert not (tmp_path / "public/documents").exists()
    assert "minutes" not in (tmp_path / "public/documents.yaml").read_text()
    assert "documents/" not in (tmp_path / "public/content/articles/le-lac-gele.fr.md").read_text()
    assert "restricted: true" in (tmp_path / "all/documents.yaml").read_text()
    assert len(list((tmp_path / "all/documents").iterdir())) == 1


def test_the_command_speaks_the_language_of_its_user(journal, tmp_path):
    factories.make_article(journal, hero_image=factories.make_image())
    with override("fr"):
        said = export(tmp_path)
        texts = [
            f"{load_command_class('diptych.articles.transfer', name).help}" for name in COMMANDS
        ]
    assert {"Articles\u00a0: 2", "Images\u00a0: 1"} <= set(said.splitlines())
    assert not [text for text in texts if text.startswith("Write")]


def test_pages_in_one_language_are_counted(journal, tmp_path):
    journal.home.add_child(instance=Page(title="Plain"))
    with override("en"):
        assert "left out: 1 page of the type" in export(tmp_path / "one")
        journal.home.add_child(instance=Page(title="Plainer"))
        assert "left out: 2 pages of the type" in export(tmp_path / "two")
