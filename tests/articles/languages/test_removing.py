"""What ``diptych_remove`` says and refuses; ``tests/removed`` carries it out."""

import json

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from diptych.articles.models import ArticlePage
from tests.factories import make_article, make_image, write_draft


@pytest.fixture
def article(journal):
    return make_article(journal, "Le lac", "The lake", hero_image=make_image())


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({}, "--to-pages"),
        ({"to_pages": True}, "--export"),
        ({"delete": True, "yes": True}, "Diptyque"),
    ],
)
def test_what_would_be_lost_is_refused(article, arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("diptych_remove", **arguments)
    assert ArticlePage.objects.filter(pk=article.pk).exists()


def test_pages_of_other_types_are_not_deleted_with_those_above(article):
    article.add_child(instance=Page(title="Of the host"))
    with pytest.raises(CommandError, match="Of the host"):
        call_command("diptych_remove", delete=True, yes=True)


def test_a_dry_run_counts_and_changes_nothing(article, capsys, tmp_path):
    count = Page.objects.filter(depth__gt=1).count()
    folder = tmp_path / "export"
    call_command("diptych_remove", to_pages=True, dry_run=True, export=str(folder))
    assert str(count) in capsys.readouterr().out
    assert not folder.exists()
    assert ArticlePage.objects.filter(pk=article.pk).exists()


def test_an_export_has_public_texts_and_drafts_and_is_not_written_over(article, tmp_path):
    gone = {"type": "gone", "value": "Of a block that went.", "id": "2"}
    body = [*article.body_fr.raw_data, gone]
    ArticlePage._base_manager.filter(pk=article.pk).update(body_fr=body)
    write_draft(article, lead_en="A draft.")
    call_command("diptych_remove", export=str(tmp_path))
    written = json.loads((tmp_path / "pages" / f"{article.pk}.json").read_text())
    assert written["public"]["lead_en"] == "Lead of The lake."
    assert written["draft"]["lead_en"] == "A draft."
    assert written["public"]["body_fr"][0]["value"] == "<p>Texte de Le lac.</p>"
    assert written["public"]["body_fr"][-1] == gone
    write_draft(article, lead_en="A newer one.")
    with pytest.raises(CommandError, match=str(tmp_path)):
        call_command("diptych_remove", export=str(tmp_path))
    call_command("diptych_remove", export=str(tmp_path), yes=True)
    assert json.loads((tmp_path / "pages" / f"{article.pk}.json").read_text()) == written
