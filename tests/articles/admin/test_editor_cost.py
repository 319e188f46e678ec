"""Opening the editor reads what an article refers to once, however much that is."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.articles.admin.html import soup
from tests.factories import make_article, make_author, make_image, make_topic


def opened(client, page):
    """The editor of ``page``, and the statements it took; the process is warm."""
    address = reverse("wagtailadmin_pages:edit", args=(page.pk,))
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    return soup(response), [query["sql"] for query in captured]


@pytest.mark.scale
def test_as_few_queries_for_many_authors_and_topics(journal, admin):
    authors = [make_author(journal, f"Personne {number}") for number in range(5)]
    topics = [make_topic(journal, f"Thème {number}", f"Topic {number}") for number in range(5)]
    image = make_image(alt_fr="Un lac", alt_en="A lake")
    others = [make_article(journal, f"Autre {number}", f"Other {number}") for number in range(3)]
    one = make_article(
        journal, authors=authors[:1], topics=topics[:1], picks=others[:1], hero_image=image
    )
    many = make_article(
        journal, "Tout", "All", authors=authors, topics=topics, picks=others, hero_image=image
    )
    _page, few = opened(admin, one)
    page, asked = opened(admin, many)
    assert len(asked) == len(few) <= 50, asked
    chosen = [each.text.strip() for each in page.select("[id*=author-chooser] .chooser__title")]
    assert [name for name in chosen if name] == [author.title for author in authors]


def test_what_blocks_there_are_is_said_once_for_all_languages(journal, admin):
    page, _asked = opened(admin, make_article(journal))
    for field in ("body", "corrections"):
        streams = [page.find(id=f"{field}_{code}") for code in ("fr", "en")]
        (said,) = {stream["data-w-block-data-value"] for stream in streams}
        assert len(said) < 100
        (name,) = json.loads(said)["_args"]
        (described,) = page.find_all(id=name)
        assert "<" not in described.string  # a script would end there
        assert json.loads(described.string)["_type"]
    assert str(page).count("diptych.LongStream") == 1


def test_each_language_costs_few_bytes(journal, admin):
    """Besides its text; the description of a body alone is some 30 kB."""
    page, _asked = opened(admin, make_article(journal))
    sizes = [len(page.find(id=f"tab-{name}").encode()) for name in ("francais", "english")]
    assert sizes[1] < 32_000 < sizes[0] < 70_000


def test_choosers_lead_to_what_is_chosen_and_open_beside_it(journal, admin):
    author = make_author(journal)
    page, _asked = opened(admin, make_article(journal, authors=[author]))
    chooser = page.select_one("#id_authors-0-author-chooser")
    link = chooser.select_one("[data-chooser-edit-link]")
    assert link["href"] == reverse("wagtailadmin_pages:edit", args=(author.pk,))
    assert page.select_one("#id_authors-0-author")["value"] == str(author.pk)
    parent = author.get_parent().pk
    assert f'"parentId": {parent}' in str(page.select_one("#id_authors-0-author-chooser").parent)


def test_an_empty_chooser_has_its_own_name_wherever_it_stands(journal, admin):
    page, _asked = opened(admin, make_article(journal))
    for name in ("translator_fr", "reviewer_en", "series"):
        assert page.select_one(f"#id_{name}-chooser.blank"), name
        assert page.select_one(f"input#id_{name}[name={name}]"), name
        assert not page.select_one(f"#id_{name}-chooser").select("[id*=__ID__]")
