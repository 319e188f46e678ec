"""What readers learn of pages that are not live: no address, and of authors no more than a name."""

from wagtail.contrib.redirects.models import Redirect

from tests.factories import make_article, make_author


def test_a_redirect_to_a_draft_does_not_tell_its_address(journal, reader):
    draft = make_article(journal, "Secret", "Hidden", live_in=())
    half = make_article(journal, "Moitié", "Half", live_in=("fr",))
    for path, page in (("/fr/old", draft), ("/en/older", draft), ("/fr/half", half)):
        Redirect.objects.create(old_path=path, site=journal.site, redirect_page=page)
    for path in ("/fr/old/", "/en/older/", "/en/older/?x=1"):
        response = reader.get(path)
        assert response.status_code == 404, path
        assert b"secret" not in response.content.lower()
    assert reader.get("/fr/half/").url == "/fr/articles/moitie/"


def test_the_name_of_an_author_is_all_that_is_shown_of_a_page_that_is_not_live(journal, reader):
    values = {"headline_en": "Ana Quiet", "url_slug_fr": "page-tue", "url_slug_en": "page-kept"}
    author = make_author(journal, "Ana Silencieuse", live_in=(), **values)
    page = make_article(journal, authors=[author])
    for code, name in (("fr", "Ana Silencieuse"), ("en", "Ana Quiet")):
        html = reader.get(page.url_in(code)).content.decode()
        assert name in html
        assert "page-tue" not in html and "page-kept" not in html
