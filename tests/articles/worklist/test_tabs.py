"""The tabs of the worklist: what each shows to whom, with counts."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.utils.translation import override
from wagtail.models import GroupPagePermission

from diptych.articles.languages.admin.worklist import assignments, listing
from diptych.articles.languages.admin.worklist import tabs as counting
from diptych.articles.languages.publication.reviewing import send_back
from tests.articles.admin.html import soup, table, text_of
from tests.articles.worklist.people import (
    WORKLIST,
    assigned,
    browser_of,
    make_translator,
    missing,
    speak,
    titles,
)
from tests.articles.worklist.test_list_cost import BUDGET
from tests.factories import make_article
from tests.kept import statements_of, warm_up


def tabs(client, **parameters):
    """The tabs by label, each with its count."""
    links = soup(client.get(WORKLIST, parameters)).select(".diptych-worklist-tabs a")
    return dict(text_of(link).rsplit(" ", 1) for link in links)


@pytest.fixture
def articles(articles, journal, ana, ben):
    """Those in each state, one held by ana and one by ben, and a draft."""
    assigned(articles["in_progress"], ana)
    assigned(articles["outdated"], ben)
    return {**articles, "draft": make_article(journal, "Le brouillon", None, live_in=())}


def test_each_tab_shows_its_rows_to_a_translator(articles, as_ana):
    assert titles(as_ana, tab="to_take") == ["Le lac gèle"]
    assert set(titles(as_ana, tab="mine")) == {"The bridge", "The wind"}
    assert titles(as_ana, tab="to_review") == []
    assert "The train" in titles(as_ana, tab="done")
    assert not {"The bridge", "The snow", "The wind"} & set(titles(as_ana, tab="done"))


def test_counts_say_how_many_rows_each_tab_has(articles, as_ana):
    counted = tabs(as_ana)
    assert list(counted) == ["Mine", "To take", "To review", "Done", "All"]
    names = ("mine", "to_take", "to_review", "done")
    numbers = [len(titles(as_ana, tab=name)) for name in names] + [len(titles(as_ana))]
    assert list(map(int, counted.values())) == numbers
    assert counted == tabs(as_ana, tab="mine"), "whichever is open"


def test_counts_of_what_filters_of_several_choices_find(articles, as_ana):
    kind = articles["draft"].content_type_id
    chosen = {"language": ["fr", "en"], "content_type": [kind]}
    counted = tabs(as_ana, **chosen)
    assert counted == {"Mine": "2", "To take": "1", "To review": "0", "Done": "1", "All": "6"}
    assert len(titles(as_ana, **chosen)) == 6
    assert tabs(as_ana, language="fr") == dict.fromkeys(counted, "0")


def test_more_rows_than_are_counted(articles, as_ana, monkeypatch):
    monkeypatch.setattr(counting, "MOST_COUNTED", 2)
    monkeypatch.setattr(listing, "MOST_COUNTED", 2)
    counted = tabs(as_ana)
    assert counted == {"Mine": "2", "To take": "1", "To review": "0", "Done": "2+", "All": "2+"}
    assert "More than 2 translations" in text_of(soup(as_ana.get(WORKLIST)))
    assert "More than" not in text_of(soup(as_ana.get(WORKLIST, {"tab": "mine"})))


@pytest.mark.parametrize(
    ("language", "exact", "more"), [("en", "4,321", "5,000+"), ("fr", "4 321", "5 000+")]
)
def test_thousands_are_written_as_in_the_language(rf, language, exact, more):
    numbers = {**dict.fromkeys(counting.Tab.values, 4321), "": counting.MOST_COUNTED + 1}
    with override(language):
        shown = [each["count"] for each in counting.links(rf.get("/"), numbers, "/")]
    assert {" ".join(each.split()) for each in shown} == {exact, more}


def test_the_counts_take_one_query(articles, as_ana):
    warm_up(lambda: tabs(as_ana))
    for tab in ("", "mine", "to_take", "to_review", "done"):
        statements = statements_of(lambda tab=tab: tabs(as_ana, tab=tab))
        assert sum("number_of_all" in each for each in statements) == 1
        assert len(statements) <= BUDGET


def test_the_same_in_french(articles, as_ana, ana):
    speak(ana, "fr")
    counted = tabs(as_ana)
    assert list(counted) == ["Les miennes", "À prendre", "À relire", "Terminées", "Toutes"]
    assert (counted["Les miennes"], counted["À prendre"]) == ("2", "1")


def _link(client, title, **parameters):
    return soup(client.get(WORKLIST, parameters)).find("a", string=title)["href"]


def test_who_may_publish_reviews(articles, as_chief):
    assert titles(as_chief, tab="to_review") == ["The wind"]
    assert "Handed in by Ana Costa" in text_of(soup(as_chief.get(WORKLIST, {"tab": "to_review"})))
    assert (tabs(as_chief)["Mine"], tabs(as_chief)["To review"]) == ("0", "1")
    links = {tab: _link(as_chief, "The wind", tab=tab) for tab in ("to_review", "")}
    page = articles["to_review"]
    assert links["to_review"] == f"/admin/diptych/review/{page.pk}/en/", "one click away"
    assert links[""].startswith(f"/admin/diptych/translate/{page.pk}/en/")


def test_another_language_and_no_permission_for_the_pages(articles, journal):
    fritz = make_translator(journal, "fritz", "fr", actions=("edit", "publish"))
    counted = tabs(browser_of(fritz))
    assert (counted["To take"], counted["To review"]) == ("0", "0")
    publisher = make_translator(journal, "pia", "en", actions=("publish",))
    as_publisher = browser_of(publisher)
    assert tabs(as_publisher)["To review"] == "0", "she may not publish the page itself"
    GroupPagePermission.objects.create(
        group=publisher.groups.get(name="Translators: pia"),
        page=journal.home,
        permission=Permission.objects.get(codename="publish_page"),
    )
    assert tabs(as_publisher)["To review"] == "1"


def test_a_requested_draft_is_to_be_taken(articles, as_ana, chief):
    assignments.ask(articles["draft"], "en", chief)
    assert set(titles(as_ana, tab="to_take")) == {"Le lac gèle", "Le brouillon"}


def test_tabs_keep_filters_and_filters_keep_the_tab(articles, as_ana):
    response = as_ana.get(WORKLIST, {"tab": "mine", "progress": "to_review", "q": "wind"})
    assert list(table(response)) == ["The wind"]
    page = soup(response)
    links = {text_of(a).rsplit(" ", 1)[0]: a for a in page.select(".diptych-worklist-tabs a")}
    assert links["Mine"]["aria-current"] == "page"
    assert not links["All"].has_attr("aria-current")
    assert list(table(as_ana.get(links["All"]["href"]))) == ["The wind"]
    assert table(as_ana.get(links["To take"]["href"])) == {}
    assert text_of(links["To take"]).endswith(" 0"), "as filtered"
    assert page.select_one("input[name=tab]")["value"] == "mine"


def test_what_was_sent_back_is_first_within_mine(articles, journal, as_ana, ana, chief):
    assigned(missing(journal, "Urgent"), ana, due_date=date(2020, 1, 1))
    assert titles(as_ana, tab="mine")[0] == "Urgent"
    send_back(articles["to_review"], "en", chief, "Shorter, please.")
    assert titles(as_ana, tab="mine") == ["The wind", "Urgent", "The bridge"]
    assert titles(as_ana, tab="mine", ordering="-title")[0] == "Urgent", "unless sorted otherwise"


def test_a_tab_that_does_not_exist_is_no_error(articles, as_ana):
    assert as_ana.get(WORKLIST, {"tab": "nowhere"}).status_code == 200
