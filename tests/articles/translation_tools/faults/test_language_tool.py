"""Hints of a server of LanguageTool, and servers that fail."""

import time
from urllib.parse import parse_qs

import pytest
from django.core.cache import cache
from django.core.checks import run_checks

from diptych.articles.translation_tools.faults import language_tool
from tests.articles.side_by_side.screen import body, three_paragraphs, translated
from tests.articles.translation_tools.glossary.test_strip import (
    ask,
    hints_of_review,
    strip,
    text_of,
    url,
)
from tests.articles.translation_tools.machine.server import dripping, machine

REASON = "‘Lakes’ is a plural."
GRAMMAR = f"“lakes is” may be wrong: perhaps “lakes are”. {REASON}"
UNANSWERED = "LanguageTool does not answer: its hints are missing."
BESIDE = "Des lacs sont ici, près d’un pont."


@pytest.fixture
def server(settings):
    """A server that knows two faults, in whatever text stands there."""
    cache.clear()
    with machine() as running:
        running.answer = answer
        settings.DIPTYCH_LANGUAGE_TOOL = {"URL": f"{running.url}/"}
        yield running
    cache.clear()


@pytest.fixture
def article(journal):
    return three_paragraphs(journal)


def answer(request, better=("lakes are", "lake is")):
    sent = {name: value for name, (value,) in parse_qs(request.server.sent).items()}
    request.server.asked.append(sent)
    text = sent["text"].encode("utf-16-le")
    matches = [
        match(text, "lakes is", "GRAMMAR", better),
        *(match(text, each, "TYPOS", ["lake"]) for each in ("lkae", "Bienne", "pont")),
    ]
    return request.say(200, {"matches": [each for each in matches if each]})


def match(text, words, category, better):
    place = text.find(words.encode("utf-16-le"))
    return place >= 0 and {
        "offset": place // 2,
        "length": len(words),
        "message": REASON,
        "replacements": [{"value": each} for each in better],
        "rule": {"id": "X", "category": {"id": category}},
    }


def hints(client, page, target, **values):
    found = strip(ask(client, page, BESIDE, target, **values))
    return [text_of(each) for each in found.select("[data-term-hint]")]


def test_grammar_and_spelling_are_hints(server, article, translator):
    found = strip(ask(translator, article, BESIDE, "🏔️ The lakes is near a lkae of Bienne, pont."))
    assert [text_of(each) for each in found.select("[data-term-hint]")] == [
        GRAMMAR,
        "Not in the dictionary: lkae.",
    ]
    assert found.select_one("[lang=en]").get_text() == REASON
    (sent,) = server.asked
    assert sent["language"] == "en-US"
    assert "TYPOGRAPHY" in sent["disabledCategories"]


def test_what_was_answered_is_not_asked_again(server, article, translator):
    first, second = (hints(translator, article, "The lakes is near.") for _twice in range(2))
    assert first == second == [GRAMMAR]
    assert server.requests == 1


def test_without_a_better_text_it_is_only_doubted(server, article, translator):
    server.answer = lambda request: answer(request, better=())
    assert hints(translator, article, "The lakes is near.") == [
        f"“lakes is” may be wrong. {REASON}"
    ]


def test_hints_are_hidden_in_one_place(server, article, translator):
    posted = {"kind": "grammar", "place": "body.a", "muted": "true"}
    assert translator.post(url(article, "mute"), posted).status_code == 204
    assert hints(translator, article, "The lakes is near.") == []
    assert hints(translator, article, "The lakes is near.", place="body.b") == [GRAMMAR]


def test_a_review_asks_once_for_all_passages(server, journal, translator):
    french = body(*((key, "paragraph", f"<p>{BESIDE} {key}.</p>") for key in "abc"))
    english = body(
        *(
            (key, "paragraph", f"<p>Here lakes {verb} near.</p>")
            for key, verb in (("a", "are"), ("b", "is"), ("c", "were"))
        )
    )
    article = translated(journal, body_fr=french, body_en=english)
    assert hints_of_review(translator, article) == [GRAMMAR]
    assert server.requests == 1
    assert hints_of_review(translator, article) == [GRAMMAR]
    assert server.requests == 1


def test_long_articles_are_asked_for_in_parts(server, journal, translator, monkeypatch):
    monkeypatch.setattr(language_tool, "MOST", 30)
    french = body(*((key, "paragraph", f"<p>{BESIDE} {key}.</p>") for key in "abc"))
    english = body(*((key, "paragraph", f"<p>{key} The lakes is near.</p>") for key in "abc"))
    article = translated(journal, body_fr=french, body_en=english)
    assert hints_of_review(translator, article) == [GRAMMAR] * 3
    assert server.requests > 3
    assert all(len(each["text"]) <= 30 for each in server.asked)


@pytest.mark.parametrize(
    "rude",
    [
        lambda request: request.say(500, {}),
        lambda request: request.say(429, {}),
        lambda request: request.say(200, []),
        lambda request: request.say(200, {"matches": [{"offset": "1"}]}),
        lambda request: request.say(200, {"matches": 3}),
        lambda request: request.say(302, {}, location="http://127.0.0.1:9/"),
        dripping,
    ],
    ids=["error", "busy", "list", "other match", "number", "redirect", "dripping"],
)
def test_a_server_that_fails_is_said_and_left_alone_for_a_while(
    server, article, translator, rude, monkeypatch
):
    monkeypatch.setattr(language_tool, "SECONDS", 0.5)
    server.answer = rude
    start = time.monotonic()
    assert hints(translator, article, "A lake in 1989, the the.") == [
        "“the” is written twice.",
        UNANSWERED,
    ]
    assert time.monotonic() - start < 5
    server.answer = answer
    assert hints(translator, article, "The lakes is near.") == [UNANSWERED]
    assert server.requests == 1
    cache.clear()  # as after a minute
    assert hints(translator, article, "The lakes is near.") == [GRAMMAR]


def test_a_review_says_once_that_the_server_fails(server, journal, translator):
    server.answer = lambda request: request.say(500, {})
    assert hints_of_review(translator, translated(journal)).count(UNANSWERED) == 1


def test_nothing_is_asked_without_a_text(server, article, translator):
    assert hints(translator, article, "") == []
    assert server.requests == 0


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("http://localhost", ["E004"]),
        ({"URL": "localhost:8010"}, ["E004"]),
        ({"URL": "http://["}, ["E004"]),
        ({"URL": None}, ["E004"]),
        ({"URL": "http://localhost:8010", "LANGUAGES": ["en"]}, ["E004"]),
        ({"URL": "https://api.languagetool.org"}, ["W001"]),
        ({"URL": "http://localhost:8010", "LANGUAGES": {"en": "en-GB"}}, []),
        ({}, []),
    ],
)
def test_the_setting_is_checked(settings, setting, said):
    settings.DIPTYCH_LANGUAGE_TOOL = setting
    numbers = [each.id.rpartition(".")[2] for each in run_checks() if "LANGUAGE_TOOL" in each.msg]
    assert numbers == said


@pytest.mark.parametrize(
    ("language", "code"), [("en", "en-GB"), ("fr", "fr"), ("de-ch", "de-CH"), ("pt", "pt-PT")]
)
def test_languages_have_the_codes_of_language_tool(server, settings, language, code):
    settings.DIPTYCH_LANGUAGE_TOOL["LANGUAGES"] = {"en": "en-GB"}
    language_tool.found_in({"a": "Words."}, language)
    assert server.asked[0]["language"] == code
