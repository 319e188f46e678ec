"""Wagtail's own "Publish" publishes nothing that the person pressing it may not."""

import pytest

from diptych.articles.models import ArticleIndexPage, StandardPage
from tests.articles.languages import editor
from tests.articles.permissions.world import member
from tests.factories import make_article, make_page


def test_what_is_not_theirs_waits_where_only_their_language_is_live(world):
    page = make_article(world.journal, "Un", "One", live_in=("en",))
    draft = page.get_latest_revision_as_object()
    draft.headline_fr, draft.seo_title = "Deux", "Shared"
    draft.save_revision()
    client = member("editors-en")
    editor.edit(client, page, editor.article_form("Volé", "Two", editor.PUBLISH))
    page.refresh_from_db()
    assert (page.headline_en, page.headline_fr, page.seo_title) == ("Two", None, "")
    draft = editor.draft_of(page)
    assert (draft.headline_en, draft.headline_fr, draft.seo_title) == ("Two", "Deux", "Shared")
    assert editor.live_in(page) == ["en"]


@pytest.mark.parametrize("live_before", [(), ("fr", "en")])
def test_no_address_moves_in_a_language_that_is_not_theirs(world, live_before):
    home = world.journal.home
    section = make_page(ArticleIndexPage, home, "Les arts", "Arts", live_in=live_before)
    below = make_page(StandardPage, section, "Un", "One")
    address = below.languages.get(language="en").url_path
    if section.live:
        section.unpublish()
    section.publish_languages(["fr"], member("editors-fr").user)
    section.refresh_from_db()
    kept = "Arts" if live_before else None
    assert (editor.live_in(section), section.headline_en) == (["fr"], kept)
    assert below.languages.get(language="en").url_path == address
    assert not StandardPage().slug_is_free("en", "arts", home)
