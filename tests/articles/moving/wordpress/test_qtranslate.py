"""Exports of qTranslate: each text has all its languages in one."""

import pytest
from django.core.management import call_command
from django.test import Client

from articles.models import ArticlePage, TopicPage
from articles.moving.wordpress.qtranslate import parts_of
from tests.articles.moving.wordpress.imports import category, meta
from tests.factories import make_journal
from tests.wordpress_exports import HEAD, HOST, TAIL

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
    ],
)
def test_both_languages_are_split_everywhere(db, tmp_path, title, content):
    make_journal()
    lead = "<excerpt:encoded>[:fr]Un chapeau.[:en]A lead.[:]</excerpt:encoded>"
    inside = lead + category("climat", "[:fr]Climat[:en]Climate[:]")
    inside += meta("_yoast_wpseo_metadesc", "[:fr]Gel[:en]Frost[:]")
    path = tmp_path / "export.xml"
    text = post(7, title, content, inside) + post(8, "[:en]Alone[:]", "[:en]<p>One [:fr]</p>[:]")
    path.write_text(HEAD.format(version="1.2", host=HOST) + TERM + text + TAIL)
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


def test_a_post_without_a_name_takes_the_slug_of_each_language(db, tmp_path):
    make_journal()
    slugs = meta("_qts_slug_fr", "gel") + meta("_qts_slug_en", "frost")
    text = post(7, "[:fr]Le lac[:en]The lake[:]", "[:fr]Il gèle.[:en]It freezes.[:]", slugs)
    text = text.replace("<wp:post_name>lac-7</wp:post_name>", "")
    path = tmp_path / "export.xml"
    path.write_text(HEAD.format(version="1.2", host=HOST) + text + TAIL)
    call_command("import_wordpress", str(path), verbosity=0)
    page = ArticlePage.objects.get()
    assert (page.url_slug_fr, page.url_slug_en) == ("gel", "frost")


@pytest.mark.parametrize("text", ["x[:fr] is a slice", "a[:] b[:]", "Nothing", ""])
def test_other_texts_are_left_as_they_are(text):
    assert parts_of(text) == {}
