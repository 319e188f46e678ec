"""A page goes live in one language, is served in it, moves, is copied and goes offline."""

from bs4 import BeautifulSoup
from django.urls import reverse

from tests.enginehost.scenarios.editing import (
    create,
    edit,
    fresh,
    live_in,
    newest_page,
    text,
    words,
)


def test_one_language_goes_live_and_the_others_stay_drafts(admin, home, reader):
    texts = text("de", "Brot", "Aus Mehl.", "Backen.") | text("en", "Bread", "Of flour.", "Bake.")
    page = create(admin, home, texts, "action-publish-only-en")
    assert live_in(page) == ["en"]
    served = reader.get("/en/bread/")
    assert served.status_code == 200
    assert {"Bread", "Of flour.", "Bake."} <= set(BeautifulSoup(served.content, "lxml").strings)
    assert reader.get("/de/brot/").status_code == 404
    assert "Brot" not in served.content.decode()


def test_who_asks_for_a_language_that_is_missing_is_told_which_there_are(guide, reader):
    answer = reader.get("/pt-br/bread/")
    assert answer.status_code == 404
    page = BeautifulSoup(answer.content, "lxml")
    assert page.html["lang"] == "pt-br"
    assert [link["href"] for link in page.select("main a")] == ["/de/brot/", "/en/bread/"]


def test_each_language_has_an_address_and_names_the_others(guide, reader):
    assert reader.get("/en/brot/").headers["location"] == "/en/bread/"
    page = BeautifulSoup(reader.get("/de/brot/").content, "lxml")
    alternates = {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate]")}
    assert alternates == {
        "de": "http://testserver/de/brot/",
        "en": "http://testserver/en/bread/",
        "x-default": "http://testserver/de/brot/",
    }
    assert page.html["lang"] == "de"


def test_the_sitemap_has_every_language_that_is_live(guide, reader):
    sitemap = reader.get("/sitemap.xml").content.decode()
    assert "<loc>http://testserver/en/bread/</loc>" in sitemap
    assert 'hreflang="de" href="http://testserver/de/brot/"' in sitemap
    assert "<loc>http://testserver/pt-br/" in sitemap  # the front page
    assert "/pt-br/b" not in sitemap


def test_a_draft_of_one_language_waits_while_another_is_published(admin, guide, reader):
    changes = {"headline_de": "Sauerteig", "headline_en": "Sourdough"}
    edit(admin, guide, changes, "action-publish-only-de")
    assert "Sauerteig" in words(reader.get("/de/brot/"))
    assert "Sourdough" not in words(reader.get("/en/bread/"))
    assert fresh(guide).get_latest_revision_as_object().headline_en == "Sourdough"


def test_an_incomplete_language_is_refused_in_words(admin, guide):
    answer = edit(admin, guide, {"introduction_pt_br": "De farinha."}, "action-publish-only-pt-br")
    assert "The headline is missing." in words(admin.get(answer["Location"]))
    assert live_in(guide) == ["de", "en"]


def test_a_language_is_unpublished(admin, guide, reader):
    address = reverse("diptych_unpublish_language", args=(guide.pk, "en"))
    assert "English" in words(admin.get(address))
    assert admin.post(address).status_code == 302
    assert live_in(guide) == ["de"]
    assert reader.get("/en/bread/").status_code == 404
    assert reader.get("/de/brot/").status_code == 200


def test_a_changed_slug_redirects_in_its_language_alone(admin, guide, reader):
    edit(admin, guide, {"url_slug_en": "loaf"}, "action-publish-only-en")
    assert reader.get("/en/bread/").headers["location"] == "/en/loaf/"
    assert reader.get("/de/brot/").status_code == 200


def test_a_page_moves_with_its_addresses(admin, guide, home, reader):
    texts = text("de", "Küche") | text("en", "Kitchen") | text("pt-br", "Cozinha")
    kitchen = create(admin, home, texts, "action-publish-all-languages")
    answer = admin.post(reverse("wagtailadmin_pages:move_confirm", args=(guide.pk, kitchen.pk)))
    assert answer.status_code == 302
    assert reader.get("/en/bread/").headers["location"] == "/en/kitchen/bread/"
    assert reader.get("/de/kueche/brot/").status_code == 200


def test_a_copy_has_a_title_in_each_language_and_is_a_draft(admin, guide, home, reader):
    address = reverse("wagtailadmin_pages:copy", args=(guide.pk,))
    fields = set(admin.get(address).context["form"].fields)
    names = {"new_headline_de", "new_slug_de", "new_headline_en", "new_slug_en"}
    assert names == {name for name in fields if name.startswith(("new_headline", "new_slug"))}
    posted = {
        "new_headline_de": "Zopf",
        "new_slug_de": "zopf",
        "new_headline_en": "Plait",
        "new_slug_en": "plait",
        "new_parent_page": home.pk,
    }
    answer = admin.post(address, posted)
    assert answer.status_code == 302, answer.context["form"].errors
    copy = newest_page()
    assert (copy.headline_de, copy.headline_en) == ("Zopf", "Plait")
    assert live_in(copy) == []
    assert reader.get("/de/zopf/").status_code == 404


def test_the_copy_form_has_the_source_first_and_then_the_order_of_the_settings(admin, guide):
    changes = text("pt-br", "Pão") | {"source_language": "en"}
    edit(admin, guide, changes, "action-publish-only-de")
    form = admin.get(reverse("wagtailadmin_pages:copy", args=(guide.pk,))).context["form"]
    headlines = [name for name in form.fields if name.startswith("new_headline")]
    assert headlines == ["new_headline_en", "new_headline_de", "new_headline_pt-br"]


def test_a_preview_is_in_the_language_chosen(admin, guide):
    address = reverse("wagtailadmin_pages:view_draft", args=(guide.pk,))
    assert "Brot" in words(admin.get(address))
    assert "Bread" in words(admin.get(address, {"mode": "en"}))
    empty = words(admin.get(address, {"mode": "pt-br"}))
    assert "What you write in the tab “Português” will appear here." in empty


def test_an_unpublished_page_is_offline_in_every_language(admin, guide, reader):
    admin.post(reverse("wagtailadmin_pages:unpublish", args=(guide.pk,)))
    assert live_in(guide) == []
    assert reader.get("/de/brot/").status_code == 404
    assert reader.get("/en/bread/").status_code == 404
