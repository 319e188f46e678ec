"""Slugs, as each language writes its letters without marks."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.admin.widgets import SlugInput

from diptych.articles.languages.admin.editor.widgets import slug_input
from diptych.articles.languages.routes.slugs import make_page_slug, make_slug
from diptych.articles.models import ArticlePage
from tests.factories import make_article, publish_draft, sign_in
from tests.tiers import one_of


@pytest.mark.parametrize(
    ("language", "headline", "slug"),
    [
        ("de", "Größenwahn: Äpfel ÜBER Straßen", "groessenwahn-aepfel-ueber-strassen"),
        ("de", "u\u0308ber", "ueber"),
        ("de-at", "Jänner", "jaenner"),
        ("fr", "Größe à l’été, cœur", "grosse-a-l-ete-coeur"),
        ("da", "Ærø på å", "aeroe-paa-aa"),
        ("nb", "Blåbærøl", "blaabaeroel"),
        ("sv", "Blåbär", "blabar"),
        ("pt-br", "Avião à vista", "aviao-a-vista"),
        ("zh-hans", "大象", "daxiang"),
        ("ar", "الفيل", "lfyl"),
        (None, "İlkay ı", "ilkay-i"),
        ("de", "…!", ""),
    ],
)
def test_a_slug_is_written_as_its_language_does(language, headline, slug):
    assert make_slug(headline, language) == slug


@pytest.mark.parametrize("language", ["de", "de-at", "da", "fr", "ar"])
def test_the_script_of_the_editor_replaces_the_same_letters(language):
    widget = slug_input(language)
    assert isinstance(widget, SlugInput)
    formatters = json.loads(widget.attrs["data-w-slug-formatters-value"])
    replaced = {pattern[0]: written for pattern, written in formatters if len(pattern[0]) == 1}
    assert replaced["œ"] == "oe"
    for letter, written in replaced.items():
        assert make_slug(letter, language) == written.lower()


@pytest.mark.parametrize(
    ("language", "headline", "slug"),
    [
        ("de", "Größe u\u0308ber alles", "größe-über-alles"),
        ("fr", "L’été, cœur!", "l-été-cœur"),
        ("ar", "الفيل", "الفيل"),
        ("zh-hans", "大象", "大象"),
        ("en", "é" * 120, "é" * 100),
        ("en", "…!", ""),
    ],
)
def test_letters_are_kept_where_the_project_asks_for_it(settings, language, headline, slug):
    settings.WAGTAIL_ALLOW_UNICODE_SLUGS = True
    assert make_page_slug(headline, language) == slug
    attributes = slug_input(language).attrs
    assert attributes["data-w-slug-allow-unicode-value"] == "true"
    assert len(json.loads(attributes["data-w-slug-formatters-value"])) == 1
    del settings.WAGTAIL_ALLOW_UNICODE_SLUGS
    assert make_page_slug(headline, language) == make_slug(headline, language)


def test_a_page_is_read_at_an_address_with_letters_of_its_language(journal, client, settings):
    settings.WAGTAIL_ALLOW_UNICODE_SLUGS = True
    article = make_article(journal, "L’été gelé", "大象")
    assert (article.url_slug_fr, article.url_slug_en) == ("l-été-gelé", "大象")
    old = article.url_in("fr")
    assert old == "/fr/articles/l-%C3%A9t%C3%A9-gel%C3%A9/"
    page = BeautifulSoup(client.get(old).content, "lxml")
    assert page.select_one("link[rel=canonical]")["href"] == f"http://testserver{old}"
    publish_draft(article, url_slug_fr="hiver-éternel")
    moved = client.get(old)
    assert (moved.status_code, moved["Location"]) == (
        301,
        ArticlePage.objects.get().url_in("fr"),
    )
    assert client.get(moved["Location"]).status_code == 200


@pytest.mark.parametrize("allowed", one_of([True, None, False], "rare"))
def test_a_slug_in_unicode_is_kept_and_accepted_as_wagtail_does(journal, client, settings, allowed):
    settings.WAGTAIL_ALLOW_UNICODE_SLUGS = allowed
    if allowed is None:
        del settings.WAGTAIL_ALLOW_UNICODE_SLUGS
    article = make_article(journal, url_slug_en="über-uns")
    ArticlePage.objects.get(pk=article.pk).save()
    assert ArticlePage.objects.get().url_slug_en == "über-uns"
    sign_in(client, "admin")
    copied = client.get(reverse("wagtailadmin_pages:copy", args=[article.pk])).context["form"]
    for field in (
        ArticlePage._meta.get_field("url_slug_en").formfield(),
        copied["new_slug_en"].field,
    ):
        if allowed is False:
            with pytest.raises(ValidationError):
                field.clean("über-uns")
        else:
            assert field.clean("über-uns") == "über-uns"


def test_migrations_know_nothing_of_it():
    field = ArticlePage._meta.get_field("url_slug_en")
    _name, path, _arguments, options = field.deconstruct()
    assert path == "django.db.models.SlugField" and "allow_unicode" not in options
