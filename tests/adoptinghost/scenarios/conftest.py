"""The site of the host with an administrator, whose form of a page is filled in as by a browser."""

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from tests.forms import form_values


@pytest.fixture(autouse=True)
def _language_of_the_host():
    translation.deactivate()
    cache.clear()
    yield
    translation.deactivate()


@pytest.fixture
def admin(db):
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("chief", "chief@example.org", "x"))
    return client


@pytest.fixture
def home(db):
    """The page that ``migrate`` of Wagtail makes, at which the site starts."""
    return Site.objects.get(is_default_site=True).root_page


@pytest.fixture
def create(admin):
    """Posts the form of a new page and returns the answer; bodies are texts of one paragraph."""

    def post(model, parent, values, button="action-publish-only-en", **bodies):
        address = reverse("wagtailadmin_pages:add", args=("clientsite", model, parent.pk))
        form = form_values(admin.get(address).content.decode())
        for language in ("de", "en") if model == "aboutpage" else ():
            blocks = (
                [("text", rich_text(f"<p>{bodies[language]}</p>"))] if language in bodies else []
            )
            form |= nested_form_data({f"body_{language}": streamfield(blocks)})
        return admin.post(address, {**form, "source_language": "en", **values, button: "1"})

    return post


@pytest.fixture
def about(create, home):
    """A page that is live in English alone."""
    values = {"headline_en": "About us", "introduction_en": "Who we are."}
    assert create("aboutpage", home, values, en="Since 1990.").status_code == 302
    return Page.objects.get(slug="about-us").specific
