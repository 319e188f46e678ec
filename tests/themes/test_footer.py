"""The foot of every page: the legal notice, whom to write to, the languages, and nothing empty."""

from bs4 import BeautifulSoup
from wagtail.models import Page

from diptych.articles.models import JournalSettings
from tests.factories import make_article, make_plain_page, make_topic
from tests.kept import read_log, warm_up


def foot(client, address="/fr/"):
    return BeautifulSoup(client.get(address).content, "lxml").select_one(".footer")


def settle(journal, **values):
    JournalSettings.objects.update_or_create(site=journal.site, defaults=values)


def test_it_names_the_legal_notice_where_that_is_live_and_whom_to_write_to(client, journal):
    notice = make_plain_page(journal, "Mentions légales", "Legal notice", live_in=("fr",))
    settle(journal, legal_page=notice, contact_email="rives@journal.example")
    french, english = foot(client), foot(client, "/en/")
    links = [(each.get_text(), each["href"]) for each in french.select(".footer__legal a")]
    assert links == [
        ("Mentions légales", "/fr/mentions-legales/"),
        ("Nous écrire", "mailto:rives@journal.example"),
    ]
    assert [each.get_text() for each in english.select(".footer__legal a")] == ["Write to us"]
    Page.objects.get(pk=notice.pk).delete()
    assert len(foot(client).select(".footer__legal a")) == 1


def test_a_legal_notice_is_deleted_while_the_settings_are_kept_in_memory(client, journal):
    settle(journal, legal_page=make_plain_page(journal, "Mentions légales", "Legal notice"))
    warm_up(lambda: client.get("/fr/"))
    assert foot(client).select(".footer__legal a")
    JournalSettings.objects.get().legal_page.delete()
    read_log()
    assert not foot(client).select(".footer__legal a")


def test_without_them_it_names_the_journal_alone(client, journal):
    assert not foot(client).select(".footer__legal a")


def test_it_leads_to_the_journal_in_the_other_languages(client, journal):
    make_article(journal)
    found = foot(client, "/fr/articles/le-lac-gele/").select(".footer__languages > *")
    assert [each.get_text() for each in found] == ["Français", "English"]
    assert [bool(each.find("a")) for each in found] == [False, True]
    response = client.get(found[1].a["href"], follow=True)
    assert response.request["PATH_INFO"] == "/en/"


def test_no_column_is_empty(client, journal):
    assert all(column.select("li a") for column in foot(client).select(".footer__sections"))
    make_topic(journal)
    Page.objects.filter(depth=journal.home.depth + 1).update(show_in_menus=True)
    columns = foot(client).select(".footer__sections")
    assert len(columns) == 3
    assert all(column.select("li a") for column in columns)
