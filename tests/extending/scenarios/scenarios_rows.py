"""Rows of a project below an article: written, translated, published and merged."""

from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from myapp.models import Sponsor
from wagtail.test.utils.form_data import inline_formset

from diptych.articles.caching.models import Change
from diptych.articles.languages.bin.restoring import restore_from_bin
from diptych.articles.languages.models import DeletedPage
from diptych.articles.languages.permissions.groups import recipes
from diptych.articles.models import ArticlePage
from tests.articles.languages.editor import PUBLISH_ENGLISH, PUBLISH_FRENCH, article_form, edit
from tests.articles.languages.windows import Window
from tests.factories import make_article, make_user, publish_draft

FRENCH, ENGLISH = "Merci au fonds.", "Thanks to the fund."


def own_form(fr="Un", en="One", press=None, **values):
    """The posted form of an article whose source is English, as the first language is here."""
    return article_form(fr, en, press, **{"source_language": "en", **values})


def fresh(page):
    return ArticlePage.objects.get(pk=page.pk)


def draft_of(page):
    return fresh(page).get_latest_revision_as_object()


def sponsor_form(row=None, **values):
    """The posted rows: one sponsor, which is stored already if ``row`` is given."""
    written = {"id": row.pk if row else "", "name": "Fonds Léman", "thanks_fr": "", "thanks_en": ""}
    return inline_formset([{**written, **values}], initial=int(row is not None))


def sponsored(journal, **values):
    sponsor = Sponsor(name="Fonds Léman", thanks_fr=FRENCH, thanks_en=ENGLISH)
    return make_article(journal, "Un", "One", sponsors=[sponsor], **values)


def page_html(client, page, language):
    return client.get(page.url_in(language)).content.decode()


def test_a_row_is_written_in_the_editor_and_published_by_language(admin, client, journal):
    page = make_article(journal, "Un", "One")
    html = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert 'name="sponsors-__prefix__-thanks_fr"' in html
    edit(admin, page, own_form(press=PUBLISH_FRENCH, sponsors=sponsor_form(thanks_fr=FRENCH)))
    assert FRENCH in page_html(client, page, "fr")
    english = page_html(client, page, "en")
    assert "Fonds Léman" in english  # what all languages share goes live with any
    assert FRENCH not in english
    (row,) = fresh(page).sponsors.all()
    rows = sponsor_form(row, thanks_fr="Grand merci.", thanks_en=ENGLISH)
    edit(admin, page, own_form(press=PUBLISH_ENGLISH, sponsors=rows))
    assert ENGLISH in page_html(client, page, "en")
    assert "Grand merci." not in page_html(client, page, "fr")
    (waiting,) = draft_of(page).sponsors.all()
    assert waiting.thanks_fr == "Grand merci."


def test_a_translated_field_of_a_row_stands_in_the_side_by_side_view(admin, journal):
    page = sponsored(journal)
    html = admin.get(reverse("diptych_translate", args=[page.pk, "fr"])).content.decode()
    assert 'name="sponsors-0-thanks_fr"' in html
    assert 'name="sponsors-0-thanks_en"' not in html
    assert ENGLISH in html


def test_a_translator_may_write_the_text_of_a_row_and_not_what_is_shared(client, journal):
    page = sponsored(journal)
    call_command("diptych_groups", verbosity=0)
    recipe = next(each for each in recipes() if each.key == "translators-en-fr")
    translator = make_user("reader")
    translator.groups.add(recipe.find())
    client.force_login(translator)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    (row,) = page.sponsors.all()
    assert f'name="sponsors-{row.pk}-thanks_fr"' in html
    assert 'name="sponsors-0-name"' not in html
    form = own_form("Un", "One", sponsors=sponsor_form(row, name="Other"))
    edit(client, page, {**form, f"sponsors-{row.pk}-thanks_fr": "Grand merci."})
    (row,) = draft_of(page).sponsors.all()
    assert (row.name, row.thanks_fr) == ("Fonds Léman", "Grand merci.")


def test_two_people_who_write_one_row_in_two_languages_keep_both(journal):
    page = sponsored(journal)
    ana, ben = Window(page), Window(page)
    ana.write(**{"sponsors-0-thanks_fr": "Merci."}).autosave()
    assert ben.write(**{"sponsors-0-thanks_en": "Thank you."}).autosave()["success"]
    (row,) = draft_of(page).sponsors.all()
    assert (row.thanks_fr, row.thanks_en) == ("Merci.", "Thank you.")


def test_a_row_that_changes_raises_the_page(journal):
    page = sponsored(journal)
    Change.objects.all().delete()
    connection.run_on_commit.clear()
    publish_draft(page, sponsors=[Sponsor(name="Another")])
    assert any(f"page:{page.pk}" in change.tags.split() for change in Change.objects.all())


def test_rows_go_to_the_bin_and_come_back_with_their_page(admin, journal):
    page = sponsored(journal)
    admin.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Sponsor.objects.exists()
    restore_from_bin(DeletedPage.objects.get().key)
    assert Sponsor.objects.get().thanks_fr == FRENCH
