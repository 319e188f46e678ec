"""The OpenAPI description: valid, complete, and what the endpoints answer."""

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from diptych.articles.syndication.api import endpoints
from tests.factories import blocks, make_article, make_author, make_image, make_topic, write_draft


@pytest.fixture
def described(journal, client):
    response = client.get("/en/api/openapi.json")
    assert response["Content-Type"] == "application/json"
    return response.json()


def schema_of(described, path, status="200"):
    answer = described["paths"][path]["get"]["responses"][status]
    return answer["content"]["application/json"]["schema"]


def test_it_is_valid_and_names_every_parameter(described):
    validate(described)
    for name, viewset in endpoints.items():
        listing = described["paths"][f"/{name}/"]["get"]["parameters"]
        assert {each["name"] for each in listing} == viewset.known_query_parameters
        assert all(each["description"] for each in listing)
        detail = described["paths"][f"/{name}/{{id}}/"]["get"]["parameters"]
        assert {each["name"] for each in detail} - {"id"} <= viewset.detail_parameters


def test_each_value_that_it_allows_is_taken(journal, described, client):
    make_topic(journal)
    for name in endpoints:
        for parameter in described["paths"][f"/{name}/"]["get"]["parameters"]:
            for value in parameter["schema"].get("enum", ()):
                query = {parameter["name"]: value}
                if name == "pages":
                    query |= {"type": "diptych.TopicPage"}
                assert client.get(f"/en/api/{name}/", query).status_code == 200, query


def test_answers_are_as_described(journal, described, client):
    picture = {"image": make_image(width=64, height=48).pk}
    article = make_article(
        journal,
        hero_image=make_image(width=64, height=48),
        topics=[make_topic(journal)],
        authors=[make_author(journal)],
        body_en=blocks(("paragraph", "<p>Text.</p>"), ("image", picture)),
    )
    write_draft(article, lead_en="Changed")
    article.publish_languages(["en"])
    for path, name in (
        ("articles/", "/articles/"),
        (f"articles/{article.pk}/", "/articles/{id}/"),
        ("pages/", "/pages/"),
        (f"pages/{journal.topics.pk}/", "/pages/{id}/"),
    ):
        answer, schema = client.get(f"/en/api/{path}").json(), schema_of(described, name)
        Draft202012Validator(schema).validate(answer)
        shown = answer["items"][0] if "items" in answer else answer
        expected = schema["properties"]["items"]["items"] if "items" in answer else schema
        assert set(expected["properties"]) <= set(shown), path
        missing = set(expected["properties"]["meta"]["properties"]) - set(shown["meta"])
        assert missing <= {"locale"}, path


def test_refusals_are_as_described(described, client):
    for path, status in (("/articles/?lang=de", "400"), ("/articles/1/", "404")):
        name = "/articles/" if "?" in path else "/articles/{id}/"
        response = client.get(f"/en/api{path}")
        assert str(response.status_code) == status
        Draft202012Validator(schema_of(described, name, status)).validate(response.json())
