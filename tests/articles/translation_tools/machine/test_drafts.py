"""Drafts by a machine: sent after it is said what that costs, confirmed, or taken back."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from diptych.articles.languages.translations.provenance import record_of
from diptych.articles.models import ArticlePage
from diptych.articles.translation_tools.machine.drafting import run_draft
from diptych.articles.translation_tools.machine.models import MachineDraft, MachineText
from tests.articles.languages.editor import draft_of
from tests.articles.side_by_side.screen import (
    address as side_by_side,
)
from tests.articles.side_by_side.screen import (
    body,
    change_source,
    look,
    make_member,
    mark,
    three_paragraphs,
    translated,
)
from tests.articles.translation_tools.glossary.entries import make_concept
from tests.articles.translation_tools.machine.drafts import (
    address,
    ask,
    failures,
    screen,
    take_back,
    text_of,
)
from tests.factories import make_article, make_topic, write_draft

RICH = '<p data-block-key="a">Un <b>lac <a href="https://lac.example/">gelé</a></b> &amp; fin.</p>'


@pytest.fixture
def article(journal):
    return three_paragraphs(journal)


def english_body(page):
    return [each["value"] for each in draft_of(page).body_en.raw_data]


def test_the_whole_is_drafted_after_it_is_said_what_that_costs(
    article, machine, settings, translator
):
    settings.DIPTYCH_TRANSLATION_MACHINE = machine.setting(PRICE=20, CURRENCY="CHF")
    before = text_of(translator.get(address(article)))
    assert "5 passages are missing or out of date. 12 words, 54 characters." in before
    assert "Estimated cost: 0.01 CHF" in before
    assert machine.requests == 0
    run = ask(translator, article)
    assert (run.state, failures(run), machine.requests) == ("done", [], 1)
    assert english_body(article) == ["<p>UN LAC.</p>", "<p>DEUX RIVES.</p>", "<p>TROIS PONTS.</p>"]
    assert draft_of(article).headline_en == "LE LAC"
    assert "5 passages are in the draft, to be confirmed." in text_of(screen(translator, run))
    history = text_of(translator.get(f"/admin/pages/{article.pk}/history/"))
    assert "5 texts for English sent to LibreTranslate (54 characters)" in history
    assert "5 texts in English drafted by LibreTranslate" in history


def test_it_is_a_third_way_to_start(article, machine, translator):
    start = translator.get(side_by_side(article)).content.decode()
    assert f'href="{address(article)}?start=1"' in start
    asked = translator.get(address(article), {"start": "1"}).content.decode()
    assert '<input type="hidden" name="start" value="1">' in asked
    assert ask(translator, article, start="1").is_start
    assert len(english_body(article)) == 3


def test_of_a_single_passage_nothing_else_is_sent(article, machine, translator):
    ask(translator, article, "body.b")
    assert machine.asked == ["Deux rives."]
    assert english_body(article) == ["<p>DEUX RIVES.</p>"]
    screen = look(translator, article)
    assert "Not confirmed (machine · LibreTranslate)" in screen.place("body.b").get_text()
    assert [each["href"] for each in screen.place("body.a").select("a")] == [
        f"{address(article)}?unit=body.a"
    ]
    assert not screen.place("body.b").select("a")


@pytest.mark.parametrize(
    ("key", "path"), [("lead", "lead_en"), ("body.b", "body_en.b")], ids=["field", "block"]
)
def test_a_draft_of_one_passage_leads_back_to_it(article, machine, translator, key, path):
    ask(translator, article, key)
    back = translator.get(ask.response.url, follow=True)
    assert back.redirect_chain == [(f"{side_by_side(article)}#:w:contentpath={path}", 302)]
    assert "1 passage is in the draft, to be confirmed. Take back…" in text_of(back)


def test_a_draft_of_one_passage_that_failed_says_why(article, machine, translator):
    machine.translate = lambda text: f"{text}<x id='9'/>"
    ask(translator, article, "lead")
    assert "It has a code that is not in the source." in text_of(
        translator.get(ask.response.url, follow=True)
    )


def test_the_last_draft_is_found_again_to_be_taken_back(article, machine, translator):
    run = ask(translator, article, "lead")
    link = f'href="/admin/diptych/machine-draft/{run.pk}/"'
    assert link in translator.get(address(article)).content.decode()
    take_back(translator, run)
    assert link not in translator.get(address(article)).content.decode()


def test_what_is_up_to_date_is_never_sent(journal, machine, translator):
    article = translated(journal)
    assert "There is nothing to translate here." in text_of(translator.get(address(article)))
    assert ask(translator, article) is None
    change_source(article, ("a", "Un grand lac."), ("b", "Deux rives."), ("c", "Trois ponts."))
    ask(translator, article)
    assert machine.asked == ["Un grand lac."]
    ask(translator, article)
    assert machine.requests == 1


def test_of_an_out_of_date_passage_both_versions_are_sent(journal, machine, settings, translator):
    settings.DIPTYCH_TRANSLATION_MACHINE = machine.setting("openai", URL=f"{machine.url}/v1")
    article = translated(
        journal,
        body_fr=body(("a", "paragraph", "<p>Un lac.</p><p>Deux rives.</p>")),
        body_en=body(("a", "paragraph", "<p>A lake.</p><p>Two banks.</p>")),
    )
    change_source(article, ("a", "paragraph", "<p>Un lac.</p><p>Deux <b>longues</b> rives.</p>"))
    run = ask(translator, article)
    assert machine.asked == [
        {
            "markup": 'Deux <g id="1">longues</g> rives.',
            "before": "Un lac.",
            "old_source": "Deux rives.",
            "old_translation": "Two banks.",
        }
    ]
    assert failures(run) == []
    assert english_body(article) == ["<p>A lake.</p><p>DEUX <b>LONGUES</b> RIVES.</p>"]
    assert run.engine == "tiny"


def test_terms_of_the_glossary_are_sent_with_their_passage(journal, machine, settings, translator):
    make_concept(fr="lac", en="mere", en_forbidden="lake")
    make_concept(fr="rive", en_forbidden="shore")
    article = three_paragraphs(journal)
    settings.DIPTYCH_TRANSLATION_MACHINE = machine.setting("openai", URL=f"{machine.url}/v1")
    run = ask(translator, article, "body.a", "body.b")
    assert [each.get("terms") for each in machine.asked] == [[["lac", "mere"]], None]
    make_concept(fr="rives", en="banks")
    take_back(translator, run)
    ask(translator, article, "body.a", "body.b")
    assert [each.get("terms") for each in machine.asked[2:]] == [[["rives", "banks"]]]


def test_the_question_costs_no_query_for_a_passage(
    journal, machine, translator, django_assert_num_queries
):
    make_concept(fr="lac", en="mere")
    short = three_paragraphs(journal)
    texts = [(f"p{number}", "paragraph", f"<p>Un lac {number}.</p>") for number in range(20)]
    long = make_article(journal, "Long", None, live_in=("fr",), body_fr=body(*texts))
    translator.get(address(short))
    with CaptureQueriesContext(connection) as queries:
        translator.get(address(short))
    with django_assert_num_queries(len(queries)):
        answer = translator.get(address(long))
    assert "22 passages are missing" in text_of(answer)


def test_markup_arrives_whole(journal, machine, translator):
    article = three_paragraphs(journal, body_fr=body(("a", "paragraph", RICH)))
    ask(translator, article, "body.a")
    assert machine.asked == ['Un <g id="1">lac <g id="2">gelé</g></g> &amp; fin.']
    loud = (
        '<p data-block-key="a">UN <b>LAC <a href="https://lac.example/">GELÉ</a></b> &amp; FIN.</p>'
    )
    assert english_body(article) == [loud]


def test_nothing_is_published_before_it_is_confirmed(article, machine, translator):
    run = ask(translator, article)
    assert set(record_of(draft_of(article), "en")["unconfirmed"].values()) == {
        "machine · LibreTranslate"
    }
    places = look(translator, article).places
    assert set(places.values()) == {"untranslated"}
    article.refresh_from_db()
    mark(translator, article, "diptych-confirm", *places)
    ArticlePage.objects.get(pk=article.pk).publish_languages(["en"])
    assert "en" in ArticlePage.objects.get(pk=article.pk).live_languages
    entries = record_of(draft_of(article), "en")["basis"]
    assert {each["origin"] for each in entries.values()} == {"machine · LibreTranslate"}
    assert "What was confirmed or changed since stays." in text_of(take_back(translator, run))
    assert draft_of(article).headline_en == "LE LAC"


def test_typography_is_that_of_the_target_language(journal, machine, translator, client):
    article = three_paragraphs(journal, body_fr=body(("a", "« Un lac ? »")))
    machine.translate = lambda text: '"A lake?"' if "lac ?" in text else "Something."
    ask(translator, article)
    article.refresh_from_db()
    mark(translator, article, "diptych-confirm", *look(translator, article).places)
    ArticlePage.objects.get(pk=article.pk).publish_languages(["en"])
    page = ArticlePage.objects.get(pk=article.pk)
    assert "“A lake?”" in client.get(page.url_in("en")).content.decode()


# Taken back


def test_a_start_is_taken_back_as_a_whole(article, machine, translator):
    before = draft_of(article)
    run = ask(translator, article, start="1")
    assert "5 texts of the machine have been taken back." in text_of(take_back(translator, run))
    after = draft_of(article)
    assert not after.headline_en and not after.body_en and not after.lead_en
    assert record_of(after, "en").get("basis", {}) == record_of(before, "en").get("basis", {})
    assert "unconfirmed" not in record_of(after, "en")
    assert "taken back" in text_of(translator.get(f"/admin/pages/{article.pk}/history/"))
    take_back(translator, run)
    assert PageLogEntry.objects.filter(action="diptych.undo_machine_draft").count() == 1


def test_figures_that_somebody_wrote_stay_when_a_start_is_taken_back(article, machine, translator):
    run = ask(translator, article, start="1")
    write_draft(draft_of(article), headline_en="1984")
    take_back(translator, run)
    after = draft_of(article)
    assert after.headline_en == "1984" and not after.body_en


def test_what_was_out_of_date_is_so_again(journal, machine, translator):
    article = translated(journal)
    change_source(article, ("a", "Un grand lac."), ("b", "Deux rives."), ("c", "Trois ponts."))
    before = draft_of(article)
    run = ask(translator, article)
    assert english_body(article)[0] == "<p>UN GRAND LAC.</p>"
    take_back(translator, run)
    after = draft_of(article)
    assert english_body(article)[0] == "<p>A lake.</p>"
    assert after.provenance_en["basis"] == before.provenance_en["basis"]
    assert look(translator, article).places["body.a"] == "outdated"


def test_what_somebody_changed_since_stays(article, machine, translator):
    run = ask(translator, article)
    write_draft(article, headline_en="A lake of mine")
    assert "4 texts of the machine have been taken back." in text_of(take_back(translator, run))
    assert draft_of(article).headline_en == "A lake of mine"
    assert english_body(article) == []


# Once


def test_the_same_text_is_sent_once(journal, machine, translator):
    same = [(name, "Photo du lac.") for name in "abc"]
    article = three_paragraphs(journal, body_fr=body(*same))
    run = ask(translator, article)
    assert machine.asked.count("Photo du lac.") == 1
    assert english_body(article) == ["<p>PHOTO DU LAC.</p>"] * 3
    take_back(translator, run)
    again = ask(translator, article)
    assert (again.pk != run.pk, again.state, machine.requests) == (True, "done", 1)
    assert english_body(article) == ["<p>PHOTO DU LAC.</p>"] * 3


def test_while_a_draft_is_under_way_no_other_begins(article, machine, translator):
    run = MachineDraft.objects.create(page_id=article.pk, language="en", source_language="fr")
    MachineText.objects.create(draft=run, entry="x", text={"markup": "Un lac."})
    assert ask(translator, article).pk == run.pk
    assert machine.requests == 0
    assert translator.get(address(article)).headers["location"].endswith(f"/{run.pk}/")
    shown = screen(translator, run)
    assert (shown.headers["refresh"], "0 of 1 passages" in text_of(shown)) == ("2", True)
    take_back(translator, run)
    run.refresh_from_db()
    assert run.state == "waiting"


# Permissions


@pytest.mark.parametrize(
    ("codenames", "status"),
    [(("edit_en",), 302), (("send_to_machine",), 302), (("edit_en", "send_to_machine"), 200)],
)
def test_only_who_may_send_texts_to_a_machine_does(journal, machine, client, codenames, status):
    article = three_paragraphs(journal)
    user = make_member(journal, *codenames)
    ours = Permission.objects.filter(content_type__app_label="diptych_translation_tools")
    user.user_permissions.add(*ours.filter(codename__in=codenames))
    client.force_login(user)
    run = MachineDraft.objects.create(
        page_id=article.pk, language="en", source_language="fr", state="done"
    )
    assert screen(client, run).status_code == status
    assert client.get(address(article)).status_code == status
    ask(client, article)
    assert (machine.requests > 0) == (status == 200)
    if "edit_en" in codenames:
        offered = address(article) in client.get(side_by_side(article)).content.decode()
        assert offered == (status == 200)


def test_who_lost_the_permission_meanwhile_sends_nothing(journal, machine, client):
    article = three_paragraphs(journal)
    user = make_member(journal, "edit_en")
    run = MachineDraft.objects.create(
        page_id=article.pk, language="en", source_language="fr", started_by=user
    )
    MachineText.objects.create(draft=run, entry="x", text={"markup": "Un lac."})
    known = {"state": "answered", "answer": "A lake."}
    MachineText.objects.create(draft=run, entry="y", text={"markup": "Un lac."}, **known)
    UserProfile.objects.create(user=user, preferred_language="en")
    run_draft.func(run.pk)
    run.refresh_from_db()
    assert (run.state, machine.requests) == ("stopped", 0)
    assert "may not send" in run.error
    assert [each.state for each in run.texts.all()] == ["failed", "failed"]


def test_a_machine_drafts_a_topic_too(journal, machine, translator):
    topic = make_topic(journal, "Le lac", None)
    ask(translator, topic)
    topic.refresh_from_db()
    assert topic.get_latest_revision_as_object().headline_en == "LE LAC"


def test_there_is_no_draft_of_the_source_or_of_an_unknown_language(article, machine, translator):
    assert translator.get(address(article, "fr")).status_code == 302
    assert translator.get(address(article, "xx")).status_code == 404
    ask(translator, article, language="fr")
    assert machine.requests == 0
