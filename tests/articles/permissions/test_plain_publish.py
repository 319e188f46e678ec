"""Wagtail's own "Publish" publishes nothing that the person pressing it may not."""

from tests.articles.languages import editor
from tests.articles.permissions.world import member
from tests.factories import make_article


def test_what_is_not_theirs_waits_where_only_their_language_is_live(world):
    page = make_article(world.journal, "Un", "One", live_in=("en",))
    draft = page.get_latest_revision_as_object()
    draft.headline_fr, draft.seo_title = "Deux", "Shared"
    draft.save_revision()
    client = member("editors-en")
    editor.edit(client, page, editor.article_form("Volé", "Two", editor.PUBLISH))
    page.refresh_from_db()
    assert (page.headline_en, page.headline_fr, page.seo_title) == ("Two", "Un", "")
    draft = editor.draft_of(page)
    assert (draft.headline_en, draft.headline_fr, draft.seo_title) == ("Two", "Deux", "Shared")
    assert editor.live_in(page) == ["en"]
