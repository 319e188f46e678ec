"""Cards are rendered once for all lists, and anew when something that they show changes."""

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from diptych.articles.caching.versions import invalidate_tags, recording
from diptych.articles.languages.config.wagtail_compat import set_site
from diptych.articles.lists import front_page
from diptych.articles.lists.cards import cached_cards
from diptych.articles.models import AuthorPage, SeriesPage, TopicPage
from diptych.themes.look.registry import Theme, _themes, register_theme
from diptych.themes.models import AppearanceSettings
from diptych.themes.templatetags.diptych_theme import KeptNode
from tests.factories import (
    make_article,
    make_author,
    make_image,
    make_journal,
    make_page,
    make_topic,
    publish_draft,
)
from tests.kept import forget_pages, read_log, statements_of

pytestmark = pytest.mark.usefixtures("stored_settings")

OTHER = "other.example"
#: Queries of a list whose cards are all known.
BUDGET = 9
LISTS = ("/en/", "/en/stories/", "/en/topics/climate/", "/en/authors/ada-blanc/", "/en/the-lakes/")


@pytest.fixture
def article(journal):
    topic, author = make_topic(journal), make_author(journal, "Ada Blanc")
    series = make_page(SeriesPage, journal.home, "Les lacs", "The lakes")
    first, *_others = [
        make_article(
            journal,
            fr,
            en,
            topics=[topic],
            authors=[author],
            series=series,
            hero_image=make_image(),
        )
        for fr, en in (("Le lac", "The lake"), ("La rive", "The shore"))
    ]
    return first


def answer(address):
    """The answer at an address that the page cache does not know."""
    forget_pages()
    response = Client().get(address)
    assert response.status_code == 200
    return response


def shown(address):
    """The text and the attributes of what a process shows at an address after other pages."""
    read_log()
    for each in LISTS:
        answer(each)
    return BeautifulSoup(answer(address).content, "lxml").main


def test_lists_are_rendered_once(article, made):
    for address in LISTS:
        shown(address)
        made()
        before = answer(address).content
        assert len(statements_of(lambda each=address: answer(each))) <= BUDGET, address
        assert made() == []
        assert answer(address).content == before


def test_only_what_has_changed_is_fetched_and_rendered(article, made):
    shown("/en/stories/")
    publish_draft(article, lead_en="Frozen to the ground.")
    read_log()
    for each in ("/en/topics/", "/en/authors/"):
        answer(each)
    made()
    sql = statements_of(lambda: answer("/en/stories/"))
    (cards,) = [each for each in sql if 'FROM "diptych_articlepage"' in each]
    assert f"IN ({article.pk})" in cards
    assert [name for name in made() if name == "entry"] == ["entry"]
    assert "Frozen to the ground." in answer("/en/stories/").content.decode()


def change_headline(article):
    publish_draft(article, headline_en="The ice")
    return "The ice"


def rename_author(article):
    publish_draft(AuthorPage.objects.get(), headline_en="Ada Weiss", headline_fr="Ada Weiss")
    return "Ada Weiss"


def rename_topic(article):
    publish_draft(TopicPage.objects.get(), headline_en="Weather")
    return "Weather"


def replace_image(article):
    image = article.hero_image
    image.file = make_image().file
    image.save()
    image.renditions.all().delete()
    return image.file.name.rpartition("/")[2].partition(".")[0]


def take_author(article):
    publish_draft(article, authors=[])
    return None


@pytest.mark.rare
def test_cards_follow_what_they_show(article, subtests):
    after = str(shown("/en/stories/"))
    for change in (take_author, change_headline, rename_author, rename_topic, replace_image):
        with subtests.test(change=change.__name__):
            before, expected = after, change(article)
            after = str(shown("/en/stories/"))
            assert after != before
            if expected:
                assert expected not in before and expected in after
            else:
                assert after.count("Ada Blanc") == before.count("Ada Blanc") - 1


def test_whoever_is_taken_down_is_linked_no_more(article):
    assert shown("/en/stories/").select("[rel=author]")
    AuthorPage.objects.get().unpublish_languages(["en"])
    read_log()
    assert not BeautifulSoup(answer("/en/stories/").content, "lxml").select("[rel=author]")


def test_what_is_taken_down_or_private_is_in_no_list(article):
    def lists_with_it():
        read_log()
        return [each for each in LISTS if "The lake<" in answer(each).content.decode()]

    shown("/en/")
    assert lists_with_it() == list(LISTS)
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert lists_with_it() == []
    restriction.delete()
    assert lists_with_it() == list(LISTS)
    article.refresh_from_db()
    article.unpublish_languages(["en"])
    assert lists_with_it() == []
    with override("fr"):
        assert [each.pk for each in cached_cards([article.pk])] == [article.pk]


