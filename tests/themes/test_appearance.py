"""How editors choose the look of a journal: what they may save, what they see, what readers get."""

import re

import pytest
from django.urls import reverse

from diptych.themes.look.contrast import contrast, nearest_readable
from diptych.themes.look.registry import get_theme
from diptych.themes.look.tokens import MODES, grounds_of
from diptych.themes.models import AppearanceSettings
from tests.factories import make_article, make_image, make_journal, make_user, sign_in

pytestmark = pytest.mark.django_db


def address(journal, name="edit"):
    return reverse(
        f"wagtailsettings:{name}",
        args=["diptych_themes", "appearancesettings", journal.site.pk],
    )


def filled(**values):
    empty = {"accent_light": "", "accent_dark": "", "logo": "", "logo_dark": "", "icon": ""}
    typography = {"french_typography": "fr-FR", "guillemet_space": "narrow"}
    return {"theme": "gazette", **typography, **empty, **values}


def saved(journal):
    return AppearanceSettings.for_site(journal.site)


def stylesheet_of_page(client, page="/fr/"):
    html = client.get(page).content.decode()
    sheet = html.partition('<link rel="stylesheet" href="')[2].partition('"')[0]
    return sheet, client.get(sheet).content.decode()


def test_a_theme_and_a_colour_are_saved_and_shown(admin, journal):
    response = admin.post(address(journal), filled(theme="revue", accent_light="#00695C"))
    assert response.status_code == 302
    sheet, text = stylesheet_of_page(admin)
    assert sheet.startswith("/theme/revue/00695c-")
    _light, dark = sheet.split("/")[3].split("-")
    assert f"light-dark(#00695c, #{dark})" in text
    grounds = grounds_of(get_theme("revue"), "dark")
    assert min(contrast(f"#{dark}", ground) for ground in grounds) >= 4.5


@pytest.mark.parametrize("logo", ["abc", "9" * 30, "9" * 5000])
def test_a_logo_that_can_be_none_is_an_error_at_its_field(admin, journal, logo):
    response = admin.post(address(journal), filled(theme="revue", logo=logo))
    assert list(response.context["form"].errors) == ["logo"]
    assert saved(journal).theme != "revue"


@pytest.mark.parametrize(
    ("theme", "field", "colour", "ground"),
    [
        ("gazette", "accent_light", "#e8c547", "#f3ecdf"),
        ("revue", "accent_light", "#999999", "#f1f2f5"),
        ("gazette", "accent_dark", "#7a1526", "#251e1a"),
        ("revue", "accent_dark", "#1033f2", "#16181d"),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused(admin, journal, theme, field, colour, ground):
    response = admin.post(address(journal), filled(theme=theme, **{field: colour}))
    (message,) = response.context["form"].errors[field]
    assert ground in message
    assert "4.5 to 1 is needed" in message
    nearest = message.rstrip(".").split()[-1]
    assert saved(journal).theme == "gazette"
    response = admin.post(address(journal), filled(theme=theme, **{field: nearest}))
    assert response.status_code == 302


def test_the_message_is_in_the_language_of_the_editor(client, journal):
    sign_in(client, language="fr")
    response = client.post(address(journal), filled(accent_light="#e8c547"))
    (message,) = response.context["form"].errors["accent_light"]
    assert "1,4" in message


@pytest.mark.parametrize("value", ["red", "#fff", "9b1b30", "#12345g", "#9b1b30\n#000000"])
def test_what_is_no_colour_is_refused(admin, journal, value):
    response = admin.post(address(journal), filled(accent_light=value))
    assert response.context["form"].errors["accent_light"]


def test_a_theme_that_is_not_there_is_refused_and_one_that_has_gone_is_replaced(admin, journal):
    response = admin.post(address(journal), filled(theme="night"))
    assert response.context["form"].errors["theme"]
    AppearanceSettings.objects.update_or_create(site=journal.site, defaults={"theme": "night"})
    assert stylesheet_of_page(admin)[0].startswith("/theme/gazette/")
    form = admin.get(address(journal)).context["form"]
    assert form["theme"].value() == "gazette"


def test_only_those_with_the_right_change_or_preview_it(client, journal):
    user = make_user("moderator")
    client.force_login(user)
    for name in ("edit", "preview_on_edit"):
        response = client.post(address(journal, name), filled(theme="revue"))
        assert response.status_code == 302
        assert response.url == reverse("wagtailadmin_home")
    assert saved(journal).theme == "gazette"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_preview_shows_what_is_not_saved_to_the_editor_alone(admin, journal, language):
    make_article(journal, "Le lac gèle", "The lake freezes")
    preview = address(journal, "preview_on_edit")
    values = filled(theme="revue", accent_light="#00695c")
    assert admin.post(preview, values).json() == {"is_valid": True, "is_available": True}
    for mode in MODES:
        shown = admin.get(preview, {"mode": f"front:{mode}:{language}"}).content.decode()
        assert "/theme/revue/00695c-" in shown
        assert f'<html lang="{language}" dir="ltr" data-mode="{mode}">' in shown
    article = admin.get(preview, {"mode": f"article:light:{language}"}).content.decode()
    assert {"fr": "Texte de Le lac gèle", "en": "Text of The lake freezes"}[language] in article
    assert "/theme/gazette/" in admin.get("/fr/").content.decode()
    assert 'data-mode=""' in admin.get("/fr/").content.decode()


def test_a_preview_of_what_cannot_be_saved_is_not_there(admin, journal):
    preview = address(journal, "preview_on_edit")
    answer = admin.post(preview, filled(accent_light="#e8c547")).json()
    assert not answer["is_valid"]


@pytest.mark.rare
def test_a_journal_without_a_page_in_a_language_is_previewed_all_the_same(admin):
    journal = make_journal(live_in=("fr",))
    preview = address(journal, "preview_on_edit")
    admin.post(preview, filled(theme="revue"))
    for mode in ("front:light:en", "article:dark:en", "of:no:kind"):
        assert "/theme/revue/" in admin.get(preview, {"mode": mode}).content.decode()


def test_a_logo_takes_the_place_of_the_name_and_is_called_by_it(
    client, journal, django_capture_on_commit_callbacks
):
    light, dark = (
        make_image("Logo", width=400, height=300),
        make_image("Nuit", width=300, height=300),
    )
    with django_capture_on_commit_callbacks(execute=True):
        AppearanceSettings.objects.create(site=journal.site, logo=light, logo_dark=dark)
    html = client.get("/fr/articles/").content.decode()
    assert html.count('class="header__logo"') == 1
    assert re.search(r'width="29[89]" height="224" alt="Diptyque"', html)
    assert '<source media="(prefers-color-scheme: dark)"' in html
    light.file.storage.delete(light.file.name)
    light.renditions.all().delete()
    assert "header__logo" not in client.get("/fr/articles/").content.decode()


def test_the_nearest_colour_that_can_be_read_is_found_on_any_ground():
    for ground in ("#ffffff", "#fbf7ef", "#777777", "#1a1512", "#000000"):
        for colour in ("#ffcc00", "#7a1526", "#777777", "#000000", "#ffffff"):
            found = nearest_readable(colour, [ground])
            assert contrast(found, ground) >= 4.5 or found in ("#000000", "#ffffff")
