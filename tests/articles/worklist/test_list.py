"""The worklist: what it lists, finds, sorts and exports."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from diptych.articles.languages.publication.reviewing import send_back
from tests.articles.admin.html import cell, soup, table, text_of
from tests.articles.worklist.people import (
    WORKLIST,
    assigned,
    browser_of,
    make_translator,
    missing,
    titles,
)
from tests.factories import make_article, make_topic, make_user, write_draft


def test_each_state_is_said_in_words(articles, as_chief):
    shown = table(as_chief.get(WORKLIST))
    states = {title: row["Translation"] for title, row in shown.items()}
    assert states["Le lac gèle"] == "Missing"
    assert states["The bridge"] == "In progress"
    assert states["The wind"] == "To review"
    assert states["The snow"] == "Out of date"
    assert states["The train"] == "Up to date"


def test_live_or_not_and_words_that_wait(articles, as_chief):
    shown = table(as_chief.get(WORKLIST))
    assert (shown["Le lac gèle"]["Live"], shown["Le lac gèle"]["Words"]) == (
        "Not live",
        "8 to translate",
    )
    assert (shown["The snow"]["Live"], shown["The snow"]["Words"]) == ("Live", "2 changed")
    assert (shown["The train"]["Live"], shown["The train"]["Words"]) == ("Live", "–")


def test_a_mark_beside_the_words_of_each_state(articles, as_chief):
    response = as_chief.get(WORKLIST)
    marks = {
        cell(response, title, "Translation").use["href"]
        for title in ("Le lac gèle", "The bridge", "The wind", "The snow", "The train")
    }
    assert len(marks) == 5


def test_a_translation_that_was_sent_back_says_so(articles, as_chief, chief):
    send_back(articles["to_review"], "en", chief, "Shorter, please.")
    said = table(as_chief.get(WORKLIST))
    assert said["The wind"]["Translation"] == "In progress Sent back"
    assert "Sent back" not in said["The bridge"]["Translation"]
    exported = csv.DictReader(io.StringIO(export(as_chief, "csv").decode()))
    states = {row["Headline"]: row["Translation"] for row in exported}
    assert states["The wind"] == "In progress, Sent back"
    assert states["The bridge"] == "In progress"


def test_headlines_are_those_of_the_language_and_say_which_it_is(articles, as_chief):
    write_draft(articles["in_progress"], headline_en="The new bridge")
    response = as_chief.get(WORKLIST)
    assert cell(response, "The new bridge", "Headline").select_one("[lang]")["lang"] == "en"
    assert cell(response, "Le lac gèle", "Headline").select_one("[lang]")["lang"] == "fr"


def test_originals_are_listed_only_when_asked_for(articles, as_chief):
    assert "Le train" not in titles(as_chief)
    originals = table(as_chief.get(WORKLIST, {"progress": "original"}))
    assert originals["Le train"]["Language"] == "French"


def test_an_article_written_in_english_waits_for_french(journal, as_chief):
    make_article(journal, None, "Rivers", live_in=("en",), source_language="en")
    row = table(as_chief.get(WORKLIST))["Rivers"]
    assert (row["Language"], row["Translation"]) == ("French", "Missing")


def test_who_edited_last(journal, ana, as_ana, as_chief):
    page = missing(journal)
    draft = page.get_latest_revision_as_object()
    draft.headline_en = "The lake"
    draft.save_revision(user=ana)
    assert "Ana Costa" in table(as_chief.get(WORKLIST))["The lake"]["Last"]


def test_a_headline_leads_to_where_the_translation_is_written(articles, as_ana):
    link = cell(as_ana.get(WORKLIST), "The bridge", "Headline").a
    assert str(articles["in_progress"].pk) in link["href"]
    assert as_ana.get(link["href"].split("#")[0]).status_code == 200


FILTERS = [
    ({"progress": "missing"}, {"Le lac gèle"}),
    ({"progress": ["outdated", "to_review"]}, {"The snow", "The wind"}),
    ({"live": "yes"}, {"The snow", "The train"}),
    ({"live": "no", "progress": "in_progress"}, {"The bridge"}),
    ({"language": "fr"}, set()),
    ({"claimed": "me"}, {"Le lac gèle", "The wind"}),
    ({"due": "overdue"}, {"The bridge"}),
    ({"due": "week"}, {"Le lac gèle"}),
    ({"due": "none", "live": "no"}, {"The wind"}),
    ({"progress": "missing", "q": "lac"}, {"Le lac gèle"}),
    ({"q": "snow"}, {"The snow"}),
    ({"q": "neige"}, {"The snow"}),
    ({"q": "nowhere"}, set()),
]


def test_filters_and_search(articles, as_ana, ana, ben, subtests):
    assigned(articles["missing"], ana, due_date=timezone.localdate() + timedelta(days=2))
    assigned(articles["in_progress"], ben, due_date=timezone.localdate() - timedelta(days=1))
    articles_only = reverse("diptych_articles:index")
    assert as_ana.get(articles_only).status_code == 200
    of_articles = {"content_type": content_type_of(articles["missing"])}
    for parameters, found in FILTERS:
        with subtests.test(**parameters):
            assert set(titles(as_ana, **of_articles, **parameters)) == found


def content_type_of(page):
    return page.content_type_id


def test_filter_by_person_and_by_nobody(articles, as_chief, ana, ben):
    assigned(articles["missing"], ana)
    assigned(articles["in_progress"], ben)
    assert titles(as_chief, claimed=ben.pk) == ["The bridge"]
    ben.is_active = False
    ben.save()
    free = titles(as_chief, claimed="nobody")
    assert "The bridge" in free
    assert "Le lac gèle" not in free


def test_filter_by_page_type(articles, journal, as_chief):
    topic = make_topic(journal, "Climat", None, live_in=("fr",))
    assert titles(as_chief, content_type=topic.content_type_id) == ["Climat"]


def test_a_due_date_of_what_is_done_is_not_overdue(articles, as_chief, ana):
    yesterday = timezone.localdate() - timedelta(days=1)
    assigned(articles["up_to_date"], ana, due_date=yesterday)
    assigned(articles["missing"], ana, due_date=yesterday)
    shown = table(as_chief.get(WORKLIST))
    assert "Overdue" in shown["Le lac gèle"]["Due"]
    assert "Overdue" not in shown["The train"]["Due"]


@pytest.mark.rare
def test_sorting(articles, as_chief, ana):
    kind = content_type_of(articles["missing"])
    assigned(articles["up_to_date"], ana, due_date=date(2030, 1, 1))
    assigned(articles["missing"], ana, due_date=date(2030, 5, 1))
    assigned(articles["outdated"], ana, due_date=date(2030, 3, 1))

    def order(key):
        return titles(as_chief, content_type=kind, ordering=key)

    assert order("title") == ["Le lac gèle", "The bridge", "The snow", "The train", "The wind"]
    assert order("-title") == list(reversed(order("title")))
    assert order("state") == ["Le lac gèle", "The bridge", "The wind", "The snow", "The train"]
    assert order("-words")[0] == "Le lac gèle"
    assert order("due")[:2] == ["The snow", "Le lac gèle"], "what is done is due no more"
    assert order("-edited")[0] in ("The train", "Le lac gèle")
    assert order("nonsense") == titles(as_chief, content_type=kind)
    write_draft(articles["in_progress"], headline_en="A new bridge")
    assert order("title")[0] == "A new bridge", "by the newest draft"


def test_newest_work_comes_first(articles, as_chief):
    write_draft(articles["in_progress"], headline_fr="Le pont neuf")
    assert titles(as_chief)[0] == "The bridge"


def test_nothing_found_leads_back_to_all(articles, as_chief):
    page = soup(as_chief.get(WORKLIST, {"q": "nowhere"}))
    assert "No translation is like this." in text_of(page.main)
    assert page.select_one(f"main a[href='{WORKLIST}']")


def test_a_worklist_without_pages_says_so(empty_tree, admin):
    assert "Nothing is to be translated" in text_of(soup(admin.get(WORKLIST)).main)


def export(client, kind, **parameters):
    return b"".join(client.get(WORKLIST, {"export": kind, **parameters}).streaming_content)


def test_export_as_text(articles, as_chief, ana):
    assigned(articles["missing"], ana, due_date=date(2020, 5, 1), comment="Soon, please")
    rows = csv.DictReader(io.StringIO(export(as_chief, "csv", live="no").decode()))
    by_headline = {row["Headline"]: row for row in rows}
    row = by_headline["Le lac gèle"]
    assert row["Language"] == "English"
    assert row["Translation"] == "Missing"
    assert row["Live"] == "Not live"
    assert row["Words to translate"] == "8"
    assert row["Claimed by"] == "Ana Costa"
    assert row["Due date"] == "2020-05-01"
    assert row["Overdue"] == "Yes"
    assert row["Comment"] == "Soon, please"
    assert "The train" not in by_headline, "filters count for an export too"


def test_export_as_a_workbook_in_french(articles, chief, ana):
    assigned(articles["missing"], ana, due_date=date(2030, 5, 1))
    content = export(browser_of(chief, "fr"), "xlsx", claimed=ana.pk, progress="missing")
    headings, values = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    row = dict(zip(headings, values, strict=True))
    assert "Le lac gèle" in row.values()
    assert 8 in row.values(), "numbers are numbers"


def test_only_pages_that_one_may_work_on(journal, articles):
    from django.contrib.auth.models import Group
    from wagtail.models import GroupPagePermission

    user = make_translator(journal, "lea", "en")
    GroupPagePermission.objects.filter(group__user=user).update(page=journal.topics)
    make_topic(journal, "Climat", None, live_in=("fr",))
    client = browser_of(user)
    assert set(titles(client)) == {"Topics", "Climat"}
    Group.objects.filter(user=user).first().page_permissions.all().delete()
    assert client.get(WORKLIST).status_code == 302


def test_a_reader_of_the_admin_without_pages_is_turned_away(journal):
    client = browser_of(make_user("reader", "nemo"))
    assert client.get(WORKLIST).status_code == 302


def test_it_stands_in_the_menu_of_those_who_edit_pages(journal, as_ana):
    assert WORKLIST in as_ana.get(reverse("wagtailadmin_home")).content.decode()


def test_results_alone_for_the_search_as_one_types(articles, as_chief):
    response = as_chief.get(f"{WORKLIST}results/", {"q": "snow"})
    assert list(table(response)) == ["The snow"]
    assert b"<html" not in response.content
