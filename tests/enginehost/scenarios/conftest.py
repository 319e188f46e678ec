"""The site of the host: a front page and a guide, made in the admin as an editor makes them."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from wagtail.models import Page, Site

from tests.enginehost.scenarios.editing import create, edit, fresh, sign_in, text


@pytest.fixture(autouse=True)
def language_of_the_host():
    translation.deactivate()
    cache.clear()
    yield
    translation.deactivate()


@pytest.fixture
def admin(db):
    """A browser in which an administrator is signed in."""
    return sign_in("chief", is_superuser=True)


@pytest.fixture
def reader():
    return Client()


@pytest.fixture
def home(admin):
    """A front page that is live in every language, and a site that starts at it."""
    texts = text("de", "Start") | text("en", "Home") | text("pt-br", "Início")
    page = create(admin, Page.get_first_root_node(), texts, "action-publish-all-languages")
    site = Site.objects.get(is_default_site=True)
    answer = admin.post(
        f"/admin/sites/edit/{site.pk}/",
        {
            "hostname": "testserver",
            "port": "80",
            "site_name": "Guides",
            "root_page": page.pk,
            "is_default_site": "on",
        },
    )
    assert answer.status_code == 302
    return page


@pytest.fixture
def guide(admin, home):
    """Written and live in German and English; in Portuguese there is nothing."""
    texts = text("de", "Brot", "Aus Mehl.", "Backen.") | text("en", "Bread", "Of flour.", "Bake.")
    page = create(admin, home, texts, "action-publish-only-de")
    assert edit(admin, page, {}, "action-publish-only-en").status_code == 302
    return fresh(page)
