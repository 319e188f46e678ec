"""An article as readers get it, in each language."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.articles.admin.html import soup, text_of
from tests.factories import blocks, make_article, make_author, make_image, make_topic, publish_draft

FRENCH, ENGLISH = "/fr/articles/le-lac-gele/", "/en/stories/the-lake-freezes/"


def html_of(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_the_picture_speaks_the_language_of_the_page(client, journal):
    image = make_image(
        width=64, height=48, caption_fr="Le port en hiver", credit="Nadia B.", licence="CC BY 4.0"
    )
    make_article(journal, hero_image=image)
    french, english = html_of(client, FRENCH), html_of(client, ENGLISH)
    assert 'alt="Un lac gelé"' in french and "Le port en hiver" in french
    assert 'alt="A frozen lake"' in english and "Le port en hiver" not in english
    credit = "Nadia B., CC\u00a0BY\u00a04.0"
    assert credit in french and credit in english


@pytest.mark.rare
def test_what_the_article_says_of_its_picture_comes_first(client, journal):
    image = make_image(width=64, height=48, caption_en="Of the image")
    make_article(journal, hero_image=image, hero_alt_en="Ice floes", hero_caption_en="In January")
    english = html_of(client, ENGLISH)
    assert 'alt="Ice floes"' in english and "In January" in english
    assert "Of the image" not in english
    assert 'alt="Un lac gelé"' in html_of(client, FRENCH)


@pytest.mark.rare
def test_a_caption_never_repeats_the_alternative_text(client, journal):
    image = make_image(width=64, height=48, caption_fr="Un lac gelé")
    make_article(journal, hero_image=image)
    assert html_of(client, FRENCH).count("Un lac gelé") == html_of(client, FRENCH).count('"Un lac')


def test_an_update_is_told_only_where_there_was_one(client, journal):
    article = make_article(journal, publication_date=timezone.now() - timedelta(days=3))
    assert "Mis à jour" not in html_of(client, FRENCH)
    assert "Updated" not in html_of(client, ENGLISH)
    publish_draft(article, lead_fr="Un chapeau corrigé.")
    french = html_of(client, FRENCH)
    assert "Mis à jour" in french
    assert timezone.localdate().isoformat() in french
    assert "Updated" not in html_of(client, ENGLISH)


def test_an_update_on_the_day_of_the_publication_is_not_told(client, journal):
    publish_draft(make_article(journal), lead_fr="Un chapeau corrigé.")
    assert "Mis à jour" not in html_of(client, FRENCH)


@pytest.mark.rare
def test_the_photo_of_an_author_leads_to_their_articles_and_says_so(client, journal):
    author = make_author(journal, "İlkay Yıldırım", photo=make_image(width=64, height=48))
    make_article(journal, authors=[author])
    french, english = html_of(client, FRENCH), html_of(client, ENGLISH)
    link = re.compile(r'<a class="author-box__portrait" href="([^"]+)">.*?alt="([^"]+)"', re.S)
    assert link.search(french).groups() == (
        "/fr/auteurs/ilkay-yildirim/",
        "Tous les articles signés İlkay Yıldırım",
    )
    assert link.search(english).groups() == (
        "/en/authors/ilkay-yildirim/",
        "All articles by İlkay Yıldırım",
    )


@pytest.mark.rare
def test_an_author_who_is_not_in_the_language_is_named_without_a_link(client, journal):
    author = make_author(journal, "Léa Rochat", live_in=("fr",))
    make_article(journal, authors=[author])
    assert 'href="/fr/auteurs/lea-rochat/"' in html_of(client, FRENCH)
    english = html_of(client, ENGLISH)
    assert "Léa Rochat" in english and "lea-rochat" not in english


@pytest.mark.rare
def test_suggestions_are_picked_then_topped_up_with_what_is_near(client, journal):
    climate, money = make_topic(journal), make_topic(journal, "Argent", "Money")
    picked = make_article(journal, "Choisi", "Picked")
    hidden = make_article(journal, "Caché", "Hidden", live_in=("fr",), topics=[climate])
    make_article(journal, "Second sujet", "Second subject", topics=[money])
    make_article(journal, "Ancien", "Old", topics=[climate])
    make_article(journal, "Nouveau", "New", topics=[climate])
    make_article(journal, topics=[climate, money], picks=[picked, hidden, picked])
    call_command("rebuild_related", verbosity=0)
    english = client.get(ENGLISH)
    assert [each.headline_en for each in english.context["related"]] == [
        "Picked",
        "New",
        "Old",
    ]
    # The nearest stands below; the line of the previous one gives way.
    assert english.context["beside"].previous is None
    assert heading_of_related(english) == "On the same topic, our editors suggest"
    french = client.get(FRENCH)
    assert [each.headline_fr for each in french.context["related"]] == [
        "Choisi",
        "Caché",
        "Nouveau",
    ]


def heading_of_related(response):
    heading = soup(response).select_one("h2#related")
    return heading and text_of(heading)


@pytest.mark.rare
def test_the_heading_speaks_of_a_topic_if_all_suggestions_are_on_it(client, journal):
    climate, money = make_topic(journal), make_topic(journal, "Argent", "Money")
    near = make_article(journal, "Un", "One", topics=[money, climate])
    make_article(journal, topics=[climate], picks=[near])
    assert heading_of_related(client.get(ENGLISH)) == "On the same topic, our editors suggest"
    french = "Dans la même thématique, la rédaction vous propose les articles suivants"
    assert heading_of_related(client.get(FRENCH)) == french


def test_the_heading_speaks_of_the_topic_that_all_share(client, journal):
    climate = make_topic(journal)
    make_article(journal, "Un", "One", topics=[climate])
    make_article(journal, "Deux", "Two", topics=[make_topic(journal, "Argent", "Money"), climate])
    make_article(journal, topics=[climate])
    call_command("rebuild_related", verbosity=0)
    english = client.get(ENGLISH)
    assert {each.headline_en for each in english.context["related"]} == {"One", "Two"}
    assert heading_of_related(english) == "On the same topic, our editors suggest"
    kickers = soup(english).select(".related .card .kicker")
    assert [text_of(each) for each in kickers] == ["Climate", "Climate"]


def test_the_heading_speaks_of_no_topic_where_one_is_on_another(client, journal):
    climate, money = make_topic(journal), make_topic(journal, "Argent", "Money")
    make_article(journal, "Un", "One", topics=[climate])
    make_article(journal, "Deux", "Two", topics=[money])
    make_article(journal, topics=[climate])
    call_command("rebuild_related", verbosity=0)
    assert heading_of_related(client.get(ENGLISH)) == "Related articles"


def test_picks_stand_below_in_their_order_whatever_the_text_leads_to(client, journal):
    climate = make_topic(journal)
    names = {"Cité": "Quoted", "Carte": "Card", "Avant": "Before"}
    quoted, card, before = (
        make_article(journal, fr, en, topics=[climate]) for fr, en in names.items()
    )
    link = f'<p>After <a linktype="page" id="{quoted.pk}">this</a>.</p>'
    body = blocks(("paragraph", link), ("article", {"article": card.pk}))
    make_article(journal, topics=[climate], picks=[card, before, quoted], body_en=body)
    page = soup(client.get(ENGLISH))
    below = [text_of(each) for each in page.select(".related .card__headline")]
    assert below == ["Card", "Before", "Quoted"]
    assert [text_of(each) for each in page.select(".prose .article-link__headline")] == ["Card"]
    assert not page.select(".neighbours")


def test_without_suggestions_there_is_no_heading(client, journal):
    make_article(journal)
    assert heading_of_related(client.get(ENGLISH)) is None


def test_the_head_names_both_versions_and_the_source(client, journal):
    make_article(journal, hero_image=make_image(width=64, height=48))
    for address in (FRENCH, ENGLISH):
        page = html_of(client, address)
        assert f'<link rel="canonical" href="http://testserver{address}">' in page
        assert f'hreflang="fr" href="http://testserver{FRENCH}"' in page
        assert f'hreflang="en" href="http://testserver{ENGLISH}"' in page
        assert f'hreflang="x-default" href="http://testserver{FRENCH}"' in page
        assert 'property="og:image"' in page


def test_a_version_that_does_not_exist_is_named_nowhere(client, journal):
    make_article(journal, en=None, live_in=("fr",))
    page = html_of(client, FRENCH)
    assert 'hreflang="en"' not in page
    assert 'href="/en/articles/le-lac-gele/" lang="en" rel="nofollow">Not in English</a>' in page


def test_equal_headings_have_anchors_of_their_own(client, journal):
    heading = ("heading", {"text": "Le port", "level": "h2"})
    make_article(journal, body_fr=blocks(heading, heading, heading))
    page = html_of(client, FRENCH)
    assert [f'id="{anchor}"' in page for anchor in ("le-port", "le-port-2", "le-port-3")] == [
        True,
        True,
        True,
    ]


def test_a_link_to_an_article_is_left_out_where_that_cannot_be_read(client, journal):
    other = make_article(journal, "Ailleurs", "Elsewhere", live_in=("fr",))
    link = blocks(("article", {"article": other.pk}))
    make_article(journal, body_fr=link, body_en=link)
    assert "Lire aussi" in html_of(client, FRENCH)
    english = html_of(client, ENGLISH)
    assert "Further reading" not in english and "Ailleurs" not in english


def test_pictures_have_their_size_and_only_the_first_is_fetched_at_once(
    client, journal, django_capture_on_commit_callbacks
):
    picture = ("image", {"image": make_image(width=64, height=48).pk})
    with django_capture_on_commit_callbacks(execute=True):
        hero = make_image(width=64, height=48)
        make_article(journal, hero_image=hero, body_fr=blocks(picture, picture))
    page = html_of(client, FRENCH)
    images = re.findall(r"<img [^>]+>", page)
    assert len(images) == 3
    assert all('width="' in image and 'height="' in image for image in images)
    assert 'fetchpriority="high"' in images[0] and "loading" not in images[0]
    assert all('loading="lazy"' in image for image in images[1:])
    assert [kind in page for kind in ("image/avif", "image/webp", ".jpg")] == [True, True, True]


def test_a_lost_file_leaves_out_the_picture_and_keeps_the_page(client, journal):
    image = make_image(width=64, height=48)
    make_article(journal, hero_image=image)
    image.renditions.all().delete()
    image.file.delete(save=False)
    assert "Texte de Le lac gèle." in html_of(client, FRENCH)
