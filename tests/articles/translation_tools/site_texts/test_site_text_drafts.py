"""Drafts of site texts by a machine: variables are kept, readers see nothing of them."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.utils import translation
from wagtail.models import ModelLogEntry

from diptych.articles.interface_texts.models import UnconfirmedText
from diptych.articles.translation_tools.machine import limits
from diptych.articles.translation_tools.machine.models import MachineDraft
from diptych.articles.translation_tools.site_texts.drafting import pieces_of
from tests.articles.interface_texts.conftest import HEADER, make_translator
from tests.articles.interface_texts.form import FRENCH, open_form
from tests.articles.translation_tools.glossary.entries import make_concept
from tests.articles.translation_tools.machine.drafts import failures, text_of
from tests.forms import form_values

pytestmark = pytest.mark.django_db

DRAFT = "/admin/diptych/site-text-draft/fr/0/"


def make_sender(*languages):
    user = make_translator(*languages)
    user.user_permissions.add(Permission.objects.get(codename="send_to_machine"))
    return user


@pytest.fixture
def sender(translator):
    """A browser of somebody who may edit French and send texts to a machine."""
    translator.force_login(make_sender("fr"))
    return translator


def ask(client):
    """Have the open texts drafted; returns the run."""
    ask.response = client.post(DRAFT)
    return MachineDraft.objects.first()


def waiting():
    return sorted(tuple(each.forms) for each in UnconfirmedText.objects.all())


def emptied(locale, *translations):
    """Take the French of texts out of the catalogue."""
    path = locale / "fr" / "LC_MESSAGES" / "django.po"
    text = path.read_text(encoding="utf-8")
    for each in translations:
        text, count = re.subn(rf'(msgstr\S*) "{re.escape(each)}"', r'\1 ""', text)
        assert count
    path.write_text(text, encoding="utf-8")


def test_texts_without_words_are_drafted_after_it_is_said_what_that_costs(
    sender, machine, settings, saved_text
):
    settings.DIPTYCH_TRANSLATION_MACHINE = machine.setting(PRICE=20, CURRENCY="CHF")
    assert DRAFT in sender.get(FRENCH).content.decode()
    before = text_of(sender.get(DRAFT))
    assert "2 passages are missing or out of date. 5 words, 27 characters." in before
    assert "Estimated cost: 0.01 CHF" in before
    assert machine.requests == 0

    run = ask(sender)

    assert (run.state, failures(run), machine.requests) == ("done", [], 1)
    assert sorted(machine.asked) == ['Read <g id="1">now</g>', "Share"]
    assert waiting() == [("READ <b>NOW</b>",), ("SHARE",)]
    assert (saved_text("Share"), saved_text("Read on")) == ("", "Lire la suite")
    assert "2 texts wait to be confirmed." in text_of(sender.get(ask.response.url))
    form = open_form(sender, msg_filter="unconfirmed")
    assert "machine · LibreTranslate" in form.rows["Share"].get_text()
    form.tick("Share").post(sender)
    assert saved_text("Share") == "SHARE"
    said = ModelLogEntry.objects.filter(content_type__model="machinedraft").order_by("pk")
    assert [(each.action, each.user.username[:6]) for each in said] == [
        ("diptych.send_to_machine", "reader"),
        ("diptych.machine_draft", "reader"),
    ]
    with translation.override("en"):
        assert said[0].message == "2 texts for French sent to LibreTranslate (27 characters)"


def test_variables_and_plurals_come_back_whole(sender, machine, locale):
    emptied(locale, "Par %(name)s", "%(count)s page", "%(count)s pages")

    ask(sender)

    assert 'By <x id="1"/>' in machine.asked
    assert ("BY %(name)s",) in waiting()
    assert ("%(count)s PAGE", "%(count)s PAGES") in waiting()


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ("PAR", "%(name)s is missing; copy it from the source as it is."),
        ('<x id="1"/> <x id="1"/>', "%(name)s is not in the source; take it out."),
        ('PAR <x id="2"/>', "It has a code that is not in the source."),
        ("PAR %(nom)s", "%(name)s is missing"),
        ("<b>PAR</b>", "It has a code that is not in the source."),
        (" ", "The machine answered without a text."),
    ],
)
def test_a_text_that_lost_a_variable_is_refused(sender, machine, locale, made, reason):
    emptied(locale, "Par %(name)s")
    machine.translate = lambda text: made if text.startswith("By ") else text.upper()

    run = ask(sender)

    (why,) = [reason for markup, reason in failures(run) if markup.startswith("By ")]
    assert reason in why
    assert ("SHARE",) in waiting()
    assert not any("PAR" in forms[0] for forms in waiting())
    assert "Without a translation" in text_of(sender.get(ask.response.url))


def test_a_form_without_an_answer_leaves_its_plural_out(sender, machine, locale):
    emptied(locale, "%(count)s page", "%(count)s pages")
    machine.translate = lambda text: "" if text.endswith("pages") else text.upper()

    run = ask(sender)

    assert dict(failures(run)) == {
        '<x id="1"/> page': "A plural needs all its forms.",
        '<x id="1"/> pages': "The machine answered without a text.",
    }


def test_what_was_drafted_is_not_sent_again(sender, machine):
    ask(sender)
    machine.asked.clear()

    assert "There is nothing to translate here." in text_of(sender.get(DRAFT))
    assert ask(sender).pk == MachineDraft.objects.get().pk
    assert machine.asked == []


def test_a_text_written_meanwhile_stays(sender, machine, saved_text, later):
    run = ask(sender)
    open_form(sender).type("Share", "Partager").post(sender)

    later(run)

    assert failures(run) == [("Share", "It was translated here since the file was made.")]
    assert saved_text("Share") == "Partager"
    assert waiting() == [("READ <b>NOW</b>",)]


def test_the_whole_is_taken_back_but_for_what_was_confirmed(sender, machine, saved_text):
    run = ask(sender)
    open_form(sender).tick("Share").post(sender)

    answer = sender.post(ask.response.url, follow=True)

    assert waiting() == []
    assert saved_text("Share") == "SHARE"
    assert "1 text of the machine has been taken back." in text_of(answer)
    assert "What was confirmed or changed since stays." in text_of(answer)
    run.refresh_from_db()
    assert run.state == "undone"
    assert sender.post(ask.response.url).status_code == 302


def test_a_machine_that_fails_leaves_the_texts_as_they_are(sender, machine):
    machine.answer = lambda request: request.say(500, {})

    run = ask(sender)

    assert run.state == "stopped"
    assert waiting() == []
    assert "The machine answered with an error (500)." in text_of(sender.get(ask.response.url))
    assert ask(sender).pk != run.pk


def test_terms_of_the_glossary_are_sent(sender, machine, settings):
    settings.DIPTYCH_TRANSLATION_MACHINE = {
        **machine.setting("openai"),
        "URL": f"{machine.url}/v1",
    }
    make_concept(en=["share"], fr=["partager"])

    ask(sender)

    sent = {each["markup"]: each for each in machine.asked}
    assert sent["Share"]["terms"] == [["share", "partager"]]
    assert sent["Share"]["before"] == "verb"


def test_texts_of_readers_go_before_those_of_the_administration(sender, machine, locale):
    path = locale / "fr" / "LC_MESSAGES" / "django.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f'{text}\n#: articles/languages/admin/views.py\nmsgid "Lock"\nmsgstr ""\n', encoding="utf-8"
    )

    assert "1 text is left for another draft" in text_of(sender.get(DRAFT))
    ask(sender)

    answer = text_of(sender.get(ask.response.url))
    assert "1 text of the catalogue is still open: a draft has a limit" in answer
    assert "Ask for what is still open" in answer
    assert "Lock" not in machine.asked
    question = text_of(sender.get(DRAFT))
    assert "1 passage is missing" in question and "for another draft" not in question
    ask(sender)
    assert "still open" not in text_of(sender.get(ask.response.url))
    assert "Lock" in machine.asked


def test_a_text_too_long_for_any_draft_is_named_and_keeps_nothing_back(
    sender, machine, monkeypatch
):
    monkeypatch.setattr(limits, "MOST_CHARACTERS", 6)
    question = text_of(sender.get(DRAFT))
    assert "1 passage is missing or out of date. 1 word, 5 characters." in question
    assert "Read <b>now</b> · It is longer than the 6 characters that one draft sends" in question
    assert "for another draft" not in question

    ask(sender)

    assert (machine.asked, waiting()) == (["Share"], [("SHARE",)])
    assert "It is longer than the 6 characters" in text_of(sender.post(DRAFT, follow=True))
    assert machine.requests == 1


def test_what_one_draft_does_not_send_is_counted_with_its_limit(sender, machine, monkeypatch):
    monkeypatch.setattr(limits, "MOST_CHARACTERS", 24)

    question = text_of(sender.get(DRAFT))

    assert "1 text is left for another draft" in question
    assert "one draft sends 24 characters at most." in question


ITALIAN = """msgctxt "verb"
msgid "Share"
msgstr "Condividi"

