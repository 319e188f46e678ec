"""Texts of several images by a machine: chosen in their list, they wait in the forms of images."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, ModelLogEntry

from diptych.articles.images.models import UnconfirmedImageText
from diptych.articles.translation_tools.machine import limits
from diptych.articles.translation_tools.machine.models import MachineDraft
from tests.articles.translation_tools.glossary.entries import make_concept
from tests.articles.translation_tools.machine.drafts import failures, text_of
from tests.articles.worklist.people import make_translator, speak
from tests.committing import CommittingClient
from tests.factories import make_image, make_user
from tests.forms import form_values

pytestmark = pytest.mark.django_db
ACTION = "/admin/bulk/diptych/captionedimage/machine_draft/"
NOTHING = "There is nothing to translate here."


@pytest.fixture(autouse=True)
def _actions(monkeypatch):
    """Wagtail looks for bulk actions again, with the setting of the test."""
    monkeypatch.setattr(bulk_action_registry, "actions", {})
    monkeypatch.setattr(bulk_action_registry, "has_scanned_for_bulk_actions", False)


def browser_of(user):
    speak(user, "en")
    client = CommittingClient()
    client.force_login(user)
    return client


@pytest.fixture
def translator():
    return browser_of(make_user("admin"))


def make(title, alt="", caption="", **values):
    """An image with texts in French only."""
    image = make_image(title, 32, 32)
    texts = {"alt_fr": alt, "caption_fr": caption, "alt_en": "", "caption_en": "", **values}
    get_image_model().objects.filter(pk=image.pk).update(**texts)
    return image


@pytest.fixture
def images():
    return [make("Lac", "Un lac <gelé>", "Le lac en 1963."), make("Pont", "Un pont")]


def address(*images, **chosen):
    query = [("id", each.pk) for each in images] + [("next", "/admin/images/"), *chosen.items()]
    return f"{ACTION}?" + "&".join(f"{name}={value}" for name, value in query)


def ask(client, *images, **chosen):
    """Have the texts drafted; returns the newest draft of images, if any."""
    ask.response = client.post(address(*images, **chosen))
    return MachineDraft.objects.filter(page=None, catalogue=None).first()


def screen(run):
    return reverse("diptych_image_texts_run", args=(run.pk,))


def waiting():
    rows = UnconfirmedImageText.objects.order_by("image", "field")
    return [(row.image.title, row.field, row.text) for row in rows]


ALL = [
    ("Lac", "alt", "UN LAC <GELÉ>"),
    ("Lac", "caption", "LE LAC EN 1963."),
    ("Pont", "alt", "UN PONT"),
]


def history(action):
    entries = ModelLogEntry.objects.filter(action=action).order_by("pk")
    with translation.override("en"):
        return [(each.label, each.message) for each in entries]


def test_missing_texts_are_drafted_after_it_is_said_what_that_costs(
    images, machine, settings, translator
):
    settings.DIPTYCH_TRANSLATION_MACHINE = machine.setting(PRICE=20, CURRENCY="CHF")
    assert ACTION in translator.get("/admin/images/").content.decode()
    before = text_of(translator.get(address(*images)))
    assert "3 passages are missing or out of date. 8 words, 41 characters." in before
    assert "Estimated cost: 0.01 CHF" in before
    assert "Lac: Alternative text Un lac <gelé>" in before
    assert machine.requests == 0

    run = ask(translator, *images)

    assert (run.state, failures(run), machine.requests) == ("done", [], 1)
    assert ask.response.url == screen(run)
    assert waiting() == ALL
    assert set(get_image_model().objects.values_list("alt_en", "caption_en")) == {("", "")}
    assert "3 texts wait to be confirmed." in text_of(translator.get(screen(run)))
    assert reverse("diptych_image_texts:index") in translator.get(screen(run)).content.decode()
    form = text_of(translator.get(reverse("wagtailimages:edit", args=(images[0].pk,))))
    assert "UN LAC <GELÉ> From “machine · LibreTranslate”" in form
    assert history("diptych.send_to_machine") == [
        ("Lac", "2 texts for English sent to LibreTranslate (34 characters)"),
        ("Pont", "1 text for English sent to LibreTranslate (7 characters)"),
    ]
    assert history("diptych.machine_draft") == [
        ("Lac", "2 texts in English drafted by LibreTranslate"),
        ("Pont", "1 text in English drafted by LibreTranslate"),
    ]


def test_places_are_named_by_the_typography_of_the_language(images, machine, translator):
    speak(get_user_model().objects.get(), "fr")

    question = translator.get(address(images[1])).content.decode()

    assert "<td>Pont\N{NO-BREAK SPACE}: Texte de remplacement</td>" in question


def test_a_waiting_text_says_that_its_source_has_changed(images, machine, translator):
    ask(translator, *images)
    get_image_model().objects.filter(pk=images[1].pk).update(alt_fr="Deux ponts")

    report = text_of(translator.get(reverse("diptych_image_texts:index")))

    assert "UN PONT The source has changed since." in report


def test_what_is_there_waits_or_is_decorative_is_never_sent(machine, translator):
    there = make("Là", "Un lac", "1963", alt_en="A lake")
    plain = make("Décor", "Un filet", is_decorative=True)
    wordless = make("Muet", caption_en="Mute")

    ask(translator, there, plain, wordless)

    assert machine.asked == ["1963"]
    assert NOTHING in text_of(translator.get(address(there, plain, wordless)))
    answer = translator.post(address(there, plain, wordless), follow=True)
    assert NOTHING in text_of(answer)
    assert (machine.requests, MachineDraft.objects.count()) == (1, 1)


def test_the_languages_are_chosen_on_the_screen(images, machine, translator):
    english = make("Island", alt_en="An island")
    shown = translator.get(address(english))
    assert NOTHING in text_of(shown)
    links = BeautifulSoup(shown.content, "lxml").select("main a[href^='?']")
    assert [each.get_text() for each in links] == ["French", "English"]
    url = f"{ACTION}{links[0]['href']}"
    question = translator.get(url)
    assert "1 passage is missing" in text_of(question)

    translator.post(url, form_values(question.content.decode(), "diptych-send"))

    (row,) = UnconfirmedImageText.objects.all()
    assert (row.language, row.text, row.source_language) == ("fr", "AN ISLAND", "en")
    for target in ("xx", "de", ""):
        assert "Machine draft into English" in text_of(
            translator.get(address(english, target=target))
        )


def test_terms_of_the_glossary_are_sent(images, machine, settings, translator):
    settings.DIPTYCH_TRANSLATION_MACHINE = machine.setting("openai", URL=f"{machine.url}/v1")
    make_concept(fr=["pont"], en=["bridge"])

    ask(translator, images[1])

    assert [each["terms"] for each in machine.asked] == [[["pont", "bridge"]]]


def test_all_images_of_the_list_are_chosen_at_once(images, machine, translator):
    translator.post(f"{ACTION}?id=all&next=/admin/images/")

    assert waiting() == ALL


@pytest.mark.parametrize("query", ["", "?id=abc", "?id=99999999", "?id=all&draft=x"])
def test_an_address_without_images_is_none(images, machine, translator, query):
    assert translator.post(f"{ACTION}{query}").status_code == 404
    assert machine.requests == 0


def test_the_question_costs_no_query_for_an_image(images, machine, django_assert_num_queries):
    client = browser_of(make_sender())
    many = [make(f"Île {number}", f"Une île {number}") for number in range(20)]
    client.get(address(*images))
    with CaptureQueriesContext(connection) as queries:
        client.get(address(*images))
    with django_assert_num_queries(len(queries)):
        answer = client.get(address(*images, *many))
    assert "23 passages are missing" in text_of(answer)


# Rights


def make_sender(language="en", collection=None):
    """Somebody who may send texts in a language, and change the images of a collection."""
    user = make_user("reader")
    names = ["access_admin", "send_to_machine", f"edit_{language}"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    change = Permission.objects.get(
        codename="change_image", content_type__app_label="wagtailimages"
    )
    group = user.groups.create(name=f"Images of {user.username}")
    collection = collection or Collection.get_first_root_node()
    GroupCollectionPermission.objects.create(group=group, collection=collection, permission=change)
    return user


def test_only_who_edits_the_language_and_may_send_texts_does(journal, images, machine):
    user = make_translator(journal, "ines", "en")
    client, run = browser_of(user), MachineDraft.objects.create(language="en", state="done")
    send = Permission.objects.get(codename="send_to_machine")
    for answer in (client.get(address(*images)), client.post(address(*images))):
        assert answer.url == "/admin/images/"
    assert "You may not send texts to a machine." in text_of(client.get("/admin/"))
    for answer in (client.get(screen(run)), client.post(screen(run))):
        assert answer.status_code == 302 and answer.url == "/admin/"
    user.user_permissions.add(send)

    answer = client.post(address(*images), follow=True)

    assert NOTHING in text_of(answer)
    assert "Lac · You may not change this image." in text_of(answer)
    assert (machine.requests, waiting()) == (0, [])
    sender = browser_of(make_sender("fr"))
    assert "Machine draft into French" in text_of(sender.get(address(*images, target="en")))
    assert sender.get(screen(run)).status_code == 302


def test_images_that_one_may_not_change_are_left_out_and_named(images, machine):
    collection = Collection.get_first_root_node().add_child(name="Ponts")
    get_image_model().objects.filter(pk=images[1].pk).update(collection=collection)
    client = browser_of(make_sender(collection=collection))
    question = text_of(client.get(address(*images)))
    assert "1 passage is missing" in question
    assert "Not sent Lac · You may not change this image." in question

    ask(client, *images)

    assert (machine.asked, waiting()) == (["Un pont"], ALL[2:])


def test_a_draft_with_images_that_one_may_not_change_is_not_shown(images, machine, translator):
    collection = Collection.get_first_root_node().add_child(name="Ponts")
    get_image_model().objects.filter(pk=images[1].pk).update(collection=collection)
    run = ask(translator, *images)
    client = browser_of(make_sender(collection=collection))

    assert client.get(screen(run)).status_code == 302
    client.post(screen(run))

    assert waiting() == ALL
    assert client.get(f"{ACTION}?id=all&draft={run.pk}").url == "/admin/"
    assert screen(run) not in client.get(address(images[1])).content.decode()
    assert screen(run) in translator.get(address(images[1])).content.decode()


def test_who_lost_the_permission_sends_nothing_any_more(images, machine, later):
    run = ask(browser_of(make_sender()), *images)
    run.started_by.user_permissions.clear()

    later(run)

    assert (run.state, machine.requests, waiting()) == ("stopped", 0, [])


def test_an_image_that_was_moved_out_of_reach_takes_no_answer(images, machine, later):
    ponts = Collection.get_first_root_node().add_child(name="Ponts")
    other = Collection.get_first_root_node().add_child(name="Autres")
    get_image_model().objects.update(collection=ponts)
    run = ask(browser_of(make_sender(collection=ponts)), *images)
    get_image_model().objects.filter(pk=images[1].pk).update(collection=other)

    later(run)

    assert failures(run) == [("Un pont", "You may not change this image.")]
    assert waiting() == ALL[:2]


def test_there_is_no_draft_of_images_of_other_kinds(images, machine, translator, journal):
    of_texts = MachineDraft.objects.create(catalogue=0, language="en", state="done")
    assert translator.get(screen(of_texts)).status_code == 404
    run = ask(translator, *images)
    assert translator.get(f"/admin/diptych/machine-draft/{run.pk}/").status_code == 404
    assert translator.get(f"/admin/diptych/site-text-draft/fr/0/{run.pk}/").status_code == 404


@pytest.mark.parametrize("setting", [None, {}, {"PROVIDER": ""}])
def test_without_a_machine_there_is_no_such_action(images, settings, translator, setting):
    settings.DIPTYCH_TRANSLATION_MACHINE = setting
    run = MachineDraft.objects.create(language="en", state="undone")

    assert "machine_draft" not in translator.get("/admin/images/").content.decode()
    assert translator.get(address(*images)).status_code == 404
    assert "Ask for what is still open" not in text_of(translator.get(screen(run)))


def test_a_wrong_setting_is_said(images, machine, settings, translator):
    settings.DIPTYCH_TRANSLATION_MACHINE = {"PROVIDER": "deeple"}

    said = "DIPTYCH_TRANSLATION_MACHINE: there is no provider “deeple”."
    assert said in text_of(translator.get(address(*images)))
    assert said in text_of(translator.post(address(*images), follow=True))


# What goes wrong


def test_a_draft_under_way_is_not_begun_twice(images, machine, translator, later):
    run = ask(translator, *images)
    other = make("Île", "Une île")

    assert ask(translator, *images).pk == run.pk
    assert ask.response.url == screen(run)
    assert translator.get(address(images[1])).url == screen(run)
    more = ask(translator, *images, other)

    assert [each.label for each in more.texts.all()] == ["Île: Alternative text"]
    assert "0 of 3 passages" in text_of(translator.get(screen(run)))
    assert translator.get(screen(run))["Refresh"]
    later(run)
    later(more)
    assert sorted(machine.asked) == ["Le lac en 1963.", "Un lac &lt;gelé&gt;", "Un pont", "Une île"]


def test_one_that_nothing_takes_up_is_in_nobodys_way(images, machine, translator, later):
    run = ask(translator, *images)
    MachineDraft.objects.update(started_at=timezone.now() - timedelta(days=2))

    assert ask(translator, *images).pk != run.pk


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda request: request.say(500, {}), "The machine answered with an error (500)."),
        (lambda request: request.say(200, {"translatedText": ["a"]}), "cannot be read"),
    ],
    ids=["500", "too few"],
)
def test_a_machine_that_fails_is_asked_again_for_what_is_open(
    images, machine, translator, answer, reason
):
    machine.answer = answer
    run = ask(translator, *images)
    assert (run.state, waiting()) == ("stopped", [])
    shown = translator.get(screen(run))
    assert reason in text_of(shown)
    assert "Pont: Alternative text Un pont" in text_of(shown)
    (again,) = BeautifulSoup(shown.content, "lxml").select("main a[href*='draft=']")
    machine.answer = lambda request: False
    make("Île", "Une île")
    assert "3 passages are missing" in text_of(translator.get(again["href"]))

    translator.post(again["href"])

    assert waiting() == ALL


def test_a_machine_that_takes_no_requests_is_asked_later(images, machine, translator):
    machine.answer = lambda request: request.say(429, {})

    run = ask(translator, *images)

    assert (run.state, run.attempts, waiting()) == ("waiting", 1, [])
    assert "It is asked again at" in text_of(translator.get(screen(run)))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("", "The machine answered without a text."),
        ("PONT<x id='1'/>", "It has a code that is not in the source."),
        ("<b>PONT</b>", "It has a code that is not in the source."),
        ("a" * 300, "It has 300 characters; 255 are possible."),
        ("\N{ZERO WIDTH SPACE}", "The machine answered without a text."),
    ],
)
def test_an_answer_that_is_no_text_is_refused(images, machine, translator, answer, reason):
    machine.translate = lambda text: answer if "pont" in text else text.upper()

    run = ask(translator, *images)

    assert failures(run) == [("Un pont", reason)]
    assert waiting() == ALL[:2]
    assert reason in text_of(translator.get(screen(run)))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"alt_fr": "Deux ponts"}, "The source has changed since the file was made."),
        ({"alt_en": "A bridge"}, "It was translated here since the file was made."),
        ({"alt_en": "UN PONT"}, "The machine gives the text that stands there."),
        ({"is_decorative": True}, "There is no such image any more, or it has no text"),
        (None, "There is no such image any more, or it has no text"),
    ],
    ids=["source", "translated", "the same", "decorative", "deleted"],
)
def test_what_changed_meanwhile_takes_no_answer(images, machine, translator, later, values, reason):
    run = ask(translator, *images)
    found = get_image_model().objects.filter(pk=images[1].pk)
    found.delete() if values is None else found.update(**values)

    later(run)

    ((text, said),) = failures(run)
    assert (text, said[: len(reason)]) == ("Un pont", reason)
    assert waiting() == ALL[:2]


def test_what_waits_meanwhile_stays(images, machine, translator, later):
    run = ask(translator, images[1])
    place = {"image": images[1], "field": "alt", "language": "en"}
    UnconfirmedImageText.objects.create(**place, text="A bridge", origin="bridges.po")

    later(run)

    assert failures(run) == [("Un pont", "It was translated here since the file was made.")]
    assert waiting() == [("Pont", "alt", "A bridge")]


# Taken back


def test_the_whole_is_taken_back_but_for_what_was_confirmed_or_changed(images, machine, translator):
    run = ask(translator, *images)
    get_image_model().objects.filter(pk=images[0].pk).update(alt_en="UN LAC")
    UnconfirmedImageText.objects.get(image=images[0], field="alt").delete()
    UnconfirmedImageText.objects.filter(image=images[1]).update(text="A bridge", origin="a.po")

    answer = translator.post(screen(run), follow=True)

    assert waiting() == [("Pont", "alt", "A bridge")]
    assert "1 text of the machine has been taken back." in text_of(answer)
    assert "What was confirmed or changed since stays." in text_of(answer)
    assert history("diptych.undo_machine_draft") == [
        ("Lac", "1 text in English by LibreTranslate taken back")
    ]
    run.refresh_from_db()
    assert run.state == "undone"
    translator.post(screen(run))
    assert len(history("diptych.undo_machine_draft")) == 1


def test_what_was_taken_back_is_drafted_again_without_a_request(images, machine, translator):
    run = ask(translator, *images)
    translator.post(screen(run))
    assert waiting() == []

    ask(translator, *images)

    assert waiting() == ALL
    assert machine.requests == 1


# Limits


def test_what_one_draft_does_not_send_is_counted(images, machine, translator, monkeypatch):
    monkeypatch.setattr(limits, "MOST_CHARACTERS", 36)

    question = text_of(translator.get(address(*images)))

    assert "2 passages are missing or out of date. 6 words, 34 characters." in question
    assert "1 text is left for another draft: one draft sends 36 characters at most." in question
    ask(translator, *images)
    ask(translator, *images)
    assert waiting() == ALL


def test_a_text_too_long_for_any_draft_is_named(images, machine, translator, monkeypatch):
    monkeypatch.setattr(limits, "MOST_CHARACTERS", 16)
    said = "It is longer than the 16 characters that one draft sends at most."

    question = text_of(translator.get(address(*images)))

    assert f"Lac: Alternative text: Un lac <gelé> · {said}" in question
    get_image_model().objects.filter(pk=images[0].pk).update(caption_fr="")
    assert said in text_of(translator.post(address(images[0]), follow=True))
    assert machine.requests == 0
