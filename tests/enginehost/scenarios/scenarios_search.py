"""The search of the host, by Wagtail's index: what is live in the language of the address."""

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command

from tests.enginehost.scenarios.editing import edit, text


@pytest.fixture
def found(reader):
    def found(language, query):
        answer = reader.get(f"/{language}/search/", {"query": query})
        assert answer.status_code == 200
        links = BeautifulSoup(answer.content, "lxml").select("a")
        return {link["href"]: link.get_text() for link in links}

    return found


@pytest.mark.parametrize("word", ["bread", "flour", "bake"])
def test_a_text_is_found_in_its_language_alone(guide, found, word):
    assert found("en", word) == {"/en/bread/": "Bread"}
    assert found("de", word) == found("pt-br", word) == {}
    assert found("de", "mehl") == {"/de/brot/": "Brot"}
    call_command("update_index", verbosity=0)
    assert found("en", word) == {"/en/bread/": "Bread"}


def test_drafts_are_not_and_what_goes_live_is(admin, guide, found):
    texts = text("en", "Bread", "Of rye.", "Bake.") | text("pt-br", "Pão", "De centeio.", "Asse.")
    edit(admin, guide, texts)
    assert found("en", "rye") == found("pt-br", "centeio") == {}
    edit(admin, guide, texts, "action-publish-only-en")
    assert found("en", "rye") == {"/en/bread/": "Bread"}
    assert found("en", "flour") == found("pt-br", "centeio") == {}


def test_the_admin_finds_every_language_and_the_other_pages_too(admin, guide):
    for word in ("Brot", "Bread"):
        assert (
            f"/admin/pages/{guide.pk}/edit/"
            in admin.get("/admin/pages/search/", {"q": word}).content.decode()
        )
