"""The report of all images whose words could be better: what it lists, for whom, at which cost."""

import json
from io import BytesIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Page, ReferenceIndex

from diptych.articles.images import signal_handlers
from diptych.articles.models import ImageProblem
from tests.articles.admin.html import soup, text_of
from tests.factories import (
    blocks,
    make_article,
    make_image,
    make_plain_page,
    publish_draft,
    sign_in,
    write_draft,
)

pytestmark = pytest.mark.rare

REPORT = "/admin/diptych/image-problems/"
SMALL = {"width": 64, "height": 48}
MACHINE = "Une image contenant drapeau, ciel Description générée automatiquement"


@pytest.fixture
def note(django_capture_on_commit_callbacks):
    """Within it, what is saved is noted as it is after a request."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def listed(client, **filters):
    """``(image, problem, language, where)`` of each row, as the report words them."""
    rows = soup(client.get(REPORT, filters)).select("table.listing tbody tr")
    return [tuple(text_of(cell) for cell in row.select("td")) for row in rows]


def kinds(client, **filters):
    """The same, shorter: image, first words of the problem, language, where it is."""
    return [
        (image, problem.split(" The ")[0].split(" There ")[0], language, where)
        for image, problem, language, where in listed(client, **filters)
    ]


def test_a_problem_is_no_use_of_an_image_or_a_page(journal, note):
    with note():
        image = make_image(alt_en=MACHINE, **SMALL)
        page = make_article(journal, "Titre", "Title", hero_image=image)
    call_command("rebuild_references_index", verbosity=0)
    assert ImageProblem.objects.filter(image=image, page=page).exists()
    assert [type(user) for user, _uses in image.get_usage()] == [Page]
    assert not ReferenceIndex.get_references_to(page).exists()


def test_an_id_of_a_block_that_no_editor_makes_is_noted_as_well(journal, note):
    image = make_image(alt_en=MACHINE, **SMALL)
    block = {"type": "image", "value": {"image": image.pk}, "id": "x" * 300}
    with note():
        page = make_article(journal, "Titre", "Title", body_en=json.dumps([block]))
    assert ImageProblem.objects.filter(image=image, page=page).exists()


def test_what_readers_meet_comes_first(journal, admin, note):
    with note():
        hero = make_image("Drapeau", alt_en=MACHINE, **SMALL)
        loose = make_image("Aube", alt_fr="IMG_1.JPG", **SMALL)
        make_article(journal, "Titre", "Title", hero_image=hero)
    assert kinds(admin) == [
        ("Drapeau", "Written by a machine", "English", "Titre Main picture Live"),
        ("Drapeau", "Wrong language", "English", "Titre Main picture Live"),
        ("Aube", "Name of a file", "French", "On no page in this language"),
    ]
    assert MACHINE in listed(admin)[0][1]
    links = [link["href"] for link in soup(admin.get(REPORT)).select("table.listing a")]
    assert reverse("wagtailimages:edit", args=[loose.pk]) in links


def test_it_can_be_narrowed_down(journal, admin, note):
    with note():
        make_image("Aube", alt_fr="IMG_1.JPG", **SMALL)
        body = blocks(("image", {"image": make_image("Lac", alt_en="", **SMALL).pk}))
        make_article(journal, body_en=body, live_in=())
    (lake,) = kinds(admin, language="en")
    assert lake[0] == "Lac"
    assert lake[3].endswith("Picture 1 in the text Draft")
    assert [row[0] for row in kinds(admin, kind="file_name")] == ["Aube"]
    assert [row[0] for row in kinds(admin, where="unused")] == ["Aube"]
    assert [row[0] for row in kinds(admin, where="draft")] == ["Lac"]
    assert kinds(admin, where="live") == []
    assert "No image has such a problem." in admin.get(REPORT, {"where": "live"}).content.decode()


def test_it_follows_what_is_written(journal, admin, note):
    with note():
        image = make_image("Lac", alt_en="A lake", **SMALL)
        article = make_article(journal, "Titre", "Title", hero_image=image)
        image.alt_en = ""
        image.save()
    assert [row[3] for row in kinds(admin, language="en")] == ["Titre Main picture Live"]

    with note():
        write_draft(article, hero_alt_en="A frozen lake")
    assert [row[3] for row in kinds(admin, language="en")] == ["Titre Main picture Live"]
    assert ImageProblem.objects.get(page=article).in_draft is False

    with note():
        article.get_latest_revision().publish()
    assert [row[3] for row in kinds(admin, language="en")] == ["On pages with texts of their own"]

    with note():
        image.alt_en = "A lake"
        image.save()
    assert kinds(admin) == []


def test_it_follows_the_draft_of_a_language_that_never_was_live(journal, admin, note):
    with note():
        image = make_image("Lac", alt_en="", **SMALL)
        article = make_article(journal, "Titre", "Title", live_in=("fr",), hero_image=image)
    assert [row[3] for row in kinds(admin, language="en")] == ["Titre Main picture Draft"]
    with note():
        write_draft(article, hero_alt_en="A frozen lake")
    assert [row[3] for row in kinds(admin, language="en")] == ["On pages with texts of their own"]


@pytest.mark.parametrize("place", ["hero", "body"])
def test_an_image_whose_texts_a_page_replaces_counts_as_used(journal, admin, note, place):
    with note():
        image = make_image("Lac", alt_fr="IMG_1.JPG", alt_en="IMG_1.JPG", **SMALL)
        if place == "hero":
            values = {"hero_image": image, "hero_alt_en": "A frozen lake"}
        else:
            picture = {"image": image.pk, "alt": "A frozen lake"}
            values = {"body_en": blocks(("image", picture))}
        make_article(journal, None, "Title", **values)
    call_command("rebuild_references_index", verbosity=0)
    where = {row[2]: row[3] for row in kinds(admin)}
    used, unused = "On pages with texts of their own", "On no page in this language"
    assert where == {"English": used, "French": unused}
    assert [row[2] for row in kinds(admin, where="own")] == ["English"]
    assert [row[2] for row in kinds(admin, where="unused")] == ["French"]


def test_changing_an_image_changes_what_is_said_of_its_pages(journal, admin, note):
    with note():
        image = make_image("Lac", **SMALL)
        page = make_plain_page(
            journal, "À propos", "About", body_fr=blocks(("image", {"image": image.pk}))
        )
    assert kinds(admin) == []
    with note():
        image.alt_fr = "IMG_1.JPG"
        image.save()
    found = ("Lac", "Name of a file", "French", "À propos Picture 1 in the text Live")
    assert kinds(admin) == [found]
    with note():
        page.unpublish()
    assert kinds(admin) == [(*found[:3], "À propos Picture 1 in the text Draft")]
    with note():
        page.delete()
    assert kinds(admin) == [(*found[:3], "On no page in this language")]


def test_it_is_written_anew_by_a_command(journal, admin, note, capsys):
    with note():
        image = make_image("Lac", alt_en="", **SMALL)
        make_article(journal, hero_image=image, live_in=())
    before = kinds(admin)
    ImageProblem.objects.all().delete()
    stale = ImageProblem(image=image, language="fr", kind="empty", is_borrowed=True)
    stale.save()

    call_command("diptych_check_images")

    assert kinds(admin) == before
    assert not ImageProblem.objects.filter(pk=stale.pk).exists()
    assert "2" in capsys.readouterr().out


@pytest.mark.parametrize("role", ["editor", "moderator"])
def test_whoever_works_with_pages_or_images_sees_it(journal, client, note, role):
    with note():
        make_image("Lac", alt_en="", **SMALL)
    sign_in(client, role)
    assert [row[0] for row in kinds(client)] == ["Lac"]
    assert REPORT in client.get(reverse("wagtailadmin_home")).content.decode()


def test_nobody_else_does(journal, client, note):
    with note():
        make_image("Lac", alt_en="", **SMALL)
    user = sign_in(client, "editor")
    for group in user.groups.all():
        group.page_permissions.all().delete()
        group.collection_permissions.all().delete()
    assert client.get(REPORT).status_code == 302
    assert REPORT not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_pages_one_may_not_edit_are_left_out(journal, client, note):
    with note():
        make_article(journal, hero_image=make_image("Lac", alt_en="", **SMALL), live_in=())
    user = sign_in(client, "editor")
    for group in user.groups.all():
        group.page_permissions.all().delete()
    assert kinds(client) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_exported(journal, client, note, language):
    with note():
        make_article(journal, "Titre", "Title", hero_image=make_image("Lac", alt_en=MACHINE))
    sign_in(client, "admin", language=language)
    text = b"".join(client.get(REPORT, {"export": "csv"}).streaming_content).decode()
    book = load_workbook(BytesIO(client.get(REPORT, {"export": "xlsx"}).getvalue()))
    rows = list(book.active.iter_rows(values_only=True))
    assert len(text.splitlines()) == len(rows) == 3
    assert rows[1][0] == "Lac" and MACHINE in rows[1] and "Titre" in rows[1]
    assert rows[0][2] == {"en": "Language", "fr": "Langue"}[language]
    assert rows[1][2] == {"en": "English", "fr": "Anglais"}[language]


def test_a_longer_list_costs_no_more_queries(journal, client, note, django_assert_max_num_queries):
    sign_in(client, "moderator")

    def write(number):
        with note():
            for _each in range(number):
                image = make_image(alt_en="", **SMALL)
                make_article(journal, hero_image=image, live_in=())
        client.get(REPORT)

    write(1)
    with django_assert_max_num_queries(20) as few:
        client.get(REPORT)
        queries = len(few)
    write(4)
    with django_assert_max_num_queries(queries):
        client.get(REPORT)


def test_a_page_saved_several_times_in_one_transaction_is_noted_once(journal, note, monkeypatch):
    noted = []
    monkeypatch.setattr(signal_handlers, "record_page", lambda pk, _model: noted.append(pk))
    with note():
        article = make_article(journal)
    with note():
        publish_draft(article, lead_fr="Autre chapeau.")
    assert noted == [article.pk, article.pk]


def test_pages_that_are_noted_are_not_remembered(journal, note):
    for _each in range(4):
        with note():
            make_article(journal)
    assert len(signal_handlers.account.recorded) == 1


def test_saving_a_page_again_writes_nothing(journal, note):
    with note():
        image = make_image(alt_en="", **SMALL)
        article = make_article(journal, live_in=["fr"], hero_image=image)
    known = list(ImageProblem.objects.values_list("pk", flat=True))
    with note():
        article.get_latest_revision_as_object().save_revision()
    assert list(ImageProblem.objects.values_list("pk", flat=True)) == known
