"""Exports of qTranslate: each text has all its languages in one."""

import json

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.images import get_image_model

from diptych.articles.models import ArticlePage, TopicPage
from diptych.articles.transfer.wordpress.qtranslate import parts_of
from tests.articles.transfer.wordpress.imports import category, meta
from tests.factories import make_image
from tests.wordpress_exports import HOST, write_items

pytestmark = pytest.mark.rare

TERM = (
    "<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>climat</wp:category_nicename>"
    "<wp:cat_name>[:fr]Climat[:en]Climate[:]</wp:cat_name></wp:category>"
)


def post(pk, title, content, inside=""):
    return (
        f"<item><title>{title}</title><link>https://{HOST}/lac-{pk}/</link>"
        f'<guid isPermaLink="false">https://{HOST}/?p={pk}</guid>'
        f"<content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>{pk}</wp:post_id>"
        f"<wp:post_name>lac-{pk}</wp:post_name><wp:post_type>post</wp:post_type>"
        "<wp:status>publish</wp:status><wp:post_date_gmt>2012-05-01 08:00:00</wp:post_date_gmt>"
        f"{inside}</item>"
    )


@pytest.mark.parametrize(
    ("title", "content"),
    [
        (
            "[:fr]Le lac[:en]The lake[:]",
            "<p>[:fr]Il gèle.</p>[:en]It freezes.</p>[:]",
        ),
        (
            "{:fr}Le lac{:}{:en}The lake{:}",
            "<!--:fr--><p>Il gèle.</p><!--:--><!--:en--><p>It freezes.</p><!--:-->",
        ),
        ("[:FR]Le lac[:EN]The lake[:]", "[:fr]<p>Il gèle.</p>[:EN]It freezes.[:]"),
    ],
)
def test_both_languages_are_split_everywhere(journal, tmp_path, title, content):
    lead = "<excerpt:encoded>[:fr]Un chapeau.[:en]A lead.[:]</excerpt:encoded>"
    inside = lead + category("climat", "[:fr]Climat[:en]Climate[:]")
    inside += meta("_yoast_wpseo_metadesc", "[:fr]Gel[:en]Frost[:]")
    text = post(7, title, content, inside) + post(8, "[:en]Alone[:]", "[:en]<p>One [:fr]</p>[:]")
    path = write_items(tmp_path, TERM, text)
    call_command("import_wordpress", str(path), verbosity=0)

    page = ArticlePage.objects.get(headline_fr="Le lac")
    assert page.headline_en == "The lake" and page.live_languages == ["fr", "en"]
    assert (page.lead_fr, page.lead_en) == ("Un chapeau.", "A lead.")
    assert (page.meta_description_fr, page.meta_description_en) == ("Gel", "Frost")
    bodies = [str(page.text_in("body", code).raw_data[0]["value"]) for code in ("fr", "en")]
    assert [">Il gèle.<" in bodies[0], ">It freezes.<" in bodies[1]] == [True, True]
    assert "freezes" not in bodies[0] and "gèle" not in bodies[1]
    topic = TopicPage.objects.get()
    assert (topic.headline_fr, topic.headline_en) == ("Climat", "Climate")
    assert ArticlePage.objects.get(headline_en="Alone").live_languages == ["en"]
    for old in (f"/lac-7/?p={7}", "/en/lac-7/"):
        assert Client().get(old).status_code in (200, 301)
    call_command("import_wordpress", str(path), verbosity=0)
    assert ArticlePage.objects.count() == 2


def test_a_post_without_a_name_takes_the_slug_of_each_language(journal, tmp_path):
    slugs = meta("_qts_slug_fr", "gel") + meta("_qts_slug_en", "frost")
    text = post(7, "[:fr]Le lac[:en]The lake[:]", "[:fr]Il gèle.[:en]It freezes.[:]", slugs)
    text = text.replace("<wp:post_name>lac-7</wp:post_name>", "")
    path = write_items(tmp_path, text)
    call_command("import_wordpress", str(path), verbosity=0)
    page = ArticlePage.objects.get()
    assert (page.url_slug_fr, page.url_slug_en) == ("gel", "frost")


