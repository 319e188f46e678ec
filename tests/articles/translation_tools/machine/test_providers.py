"""The setting, and each provider that it can name."""

from importlib.util import find_spec

import pytest
from django.core.checks import run_checks

from diptych.articles.translation_tools.machine import setting
from diptych.articles.translation_tools.machine.interface import Provider, Text
from tests.articles.languages.editor import draft_of
from tests.articles.side_by_side.screen import address as side_by_side
from tests.articles.side_by_side.screen import three_paragraphs
from tests.articles.translation_tools.machine.drafts import address, ask, text_of

OTHER = "tests.articles.translation_tools.machine.test_providers.Backwards"


class Backwards(Provider):
    name = "Backwards"

    def translate(self, texts, source_language, target_language):
        if self.options.get("FAILS"):
            raise KeyError("key=secret")
        return [each.markup[::-1] for each in texts]


def faults():
    """What the system check says of the setting, in the language of the process."""
    return [each.msg for each in run_checks() if each.id == "diptych_translation_tools.E002"]


#: Settings that are wrong, and what is said of them.
FAULTS = {
    "a text": ("deepl", "has to be a dictionary"),
    "unknown": ({"PROVIDER": "babel"}, "there is no provider “babel”"),
    "a list": ({"PROVIDER": ["deepl"]}, "there is no provider"),
    "no class": ({"PROVIDER": "django.conf.settings"}, "there is no provider"),
    "no address": ({"PROVIDER": "libretranslate"}, "lacks URL"),
    "no model": ({"PROVIDER": "openai", "URL": "https://a.example"}, "lacks MODEL"),
    "other scheme": ({"PROVIDER": "libretranslate", "URL": "file:///etc"}, "has to begin with"),
    "no host": ({"PROVIDER": "libretranslate", "URL": "https://[a"}, "has to begin with"),
    "a price in words": ({"PROVIDER": OTHER, "PRICE": "20"}, "PRICE has to be a number"),
    "no translator": ({"PROVIDER": "wagtail_localize", "CLASS": "no.such"}, "cannot be used"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_wrong_setting_is_said_by_the_check_and_on_the_screen(
    journal, translator, settings, name
):
    settings.DIPTYCH_TRANSLATION_MACHINE, said = FAULTS[name]
    assert len(faults()) == 1
    article = three_paragraphs(journal)
    shown = translator.get(address(article))
    assert (shown.status_code, said in text_of(shown)) == (200, True), text_of(shown)
    sent = translator.post(address(article), follow=True)
    assert (sent.status_code, said in text_of(sent)) == (200, True)
    assert translator.get(side_by_side(article)).status_code == 200


@pytest.mark.parametrize("value", [None, {}, "", {"KEY": "", "PROVIDER": ""}])
def test_without_a_setting_there_is_no_machine(journal, translator, settings, value):
    settings.DIPTYCH_TRANSLATION_MACHINE = value
    article = three_paragraphs(journal)
    assert faults() == []
    assert address(article) not in translator.get(side_by_side(article)).content.decode()
    assert "No machine is set up." in text_of(translator.get(address(article)))
    assert "No machine is set up." in text_of(translator.post(address(article), follow=True))


def test_a_provider_of_the_project(journal, translator, settings):
    settings.DIPTYCH_TRANSLATION_MACHINE = {"PROVIDER": OTHER}
    article = three_paragraphs(journal)
    ask(translator, article)
    assert draft_of(article).headline_en == "cal eL"


def test_one_that_raises_anything_is_said_without_its_words(journal, translator, settings, caplog):
    settings.DIPTYCH_TRANSLATION_MACHINE = {"PROVIDER": OTHER, "FAILS": True}
    run = ask(translator, three_paragraphs(journal))
    assert (run.state, "see the log" in run.error) == ("stopped", True)
    assert "secret" not in run.error


TEXTS = [Text('Un <g id="1">lac</g> &amp; fin.', "Avant.", "Après."), Text("Deux rives.")]


def test_libretranslate(machine, settings):
    settings.DIPTYCH_TRANSLATION_MACHINE = machine.setting("libretranslate")
    assert setting.provider().translate(TEXTS, "fr", "en") == [
        'UN <g id="1">LAC</g> &amp; FIN.',
        "DEUX RIVES.",
    ]


def test_chat_completions(machine, settings):
    url = f"{machine.url}/v1/"
    settings.DIPTYCH_TRANSLATION_MACHINE = machine.setting("openai", URL=url, TONE="plain")
    found = setting.provider().translate(TEXTS, "fr", "en")
    assert found == ['UN <g id="1">LAC</g> &amp; FIN.', "DEUX RIVES."]
    assert machine.asked[0]["after"] == "Après."


@pytest.mark.skipif(find_spec("deepl") is None, reason="needs deepl")
def test_deepl(machine, settings):
    settings.DIPTYCH_TRANSLATION_MACHINE = machine.setting("deepl")
    found = setting.provider().translate(TEXTS, "fr", "en")
    assert found == ['UN <g id="1">LAC</g> &amp; FIN.', "DEUX RIVES."]


@pytest.mark.skipif(find_spec("deepl") is None, reason="needs deepl")
@pytest.mark.parametrize(
    ("language", "code"),
    [("en", "EN-GB"), ("en-us", "EN-US"), ("pt-br", "PT-BR"), ("pt", "PT-PT"), ("de-ch", "DE")],
)
def test_deepl_is_asked_for_the_variant_of_a_language(machine, settings, language, code):
    settings.DIPTYCH_TRANSLATION_MACHINE = machine.setting("deepl")
    setting.provider().translate(TEXTS, "fr", language)
    assert f'"{code}"' in machine.sent or f"target_lang={code}&" in f"{machine.sent}&"


@pytest.mark.skipif(find_spec("deepl") is None, reason="needs deepl")
@pytest.mark.parametrize(
    ("code", "said"),
    [(456, "quota"), (429, "no more requests"), (403, "refuses the key"), (500, "error (500)")],
)
def test_deepl_says_why_not(journal, machine, translator, settings, code, said):
    settings.DIPTYCH_TRANSLATION_MACHINE = machine.setting("deepl")
    machine.answer = lambda request: request.say(code, {"message": "no"})
    run = ask(translator, three_paragraphs(journal))
    assert (said in run.error, machine.requests) == (True, 1), run.error


def test_without_its_package_deepl_says_what_to_install(settings):
    settings.DIPTYCH_TRANSLATION_MACHINE = {"PROVIDER": "deepl", "KEY": "secret"}
    assert len(faults()) == (find_spec("deepl") is None)


def test_a_translator_of_wagtail_localize(journal, translator, settings):
    settings.DIPTYCH_TRANSLATION_MACHINE = {
        "PROVIDER": "wagtail_localize",
        "CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator",
    }
    article = three_paragraphs(journal)
    run = ask(translator, article)
    assert (run.state, run.error, run.engine) == ("done", "", "Dummy translator")
    assert draft_of(article).headline_en == "lac Le"
