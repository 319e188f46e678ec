"""The form of an image: its words in both languages, and what they may not be together."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.images.models import Image
from wagtail.models import Collection, GroupCollectionPermission

from tests.articles.images.samples import photograph, scene, written
from tests.articles.worklist.people import browser_of, make_translator
from tests.factories import make_article, make_image, sign_in
from tests.tiers import one_of, one_row_of

TEXTS = {"alt_fr": "Un lac gelé", "alt_en": "A frozen lake"}


@pytest.fixture
def fill_in(admin):
    """Send the form of an existing image with these values; returns the answer."""

    def fill_in(image, **values):
        data = {"title": image.title, "collection": image.collection_id, **TEXTS, **values}
        return admin.post(reverse("wagtailimages:edit", args=[image.pk]), data)

    return fill_in


def faults_in(answer):
    return answer.context["form"].errors if answer.status_code == 200 else {}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_caption_may_not_repeat_the_alternative_text(db, fill_in, language):
    repeated = {f"caption_{language}": f"  {TEXTS[f'alt_{language}'].upper()}. "}

    answer = fill_in(make_image(), **repeated)

    assert list(faults_in(answer)) == [f"caption_{language}"]
    assert "The caption must not repeat the alternative text" in answer.content.decode()


def test_the_same_words_in_two_languages_are_no_repetition(db, fill_in):
    texts = {"alt_fr": "Lausanne", "alt_en": "Lausanne station", "caption_fr": "Lausanne station"}

    assert fill_in(make_image(), **texts).status_code == 302


def test_a_decorative_picture_has_no_alternative_text(db, fill_in):
    answer = fill_in(make_image(), is_decorative="on", alt_fr="")

    assert list(faults_in(answer)) == ["is_decorative"]
    assert "A decorative picture has no alternative text" in answer.content.decode()


def test_a_decorative_picture_without_texts_is_saved(db, fill_in):
    image = make_image()

    assert fill_in(image, is_decorative="on", alt_fr="", alt_en="").status_code == 302

    image.refresh_from_db()
    assert image.is_decorative


def test_texts_and_rights_are_saved(db, fill_in):
    image = make_image()

    fill_in(image, caption_fr="Premier gel depuis 1963.", credit="Léa Rochat", licence="CC BY 4.0")

    image.refresh_from_db()
    assert image.caption_fr == "Premier gel depuis 1963."
    assert (image.credit, image.licence) == ("Léa Rochat", "CC BY 4.0")


@pytest.mark.parametrize("field", one_of(["title", "alt_fr", "caption_en", "credit"], "rare"))
def test_a_text_that_is_too_long_is_said_to_be_and_kept(db, admin, fill_in, field):
    image = make_image()
    shown = admin.get(reverse("wagtailimages:edit", args=[image.pk])).content.decode()
    assert f'name="{field}"' in shown
    assert "maxlength" not in shown

    answer = fill_in(image, **{field: "x" * 3000})

    assert list(faults_in(answer)) == [field]
    assert "x" * 3000 in answer.content.decode()


def test_the_same_rules_hold_below_many_uploads(db, admin):
    image = make_image(alt_fr="", alt_en="")
    prefix = f"image-{image.pk}"
    values = {"title": "Lac", "collection": image.collection_id, "alt_fr": "Lac"}
    values |= {"caption_fr": "lac", "is_decorative": "on"}

    answer = admin.post(
        reverse("wagtailimages:edit_multiple", args=[image.pk]),
        {f"{prefix}-{name}": value for name, value in values.items()},
    ).json()

    assert not answer["success"]
    assert "must not repeat" in answer["form"]
    assert "decorative picture has no" in answer["form"]


def test_a_form_of_some_fields_knows_the_others(db):
    image = make_image()
    form = get_image_form(get_image_model(), ["caption_fr"])(
        {"caption_fr": image.alt_fr, "collection": image.collection_id}, instance=image
    )
    assert list(form.errors) == ["caption_fr"]

    image.caption_fr = image.alt_fr
    form = get_image_form(get_image_model(), ["title"])(
        {"title": "Lac", "collection": image.collection_id}, instance=image
    )
    assert list(form.errors) == ["__all__"]


@pytest.mark.parametrize(
    ("language", "labels"),
    one_row_of(
        [
            ("en", ["(French)", "(English)"]),
            ("fr", ["(français)", "(anglais)"]),
        ],
        "rare",
    ),
)
@pytest.mark.parametrize("page", one_of(["add", "edit", "choose"], "rare"))
def test_every_text_is_named_with_its_language(client, db, language, labels, page):
    sign_in(client, "admin", language=language)
    url = {
        "add": reverse("wagtailimages:add"),
        "edit": reverse("wagtailimages:edit", args=[make_image().pk]),
        "choose": reverse("wagtailimages_chooser:choose"),
    }[page]

    answer = client.get(url)

    text = answer.json()["html"] if page == "choose" else answer.content.decode()
    for label in labels:
        assert text.count(label) == 2
    assert 'lang="fr"' in text
    assert 'lang="en"' in text
    assert "CC BY 4.0" in text


def test_a_focal_point_does_not_outlive_its_picture(db, fill_in):
    point = {"focal_point_x": 500, "focal_point_y": 300}
    point |= {"focal_point_width": 50, "focal_point_height": 50}
    image = make_image(**point)
    smaller = SimpleUploadedFile("small.png", written(scene(), "PNG"))

    assert fill_in(image, **point, file=smaller).status_code == 302

    image = get_image_model().objects.get(pk=image.pk)
    assert (image.width, image.has_focal_point()) == (120, False)


def test_a_better_version_of_a_picture_keeps_its_focal_point(db, fill_in):
    point = {"focal_point_x": 50, "focal_point_y": 30}
    point |= {"focal_point_width": 20, "focal_point_height": 20}
    image = make_image(width=120, height=80, **point)
    better = SimpleUploadedFile("better.jpg", photograph())

    assert fill_in(image, **point, file=better).status_code == 302

    assert get_image_model().objects.get(pk=image.pk).has_focal_point()


def test_any_image_model_can_use_the_form(db):
    form = get_image_form(Image)(
        {"title": "Lac", "collection": make_image().collection_id},
        {"file": SimpleUploadedFile("photo.jpg", photograph())},
    )

    assert form.is_valid(), form.errors
    assert b"Obscura" not in form.save().file.read()
    assert form.fields["description"].label == "Description"


def test_words_in_a_language_that_is_not_ones_own_stay(db, client):
    user = sign_in(client, "moderator")
    for group in user.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="edit_en"))
    image = make_image()
    address = reverse("wagtailimages:edit", args=[image.pk])
    assert 'name="alt_en"' not in client.get(address).content.decode()
    texts = {"alt_fr": "Un étang", "alt_en": "A pond", "caption_en": "Mine"}
    client.post(address, {"title": image.title, "collection": image.collection_id, **texts})
    image.refresh_from_db()
    assert (image.alt_fr, image.alt_en, image.caption_en) == ("Un étang", "A frozen lake", None)


@pytest.mark.parametrize(("language", "asked"), [("en", "alt_en"), ("fr", "alt_fr")])
def test_an_upload_in_a_chooser_asks_for_the_alternative_text(client, db, language, asked):
    sign_in(client, "admin", language=language)
    chooser = client.get(reverse("wagtailimages_chooser:choose")).context["creation_form"]
    first = ["title", "file", asked, "is_decorative", f"caption_{language}"]
    assert list(chooser.fields)[:5] == first
    url = reverse("wagtailimages_chooser:create")
    prefix = "image-chooser-upload"

    def upload(**texts):
        data = {"title": "Lac", "collection": Collection.get_first_root_node().pk, **texts}
        form = {f"{prefix}-{name}": value for name, value in data.items()}
        form[f"{prefix}-file"] = SimpleUploadedFile("lake.jpg", photograph())
        return client.post(url, form)

    other = "alt_fr" if asked == "alt_en" else "alt_en"
    refused = upload(**{other: "Lausanne"})
    assert list(refused.context["form"].errors) == [asked]
    assert not get_image_model().objects.exists()
    assert upload(**{asked: "Lausanne"}).json()["step"] == "chosen"
    assert getattr(get_image_model().objects.get(), asked) == "Lausanne"
    assert upload(is_decorative="on").json()["step"] == "duplicate_found"


@pytest.mark.parametrize(
    ("posted", "asked"), [("fr", "alt_fr"), ("en", "alt_en"), ("xx", "alt_en"), ("", "alt_en")]
)
def test_a_chooser_opened_in_a_tab_asks_in_its_language(admin, posted, asked):
    response = admin.post(
        reverse("wagtailimages_chooser:create"),
        {
            "image-chooser-upload-title": "Lac",
            "image-chooser-upload-collection": Collection.get_first_root_node().pk,
            "image-chooser-upload-asked_language": posted,
            "image-chooser-upload-file": SimpleUploadedFile("lake.jpg", photograph()),
        },
    )
    form = response.context["form"]
    assert list(form.errors) == [asked]
    assert list(form.fields)[2] == asked
    needed = BeautifulSoup(str(form), "lxml").select("[data-diptych-needed]:not([hidden])")
    assert [each["data-diptych-needed"] for each in needed] == [asked.removeprefix("alt_")]


def test_other_forms_do_not_need_it(db, fill_in):
    assert fill_in(make_image(), alt_fr="", alt_en="").status_code == 302


SHARED = {
    "title": "Taken",
    "credit": "Nobody",
    "licence": "All rights reserved",
    "is_decorative": "",
}


def with_images(user):
    GroupCollectionPermission.objects.create(
        group=user.groups.get(name__startswith="Translators"),
        collection=Collection.get_first_root_node(),
        permission=Permission.objects.get(codename="change_image"),
    )
    return user


@pytest.mark.parametrize("live_in", [["fr"], ["en"], []])
def test_who_only_translates_changes_what_all_languages_share_of_no_picture_that_is_live(
    journal, live_in
):
    image = make_image(title="Lake", credit="Ada", licence="CC BY 4.0")
    make_article(journal, live_in=live_in, hero_image=image)
    client = browser_of(with_images(make_translator(journal, "pia", "en")))
    address = reverse("wagtailimages:edit", args=[image.pk])
    assert client.get(address).status_code == 200
    data = {**SHARED, "collection": image.collection_id, "alt_en": "New words", "alt_fr": "Mots"}
    assert client.post(address, data).status_code == 302
    image.refresh_from_db()
    shared = (image.title, image.credit, image.licence)
    assert shared == (("Lake", "Ada", "CC BY 4.0") if live_in else tuple(SHARED.values())[:3])
    assert image.alt_en == "New words" and image.alt_fr != "Mots"


@pytest.mark.parametrize("live_in", [["en"], ["fr", "en"]])
def test_who_publishes_a_language_changes_what_pictures_share_that_are_live_in_it_alone(
    journal, live_in
):
    image = make_image(title="Lake", credit="Ada", licence="CC BY 4.0")
    make_article(journal, live_in=live_in, hero_image=image)
    user = make_translator(journal, "pia", "en", actions=("edit", "publish"))
    client = browser_of(with_images(user))
    data = {**SHARED, "collection": image.collection_id, "alt_en": "New words"}
    assert client.post(reverse("wagtailimages:edit", args=[image.pk]), data).status_code == 302
    image.refresh_from_db()
    assert image.credit == ("Nobody" if live_in == ["en"] else "Ada")
    assert image.alt_en == "New words"
