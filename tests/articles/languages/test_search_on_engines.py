"""The documents and queries that Wagtail's search gets in Elasticsearch and OpenSearch."""

from unittest.mock import MagicMock

import pytest
from django.utils import translation
from modelsearch.backends import elasticsearchbase
from wagtail.search import index

from diptych.articles.languages.models import PageInLanguage
from diptych.articles.languages.models.searched_languages import types_searched_by_language
from diptych.articles.models import StandardPage
from tests.factories import make_plain_page, paragraphs

pytestmark = pytest.mark.django_db


class Client(MagicMock):
    """Keeps what it is sent, and finds what :attr:`found` says."""

    documents = {}
    deleted = []
    found = []
    asked = []

    def index(self, index, document, id):
        self.documents[index, id] = document

    def delete(self, index, id):
        self.deleted.append((index, id))

    def search(self, index, body, **options):
        self.asked.append((index, body))
        hits = [{"fields": {"pk": [pk]}, "_score": 2.5} for pk in self.found]
        return {"hits": {"hits": hits}}

    def count(self, index, body):
        self.asked.append((index, body))
        return {"count": len(self.found)}


class Engine(elasticsearchbase.ElasticsearchBaseSearchBackend):
    client_class = Client
    NotFoundError = KeyError

    def bulk(self, client, actions, index):
        for each in actions:
            client.documents[index, each.pop("_id")] = each


@pytest.fixture(autouse=True)
def client(monkeypatch, settings):
    fields = [
        *StandardPage.search_fields,
        index.SearchField("lead", boost=3),
        index.SearchField("body"),
        index.AutocompleteField("lead"),
    ]
    monkeypatch.setattr(StandardPage, "search_fields", fields)
    monkeypatch.setattr(StandardPage, "is_searched_by_language", True)
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": f"{__name__}.Engine"}}
    types_searched_by_language.cache_clear()
    for name in ("documents", "deleted", "found", "asked"):
        monkeypatch.setattr(Client, name, {} if name == "documents" else [])
    yield Client
    types_searched_by_language.cache_clear()


@pytest.fixture
def page(journal, client):
    return make_plain_page(
        journal,
        fr="Assiettes",
        en="Plates",
        lead_fr="Un plat",
        lead_en="A dish",
        body_fr=paragraphs("D’argile."),
        body_en=paragraphs("Of clay."),
        live_in=["fr"],
    )


ROWS = "diptych_languages_pagelanguage"


def by_field(document):
    """A document without the names of models before those of its fields."""
    return {name.rpartition("__")[2]: value for name, value in document.items()}


def row_of(page, language):
    return PageInLanguage.objects.get(page=page.pk, language=language)


def test_there_is_a_document_of_each_live_language(page, client):
    row = row_of(page, "fr")
    documents = {pk: each for (name, pk), each in client.documents.items() if name == ROWS}
    assert list(documents) == [str(row.pk)]
    document = by_field(documents[str(row.pk)])
    assert document["title"] == "Assiettes"
    assert document["body"] == ["Un plat", "D’argile."]
    assert documents[str(row.pk)]["_edgengrams"] == [["Assiettes", "Un plat"]]
    assert (document["language_filter"], document["page_id_filter"]) == ("fr", page.pk)

    of_page = by_field(client.documents["wagtailcore_page", str(page.pk)])
    assert (of_page["lead_fr"], of_page["lead_en"]) == ("Un plat", "")
    assert (of_page["body_fr"], of_page["body_en"]) == (["D’argile."], "")

    page.publish_languages(["en"])
    document = by_field(client.documents[ROWS, str(row_of(page, "en").pk)])
    assert document["body"] == ["A dish", "Of clay."]


def test_what_is_taken_down_is_deleted(page, client):
    row = row_of(page, "fr")
    page.unpublish_languages(["fr"])
    assert (ROWS, str(row.pk)) in client.deleted


def test_the_rows_of_visible_pages_are_asked_for(page, client):
    client.found.append(str(row_of(page, "fr").pk))
    with translation.override("fr"):
        results = StandardPage.objects.search("plat argile")
        assert list(results) == [page] and results.count() == 1
        assert results.annotate_score("score")[0].score == 2.5
        assert list(StandardPage.objects.search("plat", order_by="-pk")) == [page]
    for name, body in client.asked:
        assert name == ROWS
        conditions = body["query"]["bool"]["filter"]
        assert {"term": {"language_filter": "fr"}} in conditions[1]["bool"]["must"]
        assert {"terms": {"page_id_filter": [page.pk]}} in conditions[1]["bool"]["must"]


def test_named_fields_are_asked_for_in_the_language(page, client):
    with translation.override("fr"):
        list(StandardPage.objects.search("plat", fields=["lead", "title"]))
    ((name, body),) = client.asked
    assert name == "wagtailcore_page"
    fields = body["query"]["bool"]["must"]["multi_match"]["fields"]
    assert [each.rpartition("__")[2] for each in fields] == ["lead_fr^3", "headline_fr^2"]
