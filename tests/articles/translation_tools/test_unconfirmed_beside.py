"""Site texts and texts of images that wait to be confirmed reach no reader by any route."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from diptych.articles.images.models import UnconfirmedImageText
from diptych.articles.interface_texts.catalogues import entries_by_key, forms_needed
from diptych.articles.interface_texts.site_catalogues import catalogues_in
from diptych.articles.interface_texts.unconfirmed import propose
from diptych.articles.models import ArticlePage
from tests.articles.languages.test_gate import WAYS, member
from tests.articles.transfer.static_site.test_export_site import export, one_connection  # noqa: F401
from tests.factories import make_article, make_image, write_draft

WAITING = "That nobody has confirmed"
LINK = re.compile(r"""(?:href|src)="([^"#?]+)|<(?:loc|link|id)>([^<#?]+)<|"url": ?"([^"#?]+)""")


@pytest.fixture
def page(journal):
    """One of two articles whose picture has texts that wait, as all site texts have."""
    image = make_image()
    make_article(journal, "Le zèbre", "Zebra", hero_image=image)
    page = make_article(journal, "Éléphant", "Elephant", hero_image=image)
    for language in ("fr", "en"):
        for field in ("alt", "caption"):
            UnconfirmedImageText.objects.create(
                image=image, language=language, field=field, text=WAITING, origin="a.po"
            )
        for catalogue in catalogues_in(language):
            file = catalogue.read()
            forms = {
                key: [WAITING] * forms_needed(entry, file)
                for key, entry in entries_by_key(file).items()
            }
            propose(catalogue, forms, "a.po")
    return page


def read_by(reader):
    """``{path: text}`` of all that a reader can come to: pages, feeds, sitemaps and the API."""
    due = {"/fr/", "/en/", "/sitemap.xml", "/fr/api/articles/", "/en/api/articles/"}
    found = {}
    while due - found.keys():
        path = min(due - found.keys())
        response = reader.get(path)
        found[path] = ""
        if response.status_code != 200 or response.streaming:
            continue
        found[path] = response.content.decode(errors="replace")
        links = {next(filter(None, each)) for each in LINK.findall(found[path])}
        due |= {urlsplit(each).path for each in links if _is_of_ours(each)}
    return found


def _is_of_ours(url):
    parts = urlsplit(url)
    is_here = parts.netloc in ("", "testserver") and parts.path.startswith("/")
    return is_here and not parts.path.startswith(("/static/", "/media/", "/admin/"))


@pytest.mark.parametrize(
    "way",
    [pytest.param(way, marks=() if way == "code" else (pytest.mark.matrix,)) for way in WAYS],
)
def test_nothing_that_waits_is_published_with_a_page(page, reader, way):
    write_draft(page, headline_en="Elephant 2")

    WAYS[way][0](member("chiefs"), page, True)

    assert ArticlePage.objects.get(pk=page.pk).headline_en == "Elephant 2"
    found = read_by(reader)
    wanted = ("/fr/feed/", "/en/feed/", "/fr/api/articles/", "/en/api/articles/", "/sitemap")
    assert all(any(path.startswith(each) for path in found) for each in wanted), found.keys()
    assert sum("Elephant 2" in text for text in found.values()) > 3
    assert sum("A frozen lake" in text for text in found.values()) > 1
    assert [path for path, text in found.items() if WAITING in text] == []


@pytest.mark.rare
def test_nothing_that_waits_is_in_a_static_copy(page, tmp_path):
    copy = export(tmp_path)

    texts = [copy.text(each) for each in copy.places if each.endswith(("l", "n"))]
    assert sum("A frozen lake" in text for text in texts) > 1
    assert not any(WAITING in text for text in texts)


def test_what_is_confirmed_is_read(page, admin, reader):
    edit = reverse("wagtailimages:edit", args=(page.hero_image.pk,))
    values = {"title": "Lac", "collection": page.hero_image.collection_id, "alt_fr": "Un lac gelé"}
    values |= {"alt_en": "A frozen lake", "confirm_alt_en": f"right:{WAITING}"}

    assert admin.post(edit, values).status_code == 302

    assert any(WAITING in text for text in read_by(reader).values())
