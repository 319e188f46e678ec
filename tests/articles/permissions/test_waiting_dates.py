"""A date of publication is called off by those alone who may publish what waits for it."""

import pytest
from wagtail.actions.publish_page_revision import PublishPagePermissionError

from tests.articles.permissions.ways import bulk
from tests.articles.permissions.world import let_wait, member, waiting_in
from tests.factories import BOTH, make_article, make_plain_page, write_draft
from tests.tiers import one_of


def said(response):
    return " ".join(str(message) for message in response.wsgi_request._messages)


@pytest.mark.parametrize("waiting", one_of([("fr",), BOTH], "matrix"))
@pytest.mark.parametrize("live_in", one_of([(), ("fr",), BOTH], "matrix"))
def test_publishing_a_selection_calls_off_no_date_of_others(world, live_in, waiting):
    page = make_article(world.journal, "Un", "One", live_in=live_in)
    let_wait(page, *waiting, headline_fr="Deux")
    before = waiting_in(page, "fr")
    bulk(member("editors-en"), "publish", page)
    page.refresh_from_db()
    assert before and waiting_in(page, "fr") == before
    assert tuple(page.live_languages) == live_in


def test_whoever_publishes_a_selection_is_told_of_the_date(world):
    client = member("editors-en")
    alone = said(bulk(client, "publish", world.dated))
    assert alone.startswith("1 page") and "date" in alone
    both = said(bulk(client, "publish", world.dated, world.article))
    assert "date" in both
    world.article.refresh_from_db()
    assert world.article.headline_en == "Draft"


def test_a_date_below_a_page_is_not_called_off_with_it(world):
    parent = make_plain_page(world.journal, "Parent", "Parent")
    below = make_plain_page(world.journal, "Un", "One", live_in=(), parent=parent)
    let_wait(below, *BOTH)
    before = waiting_in(below, "fr")
    answer = bulk(member("editors-en"), "publish", parent, include_descendants="on")
    assert waiting_in(below, "fr") == before
    assert "date" in said(answer)


def test_one_publishes_over_the_date_of_ones_own_language(world):
    page = make_article(world.journal, "Un", "One")
    let_wait(page, "en", headline_en="Two")
    write_draft(page, headline_en="Three", go_live_at=None)
    bulk(member("editors-en"), "publish", page)
    page.refresh_from_db()
    assert page.headline_en == "Three"
    assert waiting_in(page, "en") == []


def test_no_program_publishes_over_a_date_for_somebody(world):
    user = member("editors-en").user
    before = waiting_in(world.dated, "fr")
    revision = write_draft(world.dated, headline_en="New", go_live_at=None)
    with pytest.raises(PublishPagePermissionError):
        revision.publish(user=user)
    with pytest.raises(PublishPagePermissionError):
        world.dated.publish_languages(["en"], user=user)
    assert before and waiting_in(world.dated, "fr") == before
