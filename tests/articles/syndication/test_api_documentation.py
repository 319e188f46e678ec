"""The page on the API: its examples are what the API answers, its tables are complete."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from diptych.articles.blocks import BodyBlock
from diptych.articles.syndication.api import ArticlesAPIViewSet, PagesAPIViewSet
from tests.factories import blocks, make_article, make_author, make_topic

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text()
EXAMPLE = re.compile(r"^```\nGET (\S+)\n```\n\n```json\n(.*?)^```", re.MULTILINE | re.DOTALL)
ARTICLE, FRENCH_ONLY = "12", "13"


def names_in(heading):
    """The names in the first column of the tables below a heading."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]*?) \|", section, re.MULTILINE)
    return [name.removeprefix("meta.") for row in rows for name in re.findall(r"`([\w.]+)`", row)]


def without_keys(data):
    """``data`` without primary keys and ids of blocks, which each database has of its own."""
    if isinstance(data, dict):
        return {name: "#" if name == "id" else without_keys(each) for name, each in data.items()}
    if isinstance(data, list):
        return [without_keys(each) for each in data]
    return (
        re.sub(r"/api/articles/\d+/", "/api/articles/#/", data) if isinstance(data, str) else data
    )


@pytest.mark.django_db
def test_examples_are_what_the_api_answers(journal, client):
    article = make_article(
        journal,
        authors=[make_author(journal)],
        topics=[make_topic(journal)],
        publication_date=datetime(2026, 1, 31, 12, tzinfo=UTC),
        body_fr=blocks(
            ("heading", {"text": "Sur la glace", "level": "h2"}),
            ("paragraph", "<p>Texte de l’article.</p>"),
        ),
    )
    french = make_article(journal, "Seul", "Alone", live_in=("fr",))
    examples = EXAMPLE.findall(PAGE)
    assert len(examples) == 4
    for written, expected in examples:
        address = written.replace(f"/{ARTICLE}/", f"/{article.pk}/")
        answer = client.get(address.replace(f"/{FRENCH_ONLY}/", f"/{french.pk}/")).json()
        assert without_keys(answer) == without_keys(json.loads(expected)), address


def test_tables_name_every_parameter_field_and_block():
    view = ArticlesAPIViewSet
    assert set(names_in("Parameters")) == view.known_query_parameters
    fields = names_in("Fields")
    kinds = list(BodyBlock().child_blocks)
    assert set(fields) == {*view.body_fields, *view.meta_fields, *kinds}
    pages = PagesAPIViewSet
    own = {*pages.known_query_parameters, *pages.body_fields, *pages.meta_fields}
    assert set(names_in("Pages of all types")) == own
