"""A journal written as Markdown and taken in again is the same journal."""

from datetime import date
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from diptych.articles.models import (
    FrontArticle,
    HomePage,
    JournalSettings,
    PrintIssueEntry,
    PrintIssueIndexPage,
    PrintIssuePage,
    SeriesPage,
    TopicPage,
)
from diptych.articles.transfer.models import ImportedItem
from tests import factories
from tests.articles.recordings.sounds import make_document
from tests.articles.transfer.markdown_folders import outcomes, take_in

ODD = "“Odd” *chars* _x_ [y](z) & <b> \u202fé 😀 #1 ~ ^ | \\"


def export(folder, **options):
    call_command("export_markdown", str(folder), stdout=StringIO(), **options)
    return contents(folder)


def contents(folder):
    return {
        each.relative_to(folder).as_posix(): each.read_bytes()
        for each in folder.rglob("*")
        if each.is_file()
    }


def every_block(image, other, document, code):
    picture = {"image": image.pk, "alt": f"Vu {code}", "caption": 'Dit "so"', "decorative": False}
    table = {
        "data": [["a", None, "c"], [ODD, "1", "2"]],
        "cell": [{"row": 1, "col": 1, "className": "htRight"}],
        "mergeCells": [{"row": 0, "col": 1, "rowspan": 1, "colspan": 2}],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_header_choice": "row",
        "table_caption": "",
    }
    odd = ODD.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return factories.blocks(
        ("heading", {"text": f"{ODD} {code}", "level": "h2"}),
        (
            "paragraph",
            f'<p data-block-key="a1b2c">{odd} <b>gras</b><footnote> Une <i>note</i>.</footnote> '
            f'<span lang="he" dir="rtl">שלום</span> <a linktype="page" id="{other.pk}">là</a> '
            f'<a linktype="document" id="{document.pk}">pdf</a> '
            f'<a href="https://a.org/?x=1&amp;y=2">ici</a> H<sub>2</sub>O<br/>fin {code}</p>'
            "<ul><li>un<ol><li>deux</li></ol></li></ul><hr/>",
        ),
        ("quotation", {"text": f"Dit\nici {code}.", "attribution": "Léa", "source": ""}),
        ("pull_quote", {"text": f"Grand {code}."}),
        ("note", {"title": "T", "text": f"<p>Une note {code}.</p><ul><li>x</li></ul>"}),
        ("question", {"question": f"Quoi {code} ?", "answer": "<p>Ça.</p><p>Et ça.</p>"}),
        ("preformatted", {"text": f"  vers\n\n    {code}", "kind": "verse"}),
        ("image", picture),
        (
            "gallery",
            {
                "pictures": [
                    {"type": "item", "value": picture, "id": "item-1"},
                    {"type": "item", "value": {**picture, "decorative": True}, "id": "item-2"},
                ],
                "caption": f"Deux {code}",
            },
        ),
        ("embed", {"embed": "https://video.example/1", "title": f"Film {code}"}),
        ("table", {"caption": f"Table {code}", "table": table, "source": "Source"}),
        (
            "table",
            {
                "caption": "",
                "table": {**table, "data": [["a\nb"], ["c"]], "cell": []},
                "source": "",
            },
        ),
        ("article", {"article": other.pk}),
    )


def fill(journal):
    """A journal that has everything."""
    image = factories.make_image("Lac gelé", alt_fr="Un lac", alt_en="A lake", credit="Léa")
    image.focal_point_x, image.focal_point_y = 10, 20
    image.focal_point_width = image.focal_point_height = 30
    image.save()
    image.tags.add("lac", "hiver")
    factories.make_image("Lac gelé", 320, 240, alt_fr="Autre lac", alt_en="Another lake")
    document = get_document_model()(title="Annuaire")
    document.file.save("annuaire.pdf", ContentFile(b"%PDF-1.4 annuaire"))
    author = factories.make_author(
        journal, biography_fr="<p>Elle <i>écrit</i>.</p>", biography_en="<p>She writes.</p>",
        photo=image,
    )  # fmt: skip
    factories.make_topic(journal, "Zoologie", "Zoology")
    topic = factories.make_topic(journal, description_fr="Le climat.", description_en="Climate.")
    series = factories.make_page(SeriesPage, journal.home, "Série", "Series")
    other = factories.make_article(journal, "Autre", "Other", live_in=("fr",))
    article = factories.make_article(
        journal,
        authors=[author],
        topics=[topic],
        picks=[other],
        series=series,
        series_part=1,
        hero_image=image,
        hero_alt_fr="Le lac",
        hero_alt_en="The lake",
        recording_en=make_document("lake.mp3"),
        meta_description_fr="Plusieurs\nlignes.",
        body_fr=every_block(image, other, document, "fr"),
        body_en=every_block(image, other, document, "en"),
    )
    article.authors.update(role_fr="enquête", role_en="survey")
    english = factories.make_article(
        journal, None, "English only", live_in=("en",), source_language="en"
    )
    issues = factories.make_page(PrintIssueIndexPage, journal.home, "Numéros", "Print issues")
    factories.make_page(
        PrintIssuePage,
        issues,
        "Le froid",
        "The cold",
        number="3–4",
        publication_date=date(2026, 5, 2),
        introduction_fr="<p>Tout sur <b>la glace</b>.</p>",
        introduction_en="<p>All about <b>ice</b>.</p>",
        cover=image,
        pdf_fr=document,
        entries=[
            PrintIssueEntry(article=article, section_fr="Dossier", section_en="Focus"),
            PrintIssueEntry(title_fr="Jeux", title_en="Games", author="Léa", page_number=30),
        ],
    )
    about = factories.make_plain_page(journal, show_in_menus=True)
    factories.make_plain_page(journal, "Équipe", "Team", parent=about)
    home = HomePage.objects.get(pk=journal.home.pk)
    home.lead_article, home.newest_count = article, 7
    home.front_articles = [FrontArticle(article=english)]
    home.save()
    settings = JournalSettings.for_site(journal.site)
    settings.tagline_fr, settings.share_links, settings.related_count = "Deux langues", [], 5
    settings.save()
    Redirect.objects.create(old_path="/ancien", redirect_page=other, site=journal.site)
    Redirect.objects.create(old_path="/loin", redirect_link="https://a.org/", is_permanent=False)


def forget_everything():
    Redirect.objects.all().delete()
    get_image_model().objects.all().delete()
    get_document_model().objects.all().delete()
    ImportedItem.objects.all().delete()
    factories.clear_journal()


@pytest.mark.rare
@pytest.mark.parametrize("drafts", [False, True])
def test_what_was_written_is_the_same_journal_again(journal, tmp_path, drafts):
    fill(journal)
    if drafts:
        factories.make_article(journal, "Brouillon", "Draft", live_in=())
        factories.make_image("Sans page")
    first = export(tmp_path / "journal", drafts=drafts)
    forget_everything()

    report = take_in(tmp_path / "journal")
    again = export(tmp_path / "again", drafts=drafts)

    assert again == first
    topics = TopicPage.objects.order_by("path")
    assert [topic.title for topic in topics] == ["Zoologie", "Climat"]
    assert report["counts"]["created"] == len(report["items"])
    assert report["words"]["missing"] == 0
    once_more = outcomes(take_in(tmp_path / "journal"))
    assert once_more.keys() == outcomes(report).keys()
    assert set(once_more.values()) == {"unchanged"}
