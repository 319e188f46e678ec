"""A folder of Markdown taken in, and what the command prints of it."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import localdate
from django.utils.translation import override
from wagtail.models import Page, Site

from diptych.articles.imported_documents.counting import text_of_blocks
from diptych.articles.models import ArticlePage, AuthorPage, FrontArticle, HomePage, TopicPage
from diptych.articles.transfer.models import ImportedItem
from diptych.articles.transfer.report import in_words
from tests import factories
from tests.articles.transfer.markdown_folders import outcomes, take_in, write
from tests.tiers import one_of

pytestmark = pytest.mark.django_db


def test_folder_of_hugo_or_jekyll(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    write(
        folder,
        **{
            "content/posts/lac_fr": "---\ntitle: Le lac\u00a0?\ndate: 2020-01-02\n"
            "author: Léa Rochat\ntags: [Climat]\nsummary: Il gèle.\ncover: lac.png\ncolour: red\n"
            "---\n# Grand\n\nUn ~~vieux~~ `code`, <b>fort</b>.\n\n![Vu](../../../etc/passwd)\n\n"
            "![Absent](absent.png)\n\n- a\n\n  b\n",
            "content/posts/lac_en": '+++\ntitle = "The lake"\ndraft = true\n+++\nFrozen.\n',
            "content/en/about.md": "---\ntitle: About\ntranslation_key: about\n---\nUs.\n",
            "content/fr/a-propos.md": "---\ntitle: À propos\ntranslation_key: about\n---\nNous.\n",
        },
    )
    image = factories.make_image("Lac")
    (folder / "content/posts/lac.png").write_bytes(image.file.read())

    report = take_in(folder)

    article, about = ArticlePage.objects.get(), Page.objects.get(title="À propos").specific
    assert article.live_languages == ["fr"] and set(about.live_languages) == {"fr", "en"}
    assert (article.headline_fr, article.lead_fr) == ("Le lac\u00a0?", "Il gèle.")
    assert localdate(article.first_public_at_fr).isoformat() == "2020-01-02"
    assert [each.author.title for each in article.authors.all()] == ["Léa Rochat"]
    assert TopicPage.objects.get().title == "Climat" and AuthorPage.objects.get().live
    assert article.hero_image.title == "lac"
    body = json.dumps(list(article.text_in("body", "fr").raw_data), ensure_ascii=False)
    for word in ("Grand", "code", "fort", "a", "b"):
        assert word in body
    assert "vieux" not in body
    assert any("vieux" in each["detail"] for each in report["notes"])
    assert "passwd" not in body.replace("etc/passwd", "")
    notes = [(each["kind"], each["detail"]) for each in report["notes"]]
    assert ("front matter", "colour") in notes
    missing = [detail for kind, detail in notes if kind == "missing file"]
    assert any("passwd" in each for each in missing) and any("absent" in each for each in missing)
    assert article.get_latest_revision_as_object().text_in("headline", "en") == "The lake"


@pytest.mark.odd
def test_bad_files_are_named_and_the_others_imported(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    write(folder, **{"content/articles/bomb_fr": f"---\n{bomb}---\nText.\n"})
    write(folder, **{"content/articles/open_fr": "---\ntitle: A\nText.\n"})
    write(folder, **{"content/articles/deep_fr": f"---\na: {'[' * 500}{']' * 500}\n---\nText.\n"})
    write(folder, **{"content/articles/long_fr": f"---\ntitle: {'Long ' * 100}\n---\nText.\n"})
    write(folder, **{"content/articles/good_fr": "---\ntitle: Good\n---\nText.\n"})
    write(folder, **{"content/articles/alien.ja.md": "---\ntitle: A\n---\nText.\n"})
    (folder / "content/articles/latin.fr.md").write_bytes(b"---\ntitle: \xe9\n---\n")
    write(folder, **{"images.yaml": "x.png: {title: X}\nempty.png: {title: E}\n"})
    (folder / "images").mkdir()
    (folder / "images/x.png").write_bytes(b"<html>no picture</html>")
    (folder / "images/empty.png").write_bytes(b"")

    report = take_in(folder, status=1)

    said = outcomes(report)
    failed = {Path(name).name for name, outcome in said.items() if outcome == "failed"}
    assert failed == {
        "bomb.fr.md", "open.fr.md", "deep.fr.md", "latin.fr.md", "alien.ja.md", "x.png",
        "empty.png",
    }  # fmt: skip
    assert all(each["reason"] for each in report["items"] if each["outcome"] == "failed")
    assert ArticlePage.objects.count() == 2
    assert ArticlePage.objects.filter(title="Good", live=True).exists()


def test_name_of_an_article_in_a_block_is_no_missing_text(empty_tree, tmp_path):
    shore = "---\ntitle: La rive\n---\n::: article lac.fr.md\n:::\n"
    lake = "---\ntitle: Le lac\n---\nGelé.\n"
    folder = tmp_path / "journal"
    write(folder, content__articles__lac_fr=lake, content__articles__rive_fr=shore)

    report = take_in(folder)

    page = ArticlePage.objects.get(headline_fr="La rive")
    assert [block.block_type for block in page.body_fr] == ["article"]
    assert report["words"]["missing"] == 0


@pytest.mark.parametrize(
    "front",
    one_of(
        [
            "image: a.png\nimageAlt: Un quai\nimageCaption: Vu",
            "featured_image: a.png\nfeatured_image_alt: Un quai\nfeatured_image_caption: Vu",
            "cover: {image: a.png, alt: Un quai, caption: Vu, relative: true}",
            "image: {path: a.png, alt: Un quai, caption: Vu}",
            "image: {src: a.png, alt: Un quai}\nimage_caption: Vu",
            "feature: a.png\nfeatureAlt: Un quai\ncoverCaption: Vu",
        ],
        "rare",
    ),
)
def test_alternative_text_of_the_main_picture_by_other_names(empty_tree, tmp_path, front):
    folder = tmp_path / "blog"
    write(folder, **{"content/articles/a_fr": f"---\ntitle: A\n{front}\n---\nTexte.\n"})
    image = factories.make_image("A")
    (folder / "content/articles/a.png").write_bytes(image.file.read())
    report = take_in(folder)
    page = ArticlePage.objects.get()
    assert page.hero_image and (page.hero_alt_fr, page.hero_caption_fr) == ("Un quai", "Vu")
    assert {each["kind"] for each in report["notes"]} == {"leads-missing"}


def test_nothing_is_added_to_the_menu_of_a_journal(journal, tmp_path):
    home = journal.home
    for page in home.get_children():
        page.specific.delete()
    folder = tmp_path / "blog"
    text = "---\ntitle: A\ntags: [Lac]\nauthor: Léa\n---\nTexte.\n"
    write(folder, **{"content/posts/a_fr": text})
    take_in(folder)
    lists = HomePage.objects.get().get_children()
    assert len(lists) == 3 and not any(each.show_in_menus for each in lists)


def test_the_command_ends_with_what_is_left_to_do(empty_tree, tmp_path):
    folder, said, tried = tmp_path / "blog", StringIO(), StringIO()
    text = "---\ntitle: A\n---\n![Vu](a.png)\n\nTexte.\n"
    write(folder, **{"content/articles/a_fr": text})
    image = factories.make_image("A")
    (folder / "content/articles/a.png").write_bytes(image.file.read())
    with override("en"):
        call_command("import_markdown", str(folder), dry_run=True, stdout=tried)
        call_command("import_markdown", str(folder), stdout=said)
    assert "diptych_renditions" not in tried.getvalue()
    lines = said.getvalue().splitlines()
    assert any("manage.py diptych_renditions" in each for each in lines)
    assert lines[-1].startswith("Then choose the menu, the lead story")


def test_a_mistake_of_front_matter_is_said_in_one_language(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    write(folder, **{"content/articles/a_fr": "---\ntitle: A: b: c\n---\nTexte.\n"})
    write(folder, **{"content/articles/b_fr": "+++\ntitle = 'B'\nx = y\n+++\nTexte.\n"})
    with override("fr"):
        reasons = [each["reason"] for each in take_in(folder, status=1)["items"]]
    assert [each.partition(":")[0].strip() for each in reasons] == [
        "la ligne 1 n’est pas du YAML",
        "la ligne 2 n’est pas du TOML",
    ]


@pytest.mark.rare
def test_dry_run_stores_nothing(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    write(folder, **{"content/articles/a_fr": "---\ntitle: A\n---\nText.\n"})
    before = (Page.objects.count(), ImportedItem.objects.count(), Site.objects.get().root_page_id)

    report = take_in(folder, dry_run=True)

    assert report["counts"]["created"] == 1
    after = (Page.objects.count(), ImportedItem.objects.count(), Site.objects.get().root_page_id)
    assert before == after


@pytest.mark.rare
def test_run_again_changes_what_has_changed_and_nothing_an_editor_has(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    names = ("one", "two", "three", "four", "five")
    for name in names:
        write(folder, **{f"content/articles/{name}_fr": f"---\ntitle: {name}\n---\nText.\n"})
    take_in(folder)
    two, three, four, five = (ArticlePage.objects.get(title=name) for name in names[1:])
    factories.write_draft(two, lead_fr="An editor was here.")
    four.delete()
    factories.write_draft(five, body_fr=factories.paragraphs("An editor was here."))
    for name in names[1:]:
        write(folder, **{f"content/articles/{name}_fr": f"---\ntitle: {name}\n---\nOther.\n"})

    said = outcomes(take_in(folder))

    found = [said[f"content/articles/{name}.fr.md"] for name in names]
    assert found == ["unchanged", "conflict", "updated", "skipped", "conflict"]
    assert "Other." in str(ArticlePage.objects.get(pk=three.pk).body_fr)
    assert "Other." not in str(two.get_latest_revision_as_object().body_fr)


@pytest.mark.rare
def test_change_of_the_front_page_here_is_a_conflict(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    front = "---\ntitle: {}\nfront_articles: [articles/one]\n---\n"
    for name in ("one", "two"):
        write(folder, **{f"content/articles/{name}_fr": f"---\ntitle: {name}\n---\nText.\n"})
    write(folder, **{"content/_index_fr": front.format("Accueil")})
    take_in(folder)
    two, draft = ArticlePage.objects.get(title="two"), HomePage.objects.get().stored_draft()
    draft.front_articles = [FrontArticle(article=two, sort_order=0)]
    draft.save_revision()
    write(folder, **{"content/_index_fr": front.format("Autre accueil")})

    said = outcomes(take_in(folder))

    assert said["content/_index.fr.md"] == "conflict"
    shown = HomePage.objects.get().get_latest_revision_as_object().front_articles.all()
    assert [each.article_id for each in shown] == [two.pk]


@pytest.mark.odd
def test_notes_are_printed_in_the_language_of_the_command(empty_tree, tmp_path):
    folder, said = tmp_path / "blog", StringIO()
    write(folder, **{"content/articles/a_fr": "---\ntitle: A\ncolour: red\n---\nTexte.\n"})
    with override("fr"):
        call_command("import_markdown", str(folder), stdout=said)
    assert "content/articles/a.fr.md (En-tête)\u00a0: colour" in said.getvalue()


@pytest.mark.rare
def test_the_same_note_of_many_texts_is_printed_once(empty_tree, tmp_path):
    folder, said = tmp_path / "blog", StringIO()
    for number in range(5):
        write(folder, **{f"content/articles/a{number}_fr": "---\ntitle: A\n---\nUn ~~mot~~.\n"})
    with override("en"):
        call_command("import_markdown", str(folder), stdout=said)
    [line] = [each for each in said.getvalue().splitlines() if "kind of Markdown" in each]
    first = "content/articles/a0.fr.md, line 4 · content/articles/a1.fr.md, line 4"
    assert line.startswith("Markdown, 5 times: no place here") and first in line
    assert line.endswith("a2.fr.md, line 4 · …)")


@pytest.mark.rare
def test_a_missing_lead_is_said_once_with_the_option_that_mends_it(empty_tree, tmp_path):
    folder, said = tmp_path / "blog", StringIO()
    for number in range(5):
        text = "---\ntitle: A\n---\nPremier *mot*.\n\nSuite.\n"
        write(folder, **{f"content/articles/a{number}_fr": text})
    write(folder, **{"content/articles/b_fr": "---\ntitle: B\nlead: Dit\n---\nUn.\n\nDeux.\n"})
    with override("en"):
        call_command("import_markdown", str(folder), stdout=said)
    [line] = [each for each in said.getvalue().splitlines() if "lead is missing" in each]
    assert line.startswith("Missing leads, 5 times: ") and "--lead-from-text" in line

    report = take_in(folder, lead_from_text=True)

    assert report["counts"]["updated"] == 5 and report["counts"]["unchanged"] == 1
    assert not [each for each in report["notes"] if each["kind"] == "leads-missing"]
    assert report["words"]["missing"] == 0
    page = ArticlePage.objects.get(headline_fr="B")
    assert (page.lead_fr, len(page.body_fr)) == ("Dit", 2)
    for page in ArticlePage.objects.filter(headline_fr="A"):
        assert page.lead_fr == "Premier mot." and len(page.body_fr) == 1
    assert take_in(folder, lead_from_text=True)["counts"]["unchanged"] == 6


@pytest.mark.rare
def test_slugs_that_no_page_can_have_are_made_valid_and_named(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    topic = "---\ntitle: Passons le C.A.P.\ntype: topic\nslug: passons-le-c.a.p\n---\nMot.\n"
    write(folder, **{"content/topics/passons-le-c.a.p/_index.fr.md": topic})
    article = "---\ntitle: A\nslug: L’été à deux\ntopics: [topics/passons-le-c.a.p]\n---\nMot.\n"
    write(folder, **{"content/articles/a_fr": article})

    report = take_in(folder)

    page = ArticlePage.objects.get()
    assert page.url_slug_fr == "l-ete-a-deux"
    assert [each.topic.url_slug_fr for each in page.topics.all()] == ["passons-le-cap"]
    said = {each["id"]: each["detail"] for each in report["notes"] if "slug" in each["detail"]}
    assert "passons-le-cap" in said["content/topics/passons-le-c.a.p/_index.fr.md"]
    assert "l-ete-a-deux" in said["content/articles/a.fr.md"]
    assert take_in(folder)["counts"]["unchanged"] == 2


@pytest.mark.rare
def test_what_cannot_be_stored_is_named_once_with_its_fields():
    page = ArticlePage(title="A", slug="a.b", headline_fr="A", url_slug_fr="a.b")
    with pytest.raises(ValidationError) as raised, override("en"):
        page.clean_fields()
    with override("en"):
        said = in_words(raised.value)
    assert "slug, " in said and "url_slug" in said
    assert len(re.findall("Enter a valid", said)) == 1


@pytest.mark.rare
def test_what_jekyll_and_hugo_say_of_addresses_pairs_and_sections(empty_tree, tmp_path):
    folder = tmp_path / "site"
    texts = {
        "content/news/_index.fr.md": "---\ntitle: Nouvelles\n---\n",
        "content/news/2020/lac.markdown": "---\ntitle: Lac\nlang: fr\nref: lake\nauthor: Léa R.\n"
        "aliases: [/vieux/lac/, encore]\n---\nUn ![Le quai](quai.png) ici.\n",
        "content/news/2020/lake.md": "---\ntitle: Lake\nlang: en\nref: lake\n"
        "permalink: /old/lake.html\n---\nText.\n",
        "content/posts/un.md": "---\ntitle: Un\nlang: fr\naltLangPage: /posts/one.html\n---\n"
        "Texte.\n",
        "content/posts/one.md": "---\ntitle: One\nlang: en\n---\nText.\n",
    }
    for name, content in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    image = factories.make_image("Quai")
    (folder / "content/news/2020/quai.png").write_bytes(image.file.read())

    report = take_in(folder)

    lake, one = (ArticlePage.objects.get(headline_en=each) for each in ("Lake", "One"))
    assert (lake.headline_fr, one.headline_fr) == ("Lac", "Un")
    assert lake.get_parent().title == "Nouvelles" and one.get_parent().title != "Nouvelles"
    author = lake.authors.get().author
    assert (author.headline_fr, author.headline_en) == ("Léa R.", "Léa R.")
    assert "Le quai" in json.dumps(list(lake.text_in("body", "fr").raw_data))
    for path, language in {"/vieux/lac/": "fr", "/encore": "fr", "/old/lake.html": "en"}.items():
        response = Client().get(path)
        assert response.status_code == 301, path
        assert response.url.endswith(lake.url_in(language)), path
    assert report["words"]["missing"] == 0


@pytest.mark.rare
def test_a_mistake_in_a_biography_is_named_with_its_line(empty_tree, tmp_path):
    path = tmp_path / "journal/content/authors/ada.en.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: Ada\ntype: author\n---\nShe writes.\n\n## Heading\n")
    report = take_in(tmp_path / "journal")
    (note,) = (each for each in report["notes"] if each["kind"] == "markdown")
    assert (note["id"], note["line"]) == ("content/authors/ada.en.md", 7)


@pytest.mark.rare
def test_a_long_path_is_recorded_as_far_as_there_is_room(empty_tree, tmp_path):
    path = tmp_path / "journal/content" / ("a" * 150) / ("b" * 150) / "one.en.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: One\n---\nText.\n")
    assert take_in(tmp_path / "journal")["counts"]["created"] == 1
    most = ImportedItem._meta.get_field("key").max_length
    assert max(len(each.key) for each in ImportedItem.objects.all()) == most


@pytest.mark.rare
def test_missing_words_are_named_in_the_language_of_the_command(empty_tree, tmp_path):
    path = tmp_path / "journal/content/articles/one.en.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\ntitle: One\n---\n::: unknown Wayward\nWords.\n:::\n")
    output = StringIO()

    with override("fr"):
        call_command("import_markdown", str(tmp_path / "journal"), stdout=output)

    assert "(words)" not in output.getvalue()


@pytest.mark.rare
def test_entities_notes_and_directives_stand_beside_html(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    body = (
        "Un <b>caf&eacute;</b> \\*noir\\*[^1] puis^[aussi *ici*].\n\n[^1]: La _note_ entière.\n\n"
        '{% include figure.html caption="Une légende" %}\n\n{: .notice}\n\n'
        'Voir {{<youtube abc>}} et [là](https://x.example){:target="_blank"}.\n\n'
        + "".join(f"{'  ' * depth}- point{depth}\n" for depth in range(15))
    )
    write(folder, **{"content/articles/le-lac_fr": f"---\ntitle: Le lac\n---\n{body}"})

    report = take_in(folder)

    page = ArticlePage.objects.get()
    text = text_of_blocks(
        [(each["type"], each["value"]) for each in page.text_in("body", "fr").raw_data]
    )
    words = " ".join(text.split())
    assert "Un café *noir*" in words and "<" not in words.replace("{{<youtube abc>}}", "")
    for each in ("La note entière", "aussi ici", "Une légende", "{{<youtube abc>}}", "point14"):
        assert each in words, words
    assert "notice" not in words and "_blank" not in words
    said = [each["detail"] for each in report["notes"] if each["kind"] == "shortcode"]
    assert said == ['{% include figure.html caption="Une légende" %}', "{{<youtube abc>}}"]
    assert report["words"]["missing"] == 0


@pytest.mark.odd
def test_deeper_nesting_than_is_read_is_said(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    write(
        folder, **{"content/articles/le-lac_fr": "---\ntitle: Le lac\n---\n" + "> " * 200 + "mot"}
    )

    report = take_in(folder, status=1)

    assert [each["outcome"] for each in report["items"]] == ["failed"]


@pytest.mark.rare
def test_json_before_a_text_named_authors_and_texts_in_other_languages(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    said = (
        '{\n  "title": "Le lac",\n  "author": {"name": "Léa Rochat", "url": "x"}\n}\n\nIl gèle.\n'
    )
    write(folder, **{"content/articles/lac_fr": said, "content/articles/mer_fr": "{#a}\nLa mer.\n"})
    (folder / "content/articles/ile.html").write_text("---\ntitle: L’île\n---\n<p>Une île.</p>")
    (folder / "content/articles/widget.html").write_text("<p>No text</p>")

    report = take_in(folder)

    page = ArticlePage.objects.get(headline_fr="Le lac")
    assert [each.author.title for each in page.authors.all()] == ["Léa Rochat"]
    assert "title" not in str(page.text_in("body", "fr"))
    assert {name: each for name, each in outcomes(report).items() if "." in name} == {
        "content/articles/lac.fr.md": "created",
        "content/articles/mer.fr.md": "created",
        "content/articles/ile.html": "skipped",
    }


@pytest.mark.rare
def test_every_sign_of_json_before_a_text_is_read(empty_tree, tmp_path):
    folder = tmp_path / "blog"
    title = "Lac 😀\u2028gelé\x85 \x7f“"
    write(
        folder,
        **{
            "content/articles/lac_fr": json.dumps({"title": title}) + "\nIl gèle.\n",
            "content/articles/mer_fr": '{"title": "La mer"} est un objet.\n',
        },
    )

    report = take_in(folder)

    assert set(outcomes(report).values()) == {"created"}, report["items"]
    lake, sea = ArticlePage.objects.order_by("headline_fr")
    assert "😀" in lake.headline_fr and "gelé" in lake.headline_fr
    assert "est un objet" in str(sea.text_in("body", "fr"))
