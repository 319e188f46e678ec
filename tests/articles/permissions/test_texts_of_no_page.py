"""The settings of a journal and the words of pictures: public at once, and of a language."""

from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission
from wagtail.test.utils.form_data import nested_form_data, streamfield

from diptych.articles.models import JournalSettings
from tests.articles.images.samples import photograph
from tests.articles.permissions.world import member
from tests.factories import make_image

KEPT = {
    "name_fr": "Le Passage",
    "tagline_fr": "D’une langue à l’autre",
    "footer_text_fr": "Imprimé à Genève.",
    "related_count": 2,
    "alt_checks": "refuse",
    "outdated_notice": True,
    "share_links": ["mail"],
}
STOLEN = {
    "name_fr": "Volé",
    "tagline_fr": "Volé",
    "footer_text_fr": "",
    "related_count": "0",
    "alt_checks": "ignore",
    "share_links": [],
    "menu_topics": streamfield([]),
    "social_links": streamfield([("link", {"label": "Volé", "url": "https://stolen.example/"})]),
}
OWN = {"name_en": "The Crossing", "tagline_en": "To and fro", "footer_text_en": "Printed here."}


def allow(client, codename):
    permission = Permission.objects.get(codename=codename)
    client.user.groups.get().permissions.add(permission)


def test_settings_are_changed_in_ones_own_language_only(world):
    site = world.journal.site
    JournalSettings.objects.create(site=site, **KEPT)
    client = member("editors-en")
    allow(client, "change_journalsettings")
    address = reverse("wagtailsettings:edit", args=("diptych", "journalsettings", site.pk))

    screen = BeautifulSoup(client.get(address).content, "html.parser")
    assert not screen.select("[name^=name_fr], [name=related_count], [name^=social_links]")
    shown = screen.select_one("[data-contentpath=name_fr] [lang=fr]")
    assert shown.text.strip() == KEPT["name_fr"]
    assert "Courriel" in screen.select_one("[data-contentpath=share_links]").text
    notes = screen.select("[data-permission-note]")
    assert len(notes) == 2

    assert client.post(address, nested_form_data({**STOLEN, **OWN})).status_code == 302
    settings = JournalSettings.objects.get(site=site)
    assert {name: getattr(settings, name) for name in [*KEPT, *OWN]} == {**KEPT, **OWN}
    assert not settings.social_links

    chief = member("chiefs")
    page = BeautifulSoup(chief.get(address).content, "html.parser")
    assert page.select("[name=name_fr], [name=name_en], [name=related_count]")
    assert not page.select("[data-permission-note]")


def test_the_words_of_a_picture_are_changed_in_ones_own_language_only(world):
    image = make_image(alt_fr="Un lac gelé", caption_fr="L’hiver 1956", alt_en="A lake")
    client = member("editors-en")
    for codename in ("add_image", "change_image", "choose_image"):
        GroupCollectionPermission.objects.get_or_create(
            group=client.user.groups.get(),
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(
                codename=codename, content_type__app_label="wagtailimages"
            ),
        )
    words = {"alt_fr": "Volé", "caption_fr": "", "alt_en": "A frozen lake", "caption_en": "1956"}
    form = {"title": image.title, "collection": image.collection_id, **words}

    edit = reverse("wagtailimages:edit", args=[image.pk])
    assert client.post(edit, form).status_code == 302
    image.refresh_from_db()
    assert image.texts_in("fr") == ("Un lac gelé", "L’hiver 1956")
    assert image.texts_in("en") == ("A frozen lake", "1956")

    chooser = reverse("wagtailimages_chooser:create")
    added = {f"image-chooser-upload-{name}": value for name, value in form.items()}
    added["image-chooser-upload-file"] = SimpleUploadedFile("lake.jpg", photograph())
    client.post(chooser, added)
    newest = get_image_model().objects.exclude(pk=image.pk).order_by("-pk").first()
    assert newest.texts_in("en") == ("A frozen lake", "1956")
    assert newest.texts_in("fr") == ("", "")
