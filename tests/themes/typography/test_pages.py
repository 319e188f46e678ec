"""What readers get: whole pages in the typography of their language and of the site."""

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from diptych.articles.models import ArticlePage
from diptych.themes.models import AppearanceSettings
from diptych.themes.typography.house_style import HouseStyle
from tests.factories import blocks, make_article, make_image, paragraphs
from tests.reading import page_at

pytestmark = pytest.mark.django_db

FRENCH, ENGLISH = "/fr/articles/qui-part/", "/en/stories/who-leaves/"
BODY = (
    ("heading", {"text": 'L\'été: "après"', "level": "h2"}),
    ("paragraph", '<p>Le XXe siècle, <span lang="en">"it\'s over"!</span> et "la "fin"" !</p>'),
    ("quotation", {"text": "Qui l'a dit?", "attribution": "L'autre", "source": ""}),
    ("pull_quote", {"text": "Qui l'a dit?"}),
    ("question", {"question": "Pourquoi?", "answer": "<p>L'envie!</p>"}),
    ("note", {"title": "N'oubliez pas!", "text": "<p>10 km</p>"}),
)


@pytest.fixture
def journal(journal):
    make_article(
        journal,
        fr="Qui part?",
        en='Who "leaves" - and when?',
        url_slug_fr="qui-part",
        url_slug_en="who-leaves",
        lead_fr="Le 1er pas: l'envie!",
        lead_en="It's the 1st step...",
        body_fr=blocks(*BODY),
        body_en=blocks(("paragraph", "<p>'It's <i lang=\"fr\">fini !</i>' - 10 km</p>")),
        hero_image=make_image(width=64, height=48),
        hero_alt_fr="L'envie !",
        hero_caption_fr="L'envie...",
    )
    return journal


def shown(element):
    text = element.get_text() if hasattr(element, "get_text") else str(element)
    return " ".join(text.replace("\u00a0", "⍽").replace("\u202f", "·").split())


def test_a_french_page_is_set_as_french_is(client, journal):
    page = page_at(client, FRENCH)
    article = page.select_one("article")
    assert shown(article.h1) == "Qui part·?"
    assert shown(page.select_one(".page-head__lead")) == "Le 1er pas⍽: l’envie·!"
    assert page.select_one(".page-head__lead sup").text == "er"
    assert shown(article.select_one(".prose h2")).startswith("L’été⍽: «·après·»")
    assert shown(article.select_one(".prose > p")) == (
        "Le XXe⍽siècle, “it’s over”! et «·la “fin”·»·!"
    )
    assert shown(article.select_one(".quotation")) == "Qui l’a dit·? L’autre"
    assert shown(article.select_one(".pull-quote")) == "Qui l’a dit·?"
    assert shown(article.select_one(".question-answer__question")) == "Pourquoi·?"
    assert shown(article.select_one(".question-answer__answer")) == "L’envie·!"
    assert shown(article.select_one(".note__title")) == "N’oubliez pas·!"
    assert "10⍽km" in shown(article.select_one(".note"))
    assert shown(article.select_one(".figure__caption")) == "L’envie…"


def test_an_english_page_is_set_as_english_is(client, journal):
    page = page_at(client, ENGLISH)
    assert shown(page.select_one("article h1")) == "Who “leaves” – and when?"
    assert shown(page.select_one(".page-head__lead")) == "It’s the 1st step…"
    assert shown(page.select_one(".prose > p")) == "‘It’s fini·!’ – 10⍽km"


def test_a_site_in_switzerland_sets_its_french_as_there(client, journal):
    AppearanceSettings.objects.create(site=journal.site, french_typography="fr-CH")
    page = page_at(client, FRENCH)
    assert shown(page.select_one(".page-head__lead")) == "Le 1er pas·: l’envie·!"
    assert "«·la ‹·fin·›·»" in shown(page.select_one(".prose > p"))
    assert shown(page_at(client, ENGLISH).select_one(".prose i")) == "fini·!"


def test_a_site_chooses_the_space_inside_guillemets(client, journal):
    settings = AppearanceSettings.objects.create(site=journal.site, guillemet_space="word")
    prose = shown(page_at(client, FRENCH).select_one(".prose"))
    assert "«⍽la “fin”⍽»·!" in prose and "«⍽après⍽»" in prose
    settings.french_typography = "fr-CH"
    settings.save()
    assert "«⍽la ‹⍽fin⍽›⍽»" in shown(page_at(client, FRENCH).select_one(".prose > p"))


def test_what_is_stored_and_what_is_no_text_stays_as_it_was_typed(client, journal):
    page = page_at(client, FRENCH)
    assert page.select_one("article figure img")["alt"] == "L'envie !"
    assert page.select_one(".prose h2")["id"] == "l-ete-apres"
    article = ArticlePage.objects.get()
    assert article.lead_fr == "Le 1er pas: l'envie!"
    assert "\u202f" not in str(article.body_fr.raw_data)


def test_titles_and_descriptions_are_set_without_markup(client, journal):
    head = page_at(client, FRENCH).head
    assert shown(head.title) == "Qui part·? – Diptyque"
    description = head.select_one('meta[name="description"]')["content"]
    assert shown(description) == "Le 1er pas⍽: l’envie·!"
    title = page_at(client, ENGLISH).head.select_one('meta[property="og:title"]')["content"]
    assert title == "Who “leaves” – and when?"


def test_lists_are_set_too(client, journal):
    headline = page_at(client, "/fr/articles/").select_one(".card__headline")
    assert shown(headline) == "Qui part·?"


def render(text, template="{{ text|typographic }}"):
    return Template(f"{{% load diptych_typography %}}{template}").render(Context({"text": text}))


def test_the_filter_escapes_what_is_no_html():
    assert shown(render('<b>L\'eau</b> & "lui"!')) == "&lt;b&gt;L’eau&lt;/b&gt; &amp; «·lui·»·!"
    assert shown(render(mark_safe("<b>L'eau</b>!"))) == "<b>L’eau</b>·!"
    swiss = '{{ text|typographic:"fr-CH" }}'
    assert shown(render("L'eau:", swiss)) == "L’eau·:"
    assert render(None, "{{ text|typographic }}") == "None"


def test_a_style_sets_texts_in_any_language():
    style = HouseStyle()
    assert style.text("It's <b>", "en-GB") == "It’s <b>"
    assert style.text("Geht's?", "de") == "Geht's?"
    assert shown(style.text("1er & Cie: oui?", "fr")) == "1er & Cie⍽: oui·?"
    assert shown(style.text("Oui: non?", "fr-CH")) == "Oui·: non·?"
    assert style.text("Oui: non?", "fr-CA") == "Oui: non?"


def test_the_first_letter_is_set_large_where_it_is_one_and_has_lines_beside_it(client, journal):
    long = "la glace tient jusqu’en mars. " * 8
    bodies = {
        f"« Oui », {long}": True,
        f"<b>&quot;Oui&quot;</b>, {long}": True,
        "Oui": True,
        f"Oui</p><p>{long}": True,
        f"Oui, <i>{long}</i>": False,
    }
    for number, (body, is_plain) in enumerate(bodies.items()):
        text = paragraphs(body)
        article = make_article(journal, f"Page {number}", None, ("fr",), body_fr=text)
        prose = page_at(client, article.url_in("fr")).select_one(".prose")
        assert ("prose--no-initial" in prose["class"]) is is_plain
