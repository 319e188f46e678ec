"""A page is translated beside its source, falls out of date and is brought up to date."""

from django.urls import reverse

from tests.enginehost.scenarios.editing import (
    BLOCK_IDS,
    body,
    edit,
    fresh,
    laid_open,
    places,
    translate,
    words,
)

PARAGRAPH = f"body.{BLOCK_IDS[0]}"


def start(client, page, language):
    address = reverse("diptych_translate_act", args=(page.pk, language, "start-empty"))
    return client.post(address)


def test_a_translation_starts_from_the_blocks_of_the_source(admin, guide):
    assert start(admin, guide, "pt-br").status_code == 302
    assert set(places(admin, guide, "pt-br")) == {"headline", "introduction", PARAGRAPH}
    answer = translate(
        admin,
        guide,
        "pt-br",
        {
            "headline_pt_br": "Pão",
            "introduction_pt_br": "De farinha.",
            **body("pt-br", "Assar."),
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert set(places(admin, guide, "pt-br").values()) == {"translated"}
    draft = fresh(guide).get_latest_revision_as_object()
    assert (draft.headline_pt_br, draft.headline_de) == ("Pão", "Brot")


def test_the_source_stands_beside_its_translation(admin, guide):
    response = admin.get(reverse("diptych_translate", args=(guide.pk, "en")))
    sources = [each.get_text() for each in laid_open(response).select("[data-source-of]")]
    assert [text.strip() for text in sources] == ["Brot", "Aus Mehl.", "Backen."]


def test_a_changed_source_makes_its_translations_out_of_date(admin, guide):
    assert set(places(admin, guide, "en").values()) == {"translated"}
    edit(admin, guide, body("de", "Langsam backen."))
    assert places(admin, guide, "en")[PARAGRAPH] == "outdated"
    assert places(admin, guide, "en")["headline"] == "translated"
    translate(admin, guide, "en", body("en", "Bake slowly."))
    assert set(places(admin, guide, "en").values()) == {"translated"}


def test_a_change_of_no_matter_is_settled(admin, guide):
    edit(admin, guide, body("de", "Backen!"))
    translate(admin, guide, "en", {"diptych-confirm": [PARAGRAPH]})
    assert set(places(admin, guide, "en").values()) == {"translated"}
    edit(admin, guide, {"introduction_de": "Aus Mehl, Wasser."})
    address = reverse("diptych_changes", args=(guide.pk,))
    response = admin.get(address)
    assert "Introduction out of date in English" in words(response)
    (box,) = laid_open(response).select("input[name=unit]")
    assert admin.post(address, {"unit": box["value"]}).status_code == 302
    assert set(places(admin, guide, "en").values()) == {"translated"}


def test_the_source_can_be_another_language(admin, guide):
    edit(admin, guide, {"source_language": "en"})
    assert set(places(admin, guide, "de")) == {"headline", "introduction", PARAGRAPH}

    answer = admin.post(reverse("diptych_translate_act", args=(guide.pk, "de", "make-source")))
    assert answer.status_code == 302
    assert fresh(guide).get_latest_revision_as_object().source_language == "de"
