"""The API of the host: pages in a language that is asked for."""

import pytest

GUIDES = {"type": "enginehost.GuidePage"}


@pytest.fixture
def ask(reader):
    def ask(path="", status=200, **query):
        response = reader.get(f"/de/api/pages/{path}", query)
        assert response.status_code == status, response.content
        return response.json()

    return ask


def test_a_guide_is_there_in_the_languages_in_which_it_is_live(guide, ask):
    for lang, title, text in (("de", "Brot", "Aus Mehl."), ("en", "Bread", "Of flour.")):
        answer = ask(f"{guide.pk}/", lang=lang)
        assert (answer["title"], answer["introduction"]) == (title, text)
        assert [block["type"] for block in answer["body"]] == ["paragraph"]
        assert answer["meta"]["html_url"] == f"http://testserver/{lang}/{title.lower()}/"
        assert title in [each["title"] for each in ask(lang=lang)["items"]]
    assert ask(f"{guide.pk}/", lang="en")["meta"]["alternates"] == {
        "de": "http://testserver/de/brot/"
    }
    assert ask(f"{guide.pk}/", 404, lang="pt-br")
    assert [each["title"] for each in ask(lang="pt-br", **GUIDES)["items"]] == ["Início"]


def test_only_texts_of_the_language_are_searched(guide, ask):
    assert ask(lang="en", search="flour", **GUIDES)["meta"]["total_count"] == 1
    assert ask(lang="de", search="flour", **GUIDES)["meta"]["total_count"] == 0


def test_a_language_that_is_none_is_refused(guide, ask):
    assert ask(status=400, lang="fr") == {"message": "lang must be one of de, en, pt-br"}


def test_the_endpoint_passes_the_checks(db):
    from diptych.articles.languages.checks.addresses import check_api

    assert check_api(None) == []
