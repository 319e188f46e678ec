"""One article from the editor to the reader, one language after the other."""

import re

from tests.e2e.editor import ArticleEditor

FRENCH, ENGLISH = "/fr/articles/la-rive-d-en-face/", "/en/stories/the-other-shore/"


def find_everywhere(reader, language, words):
    """The addresses of lists, feed, search and sitemap that name the article with ``words``."""
    stories = "articles" if language == "fr" else "stories"
    word = words.split()[-1]
    addresses = [
        f"/{language}/",
        f"/{language}/{stories}/",
        f"/{language}/feed/",
        f"/{language}/search/?q={word}",
    ]
    return [each for each in addresses if words in _without_tags(reader.request.get(each).text())]


def _without_tags(html):
    """The words alone: search marks those that it has found."""
    return re.sub(r"</?mark>", "", html)


def test_an_article_goes_live_in_french_then_in_english(sign_in, new_page):
    editor = ArticleEditor(sign_in("moderator"))
    editor.create_from_dashboard()
    editor.write("fr", headline="La rive d’en face", lead="Deux berges, un pont.")
    editor.add_paragraph("fr", "Il pleut sur le pont.", "Paragraphe")
    editor.tab("Toutes les langues")
    editor.choose_picture()
    editor.pick("authors", "Léa Rochat", "İlkay Yıldırım")
    editor.add_from_list("topics", "Climat")
    editor.add_from_list("picks", "Le pont fermé")
    editor.press("Publier en français")

    reader = new_page()
    assert reader.goto(FRENCH).status == 200
    assert reader.locator("html").get_attribute("lang") == "fr"
    assert reader.locator("h1").inner_text() == "La rive d’en face"
    assert reader.get_by_text("Il pleut sur le pont.").is_visible()
    assert reader.locator(".byline").first.inner_text().startswith("Par Léa Rochat et İlkay")
    assert reader.locator(".figure--hero > picture img").get_attribute("alt") == "Un lac gelé"
    assert reader.locator(".related").get_by_text("Le pont fermé").is_visible()
    assert reader.locator(".language-switch").get_by_text("Not in English").is_visible()
    answer = reader.goto("/en/stories/la-rive-d-en-face/")
    assert answer.status == 404
    assert "Il pleut" not in reader.content()
    assert len(find_everywhere(reader, "fr", "La rive d’en face")) == 4
    assert not find_everywhere(reader, "en", "La rive d’en face")
    # Its own address, as an alternate of itself and for readers of any other language.
    assert reader.request.get("/sitemap.xml").text().count("la-rive-d-en-face") == 3

    translate_and_rename(sign_in, reader)


def translate_and_rename(sign_in, reader):
    """A translator fills the English column while a newer French draft waits."""
    editor = ArticleEditor(sign_in("moderator"))
    editor.open("La rive d’en face")
    editor.write("fr", headline="La rive, plus loin")
    editor.save("Enregistrer le brouillon")
    translator = ArticleEditor(sign_in("translator"))
    translator.open("La rive")
    assert not translator.page.locator("#id_headline_fr").count()
    translator.tab("English")
    translator.write("en", headline="The other shore", lead="Two banks, one bridge.")
    translator.add_paragraph("en", "It rains on the bridge.", "Paragraph")
    translator.press("Publish English")

    assert reader.goto(ENGLISH).status == 200
    assert reader.locator("html").get_attribute("lang") == "en"
    assert reader.get_by_text("It rains on the bridge.").is_visible()
    assert reader.locator(".figure--hero > picture img").get_attribute("alt") == "A frozen lake"
    assert reader.goto(FRENCH).status == 200
    assert reader.locator("h1").inner_text() == "La rive d’en face"
    editor.open("La rive")
    assert editor.page.input_value("#id_headline_fr") == "La rive, plus loin"

    translator.open("La rive")
    translator.tab("English")
    translator.write("en", slug="the-far-shore")
    translator.press("Publish English")
    moved = reader.request.get(ENGLISH, max_redirects=0)
    assert moved.status == 301
    assert moved.headers["location"] == "/en/stories/the-far-shore/"
    assert reader.goto("/en/stories/the-far-shore/").status == 200
    assert reader.goto(FRENCH).status == 200
    assert reader.locator("h1").inner_text() == "La rive d’en face"
    reader.locator(".language-switch").get_by_role("link", name="English").click()
    reader.wait_for_url(re.compile("/en/stories/the-far-shore/$"))
    reader.goto("/")
    assert reader.url.endswith("/en/")
