"""A page that comes back to an address it has left is not redirected to itself."""

from wagtail.contrib.redirects.models import Redirect

from tests.factories import make_article, publish_draft, write_draft


def test_coming_back_while_offline_leaves_no_loop(journal, client):
    article = make_article(journal, "Premier", "First")
    publish_draft(article, url_slug_en="second")
    assert client.get("/en/stories/first/").status_code == 301
    article.unpublish()
    article.refresh_from_db()
    write_draft(article, url_slug_en="first")
    article.publish_languages(["fr", "en"])
    assert not Redirect.objects.filter(old_path="/en/stories/first").exists()
    article.unpublish_languages(["en"])
    assert client.get("/en/stories/first/").status_code == 404


def test_an_address_that_ends_in_another_language_is_put_right(journal, client):
    make_article(journal, "Premier", "First")
    moved = client.get("/en/stories/premier/")
    assert (moved.status_code, moved["Location"]) == (301, "/en/stories/first/")