@pytest.mark.parametrize("text", ["x[:fr] is a slice", "a[:] b[:]", "Nothing", ""])
def test_other_texts_are_left_as_they_are(text):
    assert parts_of(text) == {}


def attachment(pk, name, title, inside):
    return (
        f"<item><title>{title}</title><link>https://{HOST}/?attachment_id={pk}</link>"
        f"<wp:post_id>{pk}</wp:post_id><wp:post_name>{name}</wp:post_name>"
        "<wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>"
        f"<wp:attachment_url>https://{HOST}/wp-content/uploads/2012/05/{name}.png"
        f"</wp:attachment_url>{inside}</item>"
    )


def test_texts_of_a_picture_are_in_each_language(journal, tmp_path):
    alt = meta("_wp_attachment_image_alt", "[:fr]Un quai gelé[:en]A frozen quay[:]")
    caption = "<excerpt:encoded>[:fr]Vu du port.[:en]From the port.[:]</excerpt:encoded>"
    picture = attachment(5, "quai", "[:fr]Quai[:en]Quay[:]", caption + alt)
    text = post(
        7,
        "[:fr]Le lac[:en]The lake[:]",
        "[:fr]Il gèle.[:en]It freezes.[:]",
        meta("_thumbnail_id", "5"),
    )
    uploads = tmp_path / "uploads"
    path = write_items(tmp_path, picture, text)
    (uploads / "2012/05").mkdir(parents=True)
    (uploads / "2012/05/quai.png").write_bytes(make_image().file.read())
    report = tmp_path / "report.json"

    call_command("import_wordpress", path, media=uploads, verbosity=0, report=report)

    image = get_image_model().objects.get(title="Quai")
    assert (image.alt_fr, image.alt_en) == ("Un quai gelé", "A frozen quay")
    assert (image.caption_fr, image.caption_en) == ("Vu du port.", "From the port.")
    assert ArticlePage.objects.get().hero_image == image
    said = json.loads(report.read_text())
    assert not any("[:" in json.dumps(each) for each in (*said["items"], *said["notes"]))


def test_items_of_a_menu_are_listed_in_words(journal, tmp_path):
    menu = category("haut", "[:fr]Haut[:en]Top[:]", "nav_menu")
    term = (
        "<wp:term><wp:term_id>3</wp:term_id><wp:term_taxonomy>nav_menu</wp:term_taxonomy>"
        "<wp:term_slug>haut</wp:term_slug><wp:term_name>[:fr]Haut[:en]Top[:]</wp:term_name></wp:term>"
    )
    inside = menu + meta("_menu_item_url", f"https://{HOST}/lac/")
    entry = post(9, "[:fr]Lac[:en]Lake[:]", "", inside).replace(">post<", ">nav_menu_item<")
    report = tmp_path / "report.json"
    path = write_items(tmp_path, term, entry, post(7, "A", "<p>B</p>"))
    call_command("import_wordpress", path, verbosity=0, report=report)
    notes = [
        each["detail"] for each in json.loads(report.read_text())["notes"] if each["kind"] == "menu"
    ]
    assert notes == [f"Haut: Lac → https://{HOST}/lac/", f"Top: Lake → https://{HOST}/lac/"]


def test_addresses_have_the_slug_of_their_language(journal, tmp_path):
    slugs = meta("_qts_slug_fr", "gel") + meta("_qts_slug_en", "frost")
    text = post(7, "[:fr]Le lac[:en]The lake[:]", "[:fr]Il gèle.[:en]It freezes.[:]", slugs)
    text = text.replace(f"https://{HOST}/lac-7/", f"https://{HOST}/gel/")
    path = write_items(tmp_path, text)
    call_command("import_wordpress", path, verbosity=0)
    page = ArticlePage.objects.get()
    assert (page.url_slug_fr, page.url_slug_en) == ("gel", "frost")
    for old, language in (("/gel/", "fr"), ("/en/frost/", "en")):
        response = Client().get(old)
        assert response.status_code == 301 and response.url == page.url_in(language), old


def test_codes_have_two_or_three_letters_of_either_case():
    parts = parts_of("[:fr]Lac[:gsw]See[:EN]Lake[:]")

    assert parts == {"fr": "Lac", "gsw": "See", "en": "Lake"}
