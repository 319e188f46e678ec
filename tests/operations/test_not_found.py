"""The page of an address at which nothing stands, which is rendered once for all visitors."""

from bs4 import BeautifulSoup
from django.template import engines
from django.test import Client

from diptych.articles.models import JournalSettings, TopicPage
from diptych.themes.models import AppearanceSettings
from tests.factories import make_article, make_topic, publish_draft, sign_in
from tests.kept import read_log, statements_of

BUDGET = 9


def answer(address, client=None):
    response = (client or Client()).get(address)
    assert response.status_code == 404
    return BeautifulSoup(response.content, "lxml")


def warm(journal):
    JournalSettings.for_site(journal.site)
    AppearanceSettings.for_site(journal.site)
    read_log()
    for address in ("/en/nothing/", "/fr/rien/"):
        answer(address)


def renderings(monkeypatch):
    """The names of the templates that are rendered for 404 answers from now on."""
    found, template_class = [], engines["django"].get_template("404.html").__class__
    render = template_class.render

    def count(self, *given, **named):
        found.append(self.template.name)
        return render(self, *given, **named)

    monkeypatch.setattr(template_class, "render", count)
    return found


def test_it_is_rendered_once_in_each_language(journal, monkeypatch):
    warm(journal)
    rendered = renderings(monkeypatch)
    for number in range(3):
        english, french = answer(f"/en/none-{number}/?q=1"), answer(f"/fr/rien-{number}/")
        assert (english.html["lang"], french.html["lang"]) == ("en", "fr")
        assert english.h1.text == "This page does not exist"
    assert "404.html" not in rendered
    assert len(statements_of(lambda: answer("/en/never-asked/"))) <= BUDGET


def test_it_follows_the_menu_and_says_where_one_is(journal):
    topic = make_topic(journal)
    make_article(journal, topics=[topic])
    warm(journal)
    assert answer("/en/nothing/").select(".header__sections [aria-current]") == []
    below = answer("/en/topics/climate/nothing/")
    assert [each.text for each in below.select(".header__sections [aria-current]")] == ["Climate"]
    publish_draft(TopicPage.objects.get(), headline_en="Weather")
    read_log()
    assert "Weather" in answer("/en/nothing/").header.text


def test_whoever_is_signed_in_gets_one_of_their_own(journal, client, monkeypatch):
    warm(journal)
    sign_in(client, "chief")
    rendered = renderings(monkeypatch)
    assert answer("/en/nothing/", client).h1.text == "This page does not exist"
    assert "404.html" in rendered
