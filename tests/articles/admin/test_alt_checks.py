"""Doubtful alternative texts: what publishing does about them, as the site has chosen."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.test.utils.form_data import rich_text, streamfield

from diptych.articles.languages.models import LanguageSchedule
from diptych.articles.languages.publication.schedules.scheduling import problems_of, set_date
from diptych.articles.models import JournalSettings, StandardPage
from tests.articles.admin.html import messages, soup, text_of
from tests.articles.languages.editor import (
    PUBLISH,
    PUBLISH_BOTH,
    PUBLISH_ENGLISH,
    PUBLISH_FRENCH,
    article_form,
    autosave,
    create,
    draft_of,
    edit,
    errors,
    live_in,
    plain_form,
)
from tests.factories import (
    blocks,
    make_article,
    make_image,
    make_journal,
    make_plain_page,
    make_user,
)

pytestmark = pytest.mark.rare

MACHINE = "Une image contenant drapeau, ciel Description générée automatiquement"
BY_MACHINE = "The alternative text was written by a machine. Say in your own words what one sees."


@pytest.fixture
def image():
    """The picture that all this is about: a machine's words, in French, in both languages."""
    return make_image(alt_en=MACHINE, alt_fr="Un drapeau", width=64, height=48)


def choose(checks, site):
    JournalSettings.objects.update_or_create(site=site, defaults={"alt_checks": checks})


def published(journal, admin, press, image, checks=None, **values):
    if checks:
        choose(checks, journal.site)
    page = make_article(journal, live_in=(), hero_image=image)
    form = article_form("Titre", "Title", press, hero_image=image.pk, **values)
    return page, edit(admin, page, form)


def warnings(admin, response):
    said = messages(admin.get(response["Location"]))
    return [each for each in said if "could be better" in each]


def test_they_are_published_with_a_warning(journal, admin, image):
    page, response = published(journal, admin, PUBLISH_ENGLISH, image)
    (said,) = warnings(admin, response)
    begin = "The picture texts of “Titre” could be better. English: Main picture: "
    assert said.startswith(f"{begin}{BY_MACHINE}")
    assert live_in(page) == ["en"]


def test_the_other_language_is_not_spoken_of(journal, admin, image):
    page, response = published(journal, admin, PUBLISH_FRENCH, image)
    assert warnings(admin, response) == []
    assert live_in(page) == ["fr"]


def test_a_long_warning_is_cut_short(journal, admin, image):
    pictures = [("image", {"image": image.pk, "alt": "", "caption": ""}) for _each in range(3)]
    text = ("paragraph", rich_text("<p>Text.</p>"))
    body = {"body_en": streamfield([*pictures, text])}
    _page, response = published(journal, admin, PUBLISH_ENGLISH, image, **body)
    (said,) = warnings(admin, response)
    assert said.count("Picture") == 1
    assert said.endswith("And 5 more.")


def test_a_site_may_refuse_them(journal, admin, image):
    page, response = published(journal, admin, PUBLISH_BOTH, image, "refuse", lead_en="Changed.")
    assert list(errors(response)) == ["hero_alt_en"]
    assert f"Main picture: {BY_MACHINE}" in errors(response)["hero_alt_en"]
    assert live_in(page) == []
    form = soup(response)
    assert form.select_one("[name=lead_en]").text.strip() == "Changed."
    panel = form.select_one("#id_hero_alt_en").find_parent("section")
    assert panel.select_one("[name=hero_image]")
    assert "collapsed" not in panel.get("class", [])


def test_what_is_refused_can_be_mended_in_its_place(journal, admin, image):
    own = {"hero_alt_en": "A flag in front of a blue sky"}
    page, response = published(journal, admin, PUBLISH_ENGLISH, image, "refuse", **own)
    assert response.status_code == 302
    assert live_in(page) == ["en"]


def test_a_hint_refuses_nothing(journal, admin):
    image = make_image(alt_fr="Une photo de la gare", width=64, height=48)
    page, response = published(journal, admin, PUBLISH_FRENCH, image, "refuse")
    assert response.status_code == 302
    assert live_in(page) == ["fr"]


def test_a_site_may_leave_them_alone(journal, admin, image):
    page, response = published(journal, admin, PUBLISH_ENGLISH, image, "ignore")
    assert warnings(admin, response) == []
    assert live_in(page) == ["en"]


def test_a_text_that_is_missing_is_refused_by_every_site(journal, admin):
    image = make_image(alt_fr="", width=64, height=48)
    for checks in ("ignore", "warn", "refuse"):
        page, response = published(journal, admin, PUBLISH_FRENCH, image, checks)
        assert errors(response) == {"hero_alt_fr": ["The main picture has no alternative text."]}, (
            checks
        )
        assert live_in(page) == []


