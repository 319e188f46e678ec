"""Texts of an image by a machine: in its form, and stored by whoever saves that."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import translation
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission, ModelLogEntry

from diptych.articles.images.models import UnconfirmedImageText
from diptych.articles.images.unconfirmed import propose
from tests.articles.translation_tools.glossary.entries import make_concept
from tests.articles.translation_tools.machine.drafts import text_of
from tests.articles.worklist.people import browser_of, make_translator
from tests.factories import make_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    image = make_image()
    image.alt_fr, image.alt_en = "Un lac <gelé>", ""
    image.caption_fr, image.caption_en = "Le lac en 1963.", ""
    image.save()
    return image


def address(image, language="en"):
    return reverse("diptych_image_draft", args=(image.pk, language))


def edit(image):
    return reverse("wagtailimages:edit", args=(image.pk,))


def shown(response):
    """The texts in the form."""
    fields = BeautifulSoup(response.content, "lxml").select("[name^=alt_], [name^=caption_]")
    return {each["name"]: each.get("value") or each.get_text().strip() for each in fields}


def stored(image):
    image = get_image_model().objects.get(pk=image.pk)
    return image.alt_en, image.caption_en


def test_missing_texts_are_drafted_into_the_form_and_stored_by_saving_it(
    image, machine, settings, translator
):
    settings.DIPTYCH_TRANSLATION_MACHINE = machine.setting(PRICE=20, CURRENCY="CHF")
    assert f'href="{address(image)}"' in translator.get(edit(image)).content.decode()
    before = text_of(translator.get(address(image)))
    assert "2 passages are missing or out of date. 6 words, 34 characters." in before
    assert "Estimated cost: 0.01 CHF" in before
    assert machine.requests == 0

    form = translator.post(address(image))

    assert machine.asked == ["Un lac &lt;gelé&gt;", "Le lac en 1963."]
    assert shown(form)["alt_en"] == "UN LAC <GELÉ>"
    assert shown(form)["caption_en"] == "LE LAC EN 1963."
    assert shown(form)["alt_fr"] == "Un lac <gelé>"
    assert "Texts by LibreTranslate stand in the form: read them, then save." in text_of(form)
    assert text_of(form).count("By LibreTranslate, not stored yet.") == 2
    assert stored(image) == ("", "")
    (entry,) = ModelLogEntry.objects.filter(action="diptych.send_to_machine")
    with translation.override("en"):
        assert entry.message == "2 texts for English sent to LibreTranslate (34 characters)"
    data = {"title": image.title, "collection": image.collection_id, **shown(form)}
    assert translator.post(edit(image), data).status_code == 302
    assert stored(image) == ("UN LAC <GELÉ>", "LE LAC EN 1963.")


def test_what_has_a_text_is_never_sent(image, machine, translator):
    image.alt_en = "A lake"
    image.save()

    form = translator.post(address(image))

    assert machine.asked == ["Le lac en 1963."]
    assert shown(form)["alt_en"] == "A lake"
    assert f'href="{address(image, "fr")}"' not in form.content.decode()


def test_what_waits_to_be_confirmed_is_not_offered_again(image, machine, translator):
    propose([UnconfirmedImageText(image=image, language="en", field="alt", text="A lake")])

    translator.post(address(image))
    assert machine.asked == ["Le lac en 1963."]

    propose([UnconfirmedImageText(image=image, language="en", field="caption", text="1963")])
    assert address(image) not in translator.get(edit(image)).content.decode()
    translator.post(address(image))
    assert machine.requests == 1


@pytest.mark.parametrize(
    "values",
    [{"alt_fr": "", "caption_fr": ""}, {"alt_en": "A lake", "caption_en": "1963"}],
    ids=["no source", "all there"],
)
def test_where_nothing_is_missing_nothing_is_offered(image, machine, translator, values):
    get_image_model().objects.filter(pk=image.pk).update(**values)

    assert address(image) not in translator.get(edit(image)).content.decode()
    assert "There is nothing to translate here." in text_of(translator.get(address(image)))
    answer = translator.post(address(image), follow=True)
    assert "There is nothing to translate here." in text_of(answer)
    assert machine.requests == 0


def test_a_decorative_picture_lacks_no_text(image, machine, translator):
    get_image_model().objects.filter(pk=image.pk).update(is_decorative=True)

    assert address(image) not in translator.get(edit(image)).content.decode()
    translator.post(address(image))
    assert machine.requests == 0


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("", "The machine answered without a text."),
        ("LAC<x id='1'/>", "It has a code that is not in the source."),
        ("<b>LAC</b>", "It has a code that is not in the source."),
    ],
)
def test_an_answer_that_is_no_text_is_refused(image, machine, translator, answer, reason):
    machine.translate = lambda text: answer if "Un lac" in text else text.upper()

    form = translator.post(address(image))

    assert f"Alternative text: {reason}" in text_of(form)
    assert shown(form)["alt_en"] == ""
    assert shown(form)["caption_en"] == "LE LAC EN 1963."


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda request: request.say(500, {}), "The machine answered with an error (500)."),
        (lambda request: request.say(429, {}), "The machine takes no more requests"),
        (lambda request: request.say(200, {"translatedText": ["a"]}), "cannot be read"),
    ],
    ids=["500", "429", "too few"],
)
def test_a_machine_that_fails_leads_back_to_the_form(image, machine, translator, answer, reason):
    machine.answer = answer

    response = translator.post(address(image), follow=True)

    assert response.redirect_chain == [(edit(image), 302)]
    assert reason in text_of(response)
    assert stored(image) == ("", "")


def test_terms_of_the_glossary_are_sent(image, machine, settings, translator):
    settings.DIPTYCH_TRANSLATION_MACHINE = {**machine.setting("openai"), "URL": f"{machine.url}/v1"}
    make_concept(fr=["lac"], en=["mere"])

    translator.post(address(image))

    assert [each["terms"] for each in machine.asked] == [[["lac", "mere"]], [["lac", "mere"]]]


def test_only_who_edits_the_language_and_the_image_and_may_send_texts_does(journal, image, machine):
    user = make_translator(journal, "ines", "en")
    client = browser_of(user)
    send = Permission.objects.get(codename="send_to_machine")

    def is_allowed(language="en"):
        answers = client.get(address(image, language)), client.post(address(image, language))
        return [each.status_code for each in answers] == [200, 200]

    assert not is_allowed()
    user.user_permissions.add(send)
    assert not is_allowed()
    change = Permission.objects.get(
        codename="change_image", content_type__app_label="wagtailimages"
    )
    group = user.groups.get()
    GroupCollectionPermission.objects.create(
        group=group, collection=Collection.get_first_root_node(), permission=change
    )
    assert is_allowed()
    assert not is_allowed("fr")
    user.user_permissions.remove(send)
    assert not is_allowed()
    assert address(image) not in client.get(edit(image)).content.decode()


@pytest.mark.parametrize("language", ["xx", "de"])
def test_an_unknown_language_or_image_has_no_draft(image, machine, translator, language):
    assert translator.post(address(image, language)).status_code == 302
    assert translator.post(address(image).replace(f"/{image.pk}/", "/99999/")).status_code == 404
    assert machine.requests == 0


def test_without_a_machine_nothing_is_offered(image, settings, translator):
    settings.DIPTYCH_TRANSLATION_MACHINE = None
    assert address(image) not in translator.get(edit(image)).content.decode()
    assert "No machine is set up." in text_of(translator.get(address(image)))
    assert "No machine is set up." in text_of(translator.post(address(image), follow=True))