def test_what_was_taken_down_while_the_front_page_was_made_comes_back(article, monkeypatch):
    rows, select = article.languages.filter(language="en"), front_page._select

    def select_and_take_down(*given):
        found = select(*given)
        rows.update(live=False)
        return found

    def is_on_front_page():
        invalidate_tags(f"page:{article.pk}", "list:en")
        read_log()
        return "The lake<" in answer("/en/").content.decode()

    assert is_on_front_page()
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(front_page, "_select", select_and_take_down)
        assert not is_on_front_page()
    rows.update(live=True)
    assert is_on_front_page()


@pytest.mark.rare
def test_texts_of_the_interface_and_settings_render_cards_anew(article, made):
    for tag in ("texts:en", "settings", "theme", f"image:{article.hero_image_id}"):
        shown("/en/stories/")
        made()
        invalidate_tags(tag)
        read_log()
        answer("/en/stories/")
        assert "entry" in made(), tag


# What is kept for whom


def request_for(site, **attributes):
    request = RequestFactory().get("/en/")
    set_site(request, site)
    for name, value in attributes.items():
        setattr(request, name, value)
    return request


def card(article, request, **variables):
    context = {"article": article, "slot": "card", **variables}
    with override("en"):
        return render_to_string("diptych/components/card.html", context, request)


def kept(article):
    read_log()
    with override("en"):
        cached_cards([article.pk])
        return cached_cards([article.pk])[0]


@pytest.mark.rare
def test_each_site_and_theme_has_its_own(article, journal, monkeypatch):
    monkeypatch.setattr("diptych.themes.look.registry._themes", dict(_themes))
    register_theme(Theme("wide", "Wide", "wide/theme.css", layouts={"card": "77vw"}))
    other = make_journal(OTHER)
    appearance = AppearanceSettings.for_site(other.site)
    appearance.theme = "wide"
    appearance.save()
    kept(article)
    for _time in range(2):
        own, foreign = (card(kept(article), request_for(each.site)) for each in (journal, other))
        assert "77vw" in foreign and "77vw" not in own
    appearance.theme = "gazette"
    appearance.save()
    assert "77vw" not in card(kept(article), request_for(other.site))


@pytest.mark.rare
def test_each_form_has_its_own(article, journal):
    request, forms = request_for(journal.site), {}
    for form in ({}, {"textonly": True}, {"level": "2"}, {"nolead": True}, {"eager": True}):
        forms[str(form)] = card(kept(article), request, **form)
    assert len({*forms.values()}) == len(forms)
    assert forms["{}"] == card(kept(article), request)


@pytest.mark.rare
def test_templates_that_give_parts_the_same_name_do_not_share_them(journal):
    read_log()
    first, second = (
        Template(f'{{% load diptych_theme %}}{{% kept "same" %}}{text}{{% endkept %}}')
        for text in ("one", "two")
    )
    first.origin.name, second.origin.name = "one.html", "two.html"
    for template in (first, second):
        for node in template.nodelist.get_nodes_by_type(KeptNode):
            node.origin = template.origin
    context = {"request": request_for(journal.site)}
    assert [each.render(Context(context)) for each in (first, second)] == ["one", "two"]


@pytest.mark.rare
def test_what_shows_no_page_is_not_kept_as_a_part_of_the_site(journal):
    read_log()
    source = '{% load diptych_theme %}{% kept "same" for article %}{{ text }}{% endkept %}'
    context = {"request": request_for(journal.site), "article": None}
    shown_texts = [
        Template(source).render(Context({**context, "text": text})) for text in ("one", "two")
    ]
    assert shown_texts == ["one", "two"]


@pytest.mark.rare
def test_drafts_and_previews_are_rendered_each_time(article, journal):
    request = request_for(journal.site)
    draft = kept(article)
    public = card(draft, request)
    draft.headline_en = "Only here"
    assert card(draft, request) == public
    assert "Only here" in card(draft, request_for(journal.site, is_preview=True))
    article.headline_en = "A draft"
    assert not article.cached_tags
    assert "A draft" in card(article, request)
    assert card(kept(article), request) == public


@pytest.mark.rare
def test_what_shows_a_card_depends_on_what_that_shows(article, journal):
    read_log()
    pages = {
        f"page:{each.pk}" for each in (article, AuthorPage.objects.get(), TopicPage.objects.get())
    }
    for _time in range(2):
        with recording() as used, override("en"):
            card(cached_cards([article.pk])[0], request_for(journal.site))
        assert {*pages, f"image:{article.hero_image_id}", "texts:en", "theme"} <= used
        assert "list:en" not in used


@pytest.mark.rare
def test_results_of_a_search_say_what_was_found(article):
    for _time in range(2):
        assert not shown("/en/stories/").select("mark")
        assert shown("/en/search/?q=lake").select(".listing mark")


@pytest.mark.rare
def test_pages_are_copies_of_those_that_are_kept(article):
    first = kept(article)
    first.headline_en = first.url_path = "altered"
    with override("en"):
        again = kept(article)
        assert again.headline_en == "The lake" and again.url == article.url_in("en")
