"""Wagtail's own trees for each locale, beside pages that have their languages in one."""

import re
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.test import override_settings
from django.urls import reverse
from django.utils.translation import override
from wagtail.admin.widgets.button import Button
from wagtail.models import Locale, Page, Site

from diptych.articles.languages.admin.page_actions import copies_for_locales
from diptych.articles.languages.index.copies import would_copy_languages
from diptych.articles.languages.index.sites import are_several
from diptych.articles.models import ArticleIndexPage
from tests.factories import make_article, make_journal, make_page, make_user, publish_draft
from tests.stored import stored

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.articles.addresses.below_locales")]


@stored
def pages():
    """A front page of Wagtail's in two locales, a page below it in each, and our articles."""
    languages = django_settings.LANGUAGES
    with override_settings(WAGTAIL_I18N_ENABLED=True, WAGTAIL_CONTENT_LANGUAGES=languages):
        return _make_pages()


def _make_pages():
    journal = make_journal()
    Locale.objects.get_or_create(language_code="fr")
    english, _created = Locale.objects.get_or_create(language_code="en")
    home = Page.get_first_root_node().add_child(instance=Page(title="Maison", slug="maison"))
    breads = home.add_child(instance=Page(title="Pains", slug="pains"))
    Site.objects.filter(pk=journal.site.pk).update(root_page=home)
    Site.clear_site_root_paths_cache()
    for page, title in ((home, "House"), (breads, "Breads")):
        copy = page.copy_for_translation(english)
        copy.title, copy.slug = title, title.lower()
        copy.save_revision().publish()
    section = make_page(ArticleIndexPage, home, "Articles", "Stories")
    article = make_article(SimpleNamespace(articles=section))
    return {"home": home, "breads": breads, "section": section, "article": article}


@pytest.fixture
def host(pages, db, settings):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    found = {name: type(page).objects.get(pk=page.pk) for name, page in pages.items()}
    return SimpleNamespace(**found)


def places(client, path, **headers):
    response = client.get(path, follow=True, headers=headers)
    return [*[url for url, _status in response.redirect_chain], response.status_code]


@pytest.mark.parametrize("accepted", ["fr", "en"])
def test_both_kinds_of_pages_stand_at_their_own_addresses(client, host, accepted):
    headers = {"accept-language": accepted}
    for path, words in (
        ("/fr/pains/", "Pains"),
        ("/en/breads/", "Breads"),
        ("/fr/articles/le-lac-gele/", "Texte de"),
        ("/en/stories/the-lake-freezes/", "Text of"),
    ):
        response = client.get(path, headers=headers)
        assert response.status_code == 200, path
        assert words in response.content.decode()
    assert places(client, "/fr/", **headers) == places(client, "/en/", **headers) == [200]
    assert places(client, "/en/pains/", **headers) == [404]
    assert places(client, "/fr/breads/", **headers) == [404]


def test_what_is_said_of_addresses_agrees(client, host):
    for language in ("fr", "en"):
        with override(language):
            assert host.article.get_full_url() == host.article.full_url_in(language)
            assert host.breads.get_full_url() == "http://testserver/fr/pains/"
            translated = {"fr": "fr/pains/", "en": "en/breads/"}[language]
            assert host.breads.localized.get_full_url() == f"http://testserver/{translated}"
            assert host.article.localized == host.article
    expected = {
        "http://testserver/fr/articles/le-lac-gele/",
        "http://testserver/en/stories/the-lake-freezes/",
        "http://testserver/fr/pains/",
    }
    for path in ("/sitemap.xml", "/wagtail.xml"):
        listed = re.findall("<loc>(.+?)</loc>", client.get(path).content.decode())
        assert expected <= set(listed)
        assert not {url for url in listed if "/en/pains" in url or "/en/articles" in url}


def test_no_copy_is_made_in_the_tree_of_another_locale(host):
    """A page refuses to be copied; what keeps trees alike gets the page itself."""
    english = Locale.objects.get(language_code="en")
    with pytest.raises(PermissionDenied):
        host.article.copy_for_translation(english)
    synchronised = host.article.copy_for_translation(english, copy_parents=True, alias=True)
    assert synchronised == host.article
    assert (synchronised.locale, host.article.locale.language_code) == (english, "fr")
    assert host.article.get_translations(inclusive=True).count() == 1


def test_trees_of_locales_are_of_one_site(host):
    assert not are_several()


def test_a_renamed_page_is_redirected_in_each_language(client, host):
    publish_draft(host.article, url_slug_fr="glace", url_slug_en="ice")
    assert places(client, "/fr/articles/le-lac-gele/") == ["/fr/articles/glace/", 200]
    assert places(client, "/en/stories/the-lake-freezes/") == ["/en/stories/ice/", 200]


def test_the_screens_of_both_kinds_open(client, host):
    client.force_login(make_user(is_superuser=True))
    for page in (host.article, host.section, host.breads):
        edit = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        assert client.get(edit).status_code == 200
        assert client.get(reverse("wagtailadmin_explore", args=(page.pk,))).status_code == 200
    add = reverse("wagtailadmin_pages:add", args=("diptych", "articlepage", host.section.pk))
    assert client.get(add).status_code == 200
    assert client.get(reverse("diptych_translations:index")).status_code == 200


def test_a_copy_for_a_locale_would_copy_languages_of_the_page_or_below_it(host):
    assert would_copy_languages(host.article, and_below=False)
    assert would_copy_languages(host.home, and_below=True)
    assert not would_copy_languages(host.home, and_below=False)
    assert not would_copy_languages(host.breads, and_below=True)


def test_buttons_that_copy_are_left_out_where_their_application_is_installed(monkeypatch, host):
    buttons = [Button("Translate", "/translation/submit/page/7/"), Button("Move", "/pages/7/move/")]
    assert copies_for_locales.without_copying(buttons) == buttons
    monkeypatch.setattr(copies_for_locales.apps, "is_installed", lambda name: True)
    monkeypatch.setattr(
        copies_for_locales, "reverse", lambda name, args: "/translation/submit/page/0/"
    )
    assert copies_for_locales.without_copying(buttons) == buttons[1:]
    copies_for_locales.arrange_listing_buttons(buttons, page=host.breads, user=None)
    assert len(buttons) == 2
    copies_for_locales.arrange_listing_buttons(buttons, page=host.article, user=None)
    assert [each.label for each in buttons] == ["Move"]
