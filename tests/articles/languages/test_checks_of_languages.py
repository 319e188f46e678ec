"""What is said of languages in the settings, and of fields, that cannot be used."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps, override_settings
from django.utils import translation
from django.utils.translation.trans_real import DjangoTranslation

from diptych.articles.languages import MultilingualPageMixin, MultilingualPageOptions
from diptych.articles.languages.admin.editor import field_panels
from diptych.articles.languages.admin.editor.field_panels import TranslatedFieldPanel
from diptych.articles.languages.checks import project
from diptych.articles.languages.config.language_config import (
    language_attributes,
    language_name,
    translated_language_name,
)
from diptych.articles.languages.config.language_settings import require_languages, support_streams
from diptych.articles.models import ArticlePage
from tests.factories import make_article


@pytest.fixture(autouse=True)
def in_english(language_of_the_site):
    with translation.override("en"):
        yield


def execute(sql):
    with connection.cursor() as cursor:
        connection.check_constraints()  # or PostgreSQL alters no table that rows were added to
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"MODELTRANSLATION_LANGUAGES": ("fr", "en", "fr")}, "names fr twice"),
        ({"MODELTRANSLATION_LANGUAGES": ("pt-br", "pt_BR")}, "Write pt-br instead of pt_BR"),
        ({"MODELTRANSLATION_LANGUAGES": ("fr", "PT-br")}, "Write pt-br instead of PT-br"),
        ({"MODELTRANSLATION_LANGUAGES": ()}, "at least one language"),
        ({"MODELTRANSLATION_LANGUAGES": ("fr-valais-sion",)}, "longer than 12 characters"),
        ({"MODELTRANSLATION_DEFAULT_LANGUAGE": "de"}, "is de, which is not among"),
    ],
)
def test_languages_that_cannot_be_used_are_refused(values, sentence):
    with override_settings(**values), pytest.raises(ImproperlyConfigured, match=sentence):
        require_languages()


def test_languages_may_be_any_and_one_is_enough():
    with override_settings(
        MODELTRANSLATION_LANGUAGES=["zh-hans"], MODELTRANSLATION_DEFAULT_LANGUAGE="zh-hans"
    ):
        require_languages()


def test_streams_are_translated_beside_the_fields_of_the_project():
    with override_settings(MODELTRANSLATION_CUSTOM_FIELDS=("ColourField",)):
        support_streams()
        assert settings.MODELTRANSLATION_CUSTOM_FIELDS == ("ColourField", "StreamField")


def test_a_language_of_pages_that_no_address_has_is_named():
    assert project.check_languages(None) == []
    with override_settings(LANGUAGES=[("fr", "Français")]):
        (problem,) = project.check_languages(None)
    assert "en" in problem.msg
    assert problem.id == "diptych.E006"


@isolate_apps("diptych.articles")
def test_a_page_type_with_a_column_of_that_name_is_refused():
    fields = {"body": models.TextField(), "body_fr": models.TextField()}
    meta = type("Meta", (), {"app_label": "diptych"})
    guide = type("Guide", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})
    with pytest.raises(ImproperlyConfigured, match="a field body_fr of its own"):
        type("Options", (MultilingualPageOptions,), {"fields": ("body",)})(guide)


@isolate_apps("diptych.articles")
def test_a_translated_reference_that_is_deleted_in_one_language_only_is_refused(monkeypatch):
    assert project.check_references(None) == []

    def to_user(on_delete, name="+"):
        user = settings.AUTH_USER_MODEL
        return models.ForeignKey(user, on_delete=on_delete, null=True, related_name=name)

    meta = type("Meta", (), {"app_label": "diptych"})
    references = {
        "editor": to_user(models.CASCADE),
        "guard": to_user(models.PROTECT),
        "reader": to_user(models.SET_NULL),
        "writer": to_user(models.CASCADE, "guides"),
        "nobody": to_user(models.DO_NOTHING),
    }
    guide = type("Guide", (models.Model,), {"__module__": __name__, "Meta": meta, **references})
    fields = {each for each in guide._meta.get_fields() if each.many_to_one}
    monkeypatch.setattr(project, "translated_foreign_keys", lambda: fields)
    problems = project.check_references(None)
    assert {each.id for each in problems} == {"diptych.E017"}
    assert [each.msg.split()[0] for each in problems] == [
        "diptych.Guide.editor",
        "diptych.Guide.guard",
    ]


def test_a_page_type_may_declare_a_longer_headline_but_nothing_else():
    headline = MultilingualPageMixin._meta.get_field("headline")
    assert project._can_replace(models.CharField(max_length=300), headline)
    assert not project._can_replace(models.CharField(max_length=50), headline)
    assert not project._can_replace(models.TextField(), headline)
    assert project.check_declared_fields(None) == []


def test_a_language_without_columns_is_named_when_a_database_is(db):
    execute("ALTER TABLE diptych_articlepage DROP COLUMN lead_en")
    assert project.check_columns(None) == []
    (problem,) = project.check_columns(None, databases=["default"])
    assert (problem.id, "en" in problem.msg) == ("diptych.W010", True)
    assert project.check_table(None, databases=["default"]) == []


def test_a_removed_language_is_named_while_pages_are_live_in_it(journal):
    make_article(journal)
    execute(
        "ALTER TABLE diptych_articlepage ADD COLUMN is_public_pt_br bool DEFAULT false NOT NULL"
    )
    assert project.check_removed_languages(None, databases=["default"]) == []
    execute("UPDATE diptych_articlepage SET is_public_pt_br = true")
    (problem,) = project.check_removed_languages(None, databases=["default"])
    assert (problem.id, "1 page is live in pt-br" in problem.msg) == ("diptych.W013", True)
    assert project.check_removed_languages(None) == []


def test_a_page_whose_source_language_was_removed_has_another(journal):
    page = make_article(journal, "Loutre", "Otter")
    ArticlePage.objects.filter(pk=page.pk).update(source_language="de", headline_fr="")
    assert ArticlePage.objects.get(pk=page.pk).source_language == "en"
    assert ArticlePage.objects.only("pk").get(pk=page.pk).source_language == "fr"


def test_words_in_another_language_than_english_are_named(monkeypatch):
    assert project.check_words(None) == []
    monkeypatch.setattr(project, "available_languages", lambda: ["fr", "en", "de"])
    (problem,) = project.check_words(None)
    assert (problem.id, "are in fr on pages in de" in problem.msg) == ("diptych.W014", True)
    with override_settings(LANGUAGE_CODE="en"):
        assert project.check_words(None) == []


def test_the_english_catalogue_in_an_application_gives_another_language_english_words(
    tmp_path, monkeypatch
):
    ours, wagtails = "Publish %(language)s", "Publish"
    assert DjangoTranslation("de").gettext(ours) == DjangoTranslation("fr").gettext(ours) != ours
    german = DjangoTranslation("de").gettext(wagtails)
    catalogue = Path(settings.LOCALE_PATHS[0], "en", "LC_MESSAGES", "django.mo")
    folder = tmp_path / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(catalogue, folder)
    applications = [*apps.get_app_configs(), SimpleNamespace(path=str(tmp_path))]
    monkeypatch.setattr(apps, "get_app_configs", lambda: applications)
    words = DjangoTranslation("de")
    assert words.gettext(ours) == ours
    assert words.gettext(wagtails) == german != wagtails


def test_a_text_has_the_direction_of_its_language():
    assert language_attributes("ar") == {"lang": "ar", "dir": "rtl"}
    assert language_attributes("he")["dir"] == "rtl"
    assert language_attributes("pt-br") == {"lang": "pt-br", "dir": "ltr"}


def test_blocks_have_the_direction_of_their_language(monkeypatch):
    monkeypatch.setattr(field_panels, "language_attributes", lambda code: language_attributes("ar"))
    bound = {
        name: TranslatedFieldPanel(name).bind_to_model(ArticlePage)
        for name in ("body_en", "lead_en")
    }
    assert bound["body_en"].classname == "diptych-rtl"
    assert (bound["lead_en"].classname, bound["lead_en"].widget.attrs["dir"]) == ("", "rtl")
    monkeypatch.undo()
    assert TranslatedFieldPanel("body_en").bind_to_model(ArticlePage).classname == ""


def test_a_language_that_django_does_not_know_has_the_name_of_the_settings():
    with override_settings(LANGUAGES=[("tlh", "tlhIngan Hol")]):
        assert language_name("tlh") == "tlhIngan Hol"
        assert translated_language_name("tlh") == "tlhIngan Hol"
    assert translated_language_name("tlh") == "tlh"


def test_a_name_in_the_settings_wins_over_that_of_django(settings):
    settings.LANGUAGES = [("en", "English of London"), ("fr", "Romand")]
    assert (language_name("fr"), language_name("en")) == ("Romand", "English of London")
