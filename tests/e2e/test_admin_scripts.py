"""Scripts of the admin that no story of an editor passes by."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def article(ask):
    (number,) = ask("select id from wagtailcore_page where title = 'Le pont fermé'")
    return number


def test_a_colour_is_typed_or_chosen_in_the_palette_of_the_browser(sign_in):
    page = sign_in("admin")
    page.goto("/admin/settings/diptych_themes/appearancesettings/")
    field = page.locator("#id_accent_light")
    palette = page.get_by_label("Choose a colour").first
    expect(palette).to_have_class("diptych-palette diptych-palette--empty")
    field.fill("#0a5c36")
    expect(palette).to_have_value("#0a5c36")
    expect(palette).to_have_class("diptych-palette")
    palette.fill("#a03020")
    expect(field).to_have_value("#a03020")
    field.fill("#a0")
    expect(palette).to_have_class("diptych-palette diptych-palette--empty")


def test_an_address_of_a_draft_is_copied_or_selected(sign_in, article):
    page = sign_in("admin")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/admin/diptych/draft-links/{article}/")
    page.get_by_role("button", name="Make a link").click()
    address = page.get_by_label("Address of the link").first
    copy = page.locator(".diptych-draft-links__address button").first
    copy.click()
    expect(copy).to_have_text("Copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == address.input_value()

    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    copy.click()
    page.wait_for_function("() => getSelection().toString().startsWith('http')")
