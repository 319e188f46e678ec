"""What is near an article is shown while it is being written, with the reasons."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from diptych.articles.models import ExcludedArticle, JournalSettings, PickedArticle
from diptych.articles.related.admin.suggestions import Proposal, telling
from tests.articles.admin.html import soup, text_of
from tests.factories import blocks, make_article, make_topic, paragraphs, publish_draft, sign_in

pytestmark = pytest.mark.django_db

ICE = "Ice covers the frozen harbour while skaters cross the northern lake. " * 8
GLACE = "La glace couvre le port gelé et les patineurs traversent le lac du nord. " * 8
TAX = "The budget raises the tax on income and the minister defends the deficit. " * 8


def suggestions_of(client, article):
    """The answer to a form that is not valid, which compares what is stored."""
    answer = client.post(reverse("diptych_related_suggestions", args=[article.pk]), {})
    assert answer.status_code == 200
    return answer


def languages_of(answer):
    return {each.code: each for each in answer.context["languages"]}


def test_the_nearest_comes_first_with_the_reasons(admin, journal):
    climate = make_topic(journal)
    make_article(journal, "Budget", "Budget day", body_en=paragraphs(TAX))
    make_article(journal, "Glace", "Skating north", body_en=paragraphs(ICE), topics=[climate])
    written = make_article(journal, body_en=paragraphs(ICE), topics=[climate], live_in=())
    call_command("rebuild_related", verbosity=0)
    answer = suggestions_of(admin, written)
    english = languages_of(answer)["en"]
    # Fewer are shown rather than one on something else.
    assert [each.name for each in english.shown] == ["Skating north"] and not english.others
    topic, words = english.shown[0].reasons
    assert topic == "Same topic: Climate"
    assert '“<span lang="en">harbour</span>”' in words
    assert ">the<" not in words


@pytest.mark.rare
def test_what_shares_nothing_to_speak_of_has_no_reason(admin, journal):
    english_only = {"live_in": ("en",)}
    make_article(journal, "Budget", "Budget day", body_en=paragraphs(TAX), **english_only)
    little = paragraphs("These are what they were. " * 9)
    make_article(journal, "Autre", "Of these", body_en=little, **english_only)
    little = paragraphs("They were. " * 30)
    written = make_article(journal, "Ceux", "Were these", body_en=little, **english_only)
    for number in range(5):
        make_article(journal, f"Sel {number}", f"Salt {number}", **english_only)
    call_command("rebuild_related", verbosity=0)
    english = languages_of(suggestions_of(admin, written))["en"]
    reasons = {each.name: each.reasons for each in [*english.shown, *english.others]}
    assert reasons.get("Of these", []) == [] and "Budget day" not in reasons


def test_words_that_say_what_two_texts_are_about():
    assert telling(["barricade", "20", "voir", "insurgent"]) == ["barricade", "insurgent"]
    assert telling(["20", "1848"]) == telling(["voir", "toward", "quinze"]) == []
    assert telling(["barricade", "1848"]) == []


@pytest.mark.rare
def test_numbers_function_words_and_a_single_word_explain_nothing(admin, journal):
    english_only = {"live_in": ("en",)}
    texts = {
        "Twenty": "20 47 1848 ",
        "Everywhere": "voir ici devant toward quinze twenty thousand ",
        "Barricade": "barricade 1848 ",
        "Revolution": "barricade insurgent voir ",
    }
    for name, text in texts.items():
        make_article(journal, None, name, body_en=paragraphs(text * 20), **english_only)
    body = paragraphs("".join(text * 20 for text in texts.values()))
    written = make_article(journal, "Nombres", "Numbers", body_en=body, **english_only)
    call_command("rebuild_related", verbosity=0)
    english = languages_of(suggestions_of(admin, written))["en"]
    reasons = {each.name: each.reasons for each in [*english.shown, *english.others]}
    (telling,) = reasons.pop("Revolution")
    assert ">insurgent<" in telling and ">barricade<" in telling and ">voir<" not in telling
    assert reasons == {"Twenty": [], "Everywhere": [], "Barricade": []}


@pytest.mark.rare
def test_words_of_another_language_explain_only_what_they_bring_together(admin, journal):
    long = {"body_fr": paragraphs(GLACE), "body_en": paragraphs(TAX)}
    make_article(journal, "Lac", "Lake", body_fr=paragraphs(GLACE))
    make_article(journal, "Budget", "Budget day", **long)
    full = make_article(journal, "Patins", "Skates", **long)
    short = make_article(journal, "Patineurs", "Skaters", body_fr=paragraphs(GLACE))
    for number in range(6):
        make_article(journal, f"Sel {number}", f"Salt {number}")
    call_command("rebuild_related", verbosity=0)

    def reasons_for(article, name):
        english = languages_of(suggestions_of(admin, article))["en"]
        [found] = [each for each in [*english.shown, *english.others] if each.name == name]
        return " ".join(found.reasons)

    assert "atineurs" not in reasons_for(full, "Budget day")
    assert "In French, both speak of" in reasons_for(full, "Lake")
    assert '<span lang="fr">Patineurs</span>' in reasons_for(short, "Lake")


def test_what_becomes_of_each_pick_is_told(admin, journal):
    topics = [make_topic(journal)]
    hidden = make_article(journal, "Caché", "Hidden", live_in=("fr",))
    linked = make_article(journal, "Cité", "Quoted")
    picks = [make_article(journal, f"Choix {each}", f"Pick {each}") for each in range(3)]
    make_article(journal, "Autre", "Other", topics=topics)
    text = f'<p>After <a linktype="page" id="{linked.pk}">this</a>.</p>'
    body = blocks(("paragraph", text))
    picks = [hidden, linked, *picks]
    written = make_article(journal, picks=picks, body_en=body, topics=topics)
    call_command("rebuild_related", verbosity=0)
    answer = suggestions_of(admin, written)
    french, english = languages_of(answer).values()
    assert [each.name for each in french.shown] == ["Caché", "Cité", "Choix 0"]
    assert [each.name for each in french.beyond] == ["Choix 1", "Choix 2"]
    assert not french.missing
    assert [each.name for each in english.shown] == ["Quoted", "Pick 0", "Pick 1"]
    assert [each.name for each in english.beyond] == ["Pick 2"]
    assert [(pick.name, instead) for pick, instead in english.missing] == [("Caché", None)]
    assert "readers get nothing in its place" in answer.content.decode()
    publish_draft(written, picks=[PickedArticle(suggestion=hidden)])
    [(pick, instead)] = languages_of(suggestions_of(admin, written))["en"].missing
    assert (pick.name, instead.is_pick) == ("Caché", False)


def test_why_readers_are_not_shown_a_pick_is_told(admin, journal):
    secret, never = make_article(journal, "Secret", "Secret"), make_article(journal, "Non", "No")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")
    written = make_article(journal, "Ici", "Here", picks=[secret, never])
    PickedArticle.objects.create(article=written, suggestion=written)
    ExcludedArticle.objects.create(article=written, excluded=never)
    answer = suggestions_of(admin, written)
    english = languages_of(answer)["en"]
    assert not (english.shown or english.missing or english.beyond)
    said = [text_of(each) for each in soup(answer).select("[lang] .help-block.help-warning")]
    for sentence in (
        "“Secret” is private: readers are not shown it.",
        "“No” is among the articles never to suggest as well: readers are not shown it.",
        "“Here” is this article itself: readers are not shown it.",
    ):
        assert sentence in said


@pytest.mark.rare
def test_three_are_listed_with_one_reason_each_and_the_others_on_demand(admin, journal):
    climate = make_topic(journal)
    for number in range(6):
        text = paragraphs(f"{ICE} number{number}")
        make_article(journal, f"Gel {number}", f"Frost {number}", body_en=text, topics=[climate])
    written = make_article(journal, body_en=paragraphs(ICE), topics=[climate], live_in=())
    JournalSettings.objects.update_or_create(site=journal.site, defaults={"related_count": 4})
    call_command("rebuild_related", verbosity=0)
    answer = suggestions_of(admin, written)
    english = languages_of(answer)["en"]
    names = [each.name for each in english.shown]
    assert len(names) == 4 and len(english.others) == 2
    [section] = soup(answer).select("section:has([lang=en])")
    listed = section.select(":scope > ol > li")
    assert [line.select_one(".diptych-related__title").text for line in listed] == names[:3]
    for line in listed:
        assert not line.details.has_attr("open")
        assert line.summary.select_one(".diptych-related__why").text == "Same topic: Climate"
        assert [each.text for each in line.select("ul > li")] == ["Same topic: Climate"]
        assert len(line.select("button")) == 3
    more = section.select_one(":scope > details")
    assert more.ol["start"] == "4"
    assert [each.text for each in more.ol.select(".diptych-related__title")] == names[3:]
    others = [each.text for each in more.select(":scope > ul .diptych-related__title")]
    assert others == [each.name for each in english.others]


def test_whoever_may_not_edit_is_told_nothing(client, journal):
    written = make_article(journal)
    sign_in(client, "reader")
    answer = client.post(reverse("diptych_related_suggestions", args=[written.pk]), {})
    assert answer.status_code in (302, 403)


@pytest.mark.parametrize(
    ("language", "name", "quoted"),
    [
        ("fr", "Traduire «\u202fnation\u202f» et « peuple »", "Traduire “nation” et “peuple”"),
        ("en", "Translating “nation”", "Translating ‘nation’"),
        ("en", "Traduire « nation »", "Traduire « nation »"),
    ],
)
def test_quotation_marks_within_a_quoted_name(language, name, quoted):
    with override(language):
        assert Proposal(1, name, "").quoted == quoted