msgid "By %(name)s"
msgstr "Di %(name)s"

msgid "%(count)s page"
msgid_plural "%(count)s pages"
msgstr[0] "%(count)s pagina"
msgstr[1] "%(count)s pagine"
"""


@pytest.fixture
def italian(locale, monkeypatch):
    """The path of an Italian catalogue, in a language of the site."""
    path = locale / "it" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + ITALIAN, encoding="utf-8")
    languages = "diptych.articles.translation_tools.site_texts.texts.available_languages"
    monkeypatch.setattr(languages, lambda: ("fr", "en", "it"))
    return path


def test_texts_are_drafted_from_another_language_that_has_words(sender, machine, locale, italian):
    emptied(locale, "Par %(name)s", "%(count)s page", "%(count)s pages")
    question = sender.get(DRAFT, {"source": "it"})
    assert "Translated from English Italian 3 texts have no words in it" in text_of(question)
    assert "4 passages are missing or out of date." in text_of(question)
    values = form_values(question.content.decode(), "diptych-send")

    answer = sender.post(DRAFT, values, follow=True)

    run = MachineDraft.objects.get()
    assert (run.source_language, failures(run)) == ("it", [])
    assert sorted(machine.asked) == [
        '<x id="1"/> pagina',
        '<x id="1"/> pagine',
        "Condividi",
        'Di <x id="1"/>',
    ]
    assert waiting() == [
        ("%(count)s PAGINA", "%(count)s PAGINE"),
        ("CONDIVIDI",),
        ("DI %(name)s",),
    ]
    assert "still open" not in text_of(answer)
    assert "There is nothing to translate here." in text_of(sender.get(DRAFT, {"source": "it"}))
    assert "1 passage is missing" in text_of(sender.get(DRAFT))


def test_what_lost_its_words_in_the_source_meanwhile_is_refused(sender, machine, italian, later):
    sender.post(DRAFT, {"source": "it"})
    run = MachineDraft.objects.get()
    italian.write_text(italian.read_text().replace('"Condividi"', '"Spartisci"'))

    later(run)

    assert failures(run) == [("Condividi", "The source has changed since the file was made.")]
    assert waiting() == []


@pytest.mark.parametrize("source", ["de", "fr", "xx", ""])
def test_any_other_language_is_english(sender, machine, italian, source):
    sender.post(DRAFT, {"source": source})

    assert MachineDraft.objects.get().source_language == "en"


@pytest.mark.parametrize("languages", [(), ("en",)])
def test_only_who_edits_the_language_and_may_send_texts_does(
    client, translator, machine, languages
):
    assert DRAFT not in translator.get(FRENCH).content.decode()
    for answer in (translator.get(DRAFT), translator.post(DRAFT), translator.get(f"{DRAFT}1/")):
        assert answer.status_code == 403
    client.force_login(make_sender(*languages))
    for answer in (client.get(DRAFT), client.post(DRAFT), client.post(f"{DRAFT}1/")):
        assert answer.status_code == 403
    assert machine.requests == 0


def test_there_is_no_draft_of_english_nor_of_others(client, translator, machine):
    client.force_login(make_sender("fr", "en"))
    assert "site-text-draft" not in client.get(FRENCH.replace("/fr/", "/en/")).content.decode()
    assert client.get(DRAFT.replace("/fr/", "/en/")).status_code == 403
    assert client.get(f"{DRAFT}99999/").status_code == 404
    assert client.get(DRAFT.replace("/0/", "/7/")).status_code == 404
    run = ask(client)
    assert client.get(f"/admin/diptych/machine-draft/{run.pk}/").status_code == 404


def test_who_lost_the_permission_sends_nothing_any_more(sender, machine, later):
    run = ask(sender)
    run.started_by.user_permissions.clear()

    later(run)

    assert (run.state, machine.requests, waiting()) == ("stopped", 0, [])


def test_a_catalogue_that_is_gone_takes_no_answers(sender, machine, locale):
    def vanish(request):
        (locale / "fr" / "LC_MESSAGES" / "django.po").unlink()
        return False

    machine.answer = vanish

    run = ask(sender)

    assert {reason for _markup, reason in failures(run)} == {"The catalogue is not there any more."}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("A %(n)s <b>c</b>", ["alone", "start", "end"]),
        ("<a href='%(url)s'>a</a> {n}", ["start", "end", "alone"]),
        ("<b>a<br>b</b>", ["start", "alone", "end"]),
        ("<b>a<i>b</b>c</i>", ["start", "alone", "end", "alone"]),
        ("</b> <title> 5 < 6", ["alone", "alone"]),
        ("<strong>a</strong> <strong>b</strong>", ["start", "end", "start", "end"]),
    ],
)
def test_tags_that_belong_together_are_one_code(text, parts):
    pieces = pieces_of(text)
    codes = [each for each in pieces if not isinstance(each, str)]
    assert [each.part for each in codes] == parts
    assert "".join(each if isinstance(each, str) else each.html for each in pieces) == text
