"""What surrounds the text of an article: contents, time to read, links to share it."""

from collections import Counter
from urllib.parse import unquote

from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from diptych.articles.languages.routes.slugs import make_slug
from diptych.articles.models import JournalSettings
from diptych.articles.newsletter.models import Newsletter
from tests.articles.recordings.sounds import let_hear, make_document
from tests.factories import blocks, make_article, make_author, make_topic, publish_draft
from tests.reading import page_at, text_of

FRENCH, ENGLISH = "/fr/articles/le-lac-gele/", "/en/stories/the-lake-freezes/"


def headings(*pairs):
    return [("heading", {"text": text, "level": level}) for level, text in pairs]


def test_three_sections_make_a_table_of_contents_whose_links_lead_to_them(journal):
    body = headings(("h2", "Le port"), ("h3", "Détail"), ("h2", "Le port"), ("h2", "Content"))
    make_article(journal, body_fr=blocks(*body), body_en=blocks(*body[:3]))
    page = page_at(Client(), FRENCH)
    for contents in (page.select_one("nav.contents__box"), page.select_one("details.contents")):
        links = contents.select("a")
        assert [text_of(each) for each in links] == ["Le port", "Le port", "Content"]
        assert [each["href"] for each in links] == ["#le-port", "#le-port-2", "#content-2"]
    for link in links:
        assert page.select_one(f"h2{link['href']}")
    assert not page_at(Client(), ENGLISH).select(".contents")


def ids_in(page):
    return [each["id"] for each in page.select("[id]")]


def test_no_heading_has_the_id_of_another_element(journal):
    let_hear(journal)
    Newsletter.objects.create(site=journal.site, language="en", name="The weekly letter")
    topic = make_topic(journal)
    before = make_article(journal, "Avant", "Before", topics=[topic])
    note = ("paragraph", "<p>Thin.<footnote> By the shore.</footnote></p>")
    sections = headings(("h2", "One"), ("h2", "Two"), ("h2", "Three"))
    correction = ("correction", {"date": "2026-03-02", "text": "<p>Two lakes.</p>"})
    article = make_article(
        journal,
        topics=[topic],
        picks=[before],
        authors=[make_author(journal)],
        recording_en=make_document(),
        corrections_en=blocks(correction),
        body_en=blocks(note, *sections),
    )
    others = {each for each in ids_in(page_at(Client(), ENGLISH)) if each == make_slug(each)}
    others -= {"call_1", "note_1"}
    # In the base template of a host there is one more.
    others = others - {"one", "two", "three"} | {"diptych"}
    assert others >= {"corrections", "footnotes", "newsletter", "recording", "related"}
    named = headings(*(("h2", each) for each in sorted(others)))
    publish_draft(article, body_en=blocks(note, *named))

    found = Counter(ids_in(page_at(Client(), ENGLISH)))
    assert set(found) >= {f"{each}-2" for each in others}
    assert [each for each, number in found.items() if number > 1] == []


def words(number):
    return blocks(("paragraph", f"<p>{'mot ' * number}</p>"))


def test_the_time_to_read_follows_the_language(journal):
    make_article(journal, body_fr=words(1950), body_en=words(1950))
    assert "10 minutes" in text_of(page_at(Client(), FRENCH).select_one(".byline__time"))
    assert text_of(page_at(Client(), ENGLISH).select_one(".byline__time")) == "9-minute read"


def test_notes_and_pictures_take_no_time_and_ten_words_have_none(journal):
    note = f"<p>Dix.<footnote> {'mot ' * 3000}</footnote></p>"
    pull = ("pull_quote", {"text": "mot " * 60})
    body = blocks(("paragraph", note), *[pull] * 40)
    make_article(journal, body_fr=body, body_en=words(228))
    assert not page_at(Client(), FRENCH).select(".byline__time")
    assert text_of(page_at(Client(), ENGLISH).select_one(".byline__time")) == "1-minute read"


def test_links_to_share_are_plain_and_speak_the_language(journal):
    make_article(journal, "Été & hiver", "Summer “and” winter")
    for address, sentence in (
        ("/fr/articles/ete-hiver/", "Diptyque"),
        ("/en/stories/summer-and-winter/", "An article in Diptyque:"),
    ):
        page = page_at(Client(), address)
        links = {text_of(each): each["href"] for each in page.select(".share a")}
        assert len(links) == 4
        mail = next(href for href in links.values() if href.startswith("mailto:"))
        assert sentence in unquote(mail) and f"http://testserver{address}" in unquote(mail)
        assert "&body=" in mail and "&" not in mail.split("subject=")[1].split("&body=")[0]
        for link in page.select(".share a"):
            assert {"noopener", "nofollow"} <= set(link["rel"])
        assert "hidden" in page.select_one("[data-copy-place]").attrs


def test_the_journal_chooses_the_links(journal, admin):
    make_article(journal)
    address = f"/admin/settings/diptych/journalsettings/{journal.site.pk}/"
    form = admin.get(address).context["form"]
    data = {
        name: value
        for name, value in form.initial.items()
        if isinstance(value, (str, int)) and not isinstance(value, bool)
    }
    social = nested_form_data({"social_links": streamfield([]), "menu_topics": streamfield([])})
    answer = admin.post(address, {**data, **social, "share_links": ["reddit", "mail"]})
    assert answer.status_code == 302
    assert [text_of(each) for each in page_at(Client(), ENGLISH).select(".share a")] == [
        "E-mail",
        "Reddit",
    ]
    assert "telepathy" not in JournalSettings.for_site(journal.site).share_links
    answer = admin.post(address, {**data, **social, "share_links": ["telepathy"]})
    assert answer.status_code == 200
    answer = admin.post(address, {**data, **social})
    assert not page_at(Client(), ENGLISH).select(".share a")


def neighbours(address):
    return [
        (each["rel"][0], text_of(each.select_one(".neighbours__headline")))
        for each in page_at(Client(), address).select(".neighbours a")
    ]


def test_the_articles_before_and_after_it_on_its_main_topic(journal):
    climate, money = make_topic(journal), make_topic(journal, "Argent", "Money")
    make_article(journal, "Ancien", "Old", topics=[climate])
    make_article(journal, "Veille", "Eve", topics=[money, climate], live_in=("fr",))
    make_article(journal, topics=[climate, money])
    make_article(journal, "Autre", "Other", topics=[money])
    make_article(journal, "Nouveau", "New", topics=[climate])
    make_article(journal, "Brouillon", "Draft", topics=[climate], live_in=())
    assert neighbours(FRENCH) == [("prev", "Veille"), ("next", "Nouveau")]
    assert neighbours(ENGLISH) == [("prev", "Old"), ("next", "New")]
    assert neighbours("/en/stories/old/") == [("next", "The lake freezes")]
    assert "Previous in Climate" in text_of(page_at(Client(), ENGLISH).select_one(".neighbours"))


def test_an_article_alone_or_without_topic_has_nobody_beside_it(journal):
    make_article(journal)
    make_article(journal, "Seul", "Alone", topics=[make_topic(journal)])
    assert neighbours(ENGLISH) == neighbours("/en/stories/alone/") == []