def test_each_site_decides_for_its_own_pages(journal, admin, image):
    second = make_journal("second.example")
    choose("refuse", second.site)
    form = article_form("Titre", "Title", PUBLISH_ENGLISH, hero_image=image.pk)
    assert list(errors(create(admin, second.articles, form))) == ["hero_alt_en"]
    assert create(admin, journal.articles, form).status_code == 302


def test_a_caption_is_refused_at_the_caption(journal, admin):
    image = make_image(caption_fr=MACHINE, width=64, height=48)
    _page, response = published(journal, admin, PUBLISH_FRENCH, image, "refuse")
    assert list(errors(response)) == ["hero_caption_fr"]


def test_plain_pages_are_checked_as_well(journal, admin):
    image = make_image(alt_fr="IMG_1234.JPG", width=64, height=48)
    choose("refuse", journal.site)
    body = streamfield([("image", {"image": image.pk, "alt": "", "caption": ""})])
    page = make_plain_page(journal, live_in=())
    response = edit(admin, page, plain_form("Titre", None, PUBLISH, body_fr=body))
    assert list(errors(response)) == ["body_fr"]
    assert live_in(StandardPage.objects.get(pk=page.pk)) == []


def test_other_ways_of_publishing_keep_to_it(journal, admin, image):
    page = make_article(journal, "Titre", "Title", live_in=("fr",), hero_image=image)
    draft = draft_of(page)
    draft.request_publication(["en"])
    draft.save_revision()
    set_date(page, "en", LanguageSchedule.Act.PUBLISH, timezone.now(), make_user())
    schedule = LanguageSchedule.objects.get()
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    back = reverse("wagtailadmin_explore_root")
    choose("refuse", journal.site)

    admin.post(address, query_params={"id": [page.pk], "next": back})
    links = soup(admin.get(back)).select(".messages a")
    assert any(BY_MACHINE in text_of(link) for link in links)
    with translation.override("en"):
        assert any(BY_MACHINE in problem for problem in problems_of(schedule))

    choose("warn", journal.site)
    assert problems_of(schedule) == []
    admin.post(address, query_params={"id": [page.pk], "next": back})
    said = messages(admin.get(back))
    assert any("could be better" in each and BY_MACHINE in each for each in said)
    assert live_in(page) == ["fr", "en"]


# The side panel


def panel(response, mark="[data-side-panel=pictures]"):
    return soup(response).select_one(mark)


def test_the_side_panel_says_what_is_wrong_in_each_language(journal, admin, image):
    body = blocks(("paragraph", "<p>Rien.</p>"), ("image", {"image": image.pk, "alt": "IMG_1"}))
    page = make_article(journal, live_in=(), hero_image=image, body_fr=body)
    response = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    found = panel(response)
    links = {text_of(link): link["href"] for link in found.select("[data-diptych-jump]")}
    editor, block = reverse("wagtailadmin_pages:edit", args=[page.pk]), page.body_fr[1].id
    assert links == {
        "Picture 1 in the text (French)": f"{editor}#:w:contentpath=body_fr.{block}.alt",
        "Main picture (English)": f"{editor}#:w:contentpath=hero_alt_en",
    }
    assert BY_MACHINE in text_of(found)
    assert MACHINE in text_of(found)
    assert reverse("wagtailimages:edit", args=[image.pk]) in str(found)
    counter = panel(response, "[data-side-panel-toggle=pictures] [data-side-panel-toggle-counter]")
    assert counter.text.strip() == "3"


def test_it_is_brought_up_to_date_by_automatic_saving(journal, admin, image):
    page = make_article(journal, live_in=(), hero_image=image)
    form = article_form("Titre", "Title", hero_image=image.pk)
    for alt, count in (("IMG_1.JPG", "1"), ("A flag", "0")):
        answer = autosave(admin, page, {**form, "hero_alt_en": alt}).json()["html"]
        assert ("name of a file" in answer) == (count == "1")
        assert f">{count}</div>" in answer
        assert "data-side-panel='pictures'" in answer


def test_a_page_of_another_kind_and_a_new_page(journal, admin):
    assert panel(admin.get(reverse("wagtailadmin_pages:edit", args=[journal.home.pk]))) is None
    new = reverse("wagtailadmin_pages:add", args=["diptych", "articlepage", journal.articles.pk])
    assert "Nothing has been written yet." in text_of(panel(admin.get(new)))


def test_the_form_of_an_image_says_what_is_wrong_with_its_words(journal, admin, image):
    response = admin.get(reverse("wagtailimages:edit", args=[image.pk]))
    said = [text_of(each) for each in soup(response).select(".diptych-fault")]
    assert said == [
        BY_MACHINE,
        "The alternative text seems to be written in another language: French.",
    ]
