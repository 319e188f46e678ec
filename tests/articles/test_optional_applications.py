"""A journal works without its optional applications, and is told of an extra that is missing."""

import sys

import pytest
from django.apps import apps
from django.utils import translation

from diptych.articles import checks
from diptych.articles.checks import check_middleware_left_behind
from diptych.articles.interface_texts.checks import check_polib
from diptych.articles.related.apps import check_numpy
from diptych.articles.search.apps import check_stemmer
from diptych.themes.checks import check_tinycss2
from tests.articles.languages.caches import install_frontend_cache
from tests.programs import run_python

#: By application: the package that it needs, the extra, and the check that names them.
APPLICATIONS = {
    "interface_texts": ("polib", "texts", check_polib),
    "related": ("numpy", "related", check_numpy),
    "search": ("snowballstemmer", "search", check_stemmer),
}

#: The journal needs an extra as well.
NEEDED = {**APPLICATIONS, "themes": ("tinycss2", "articles", check_tinycss2)}

UNINSTALL = """
import sys
sys.modules["{package}"] = None  # as if it were not installed
"""

START = """
import io
import django
django.setup()
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests import factories
call_command("migrate", verbosity=0)
call_command("makemigrations", check=True, dry_run=True)
call_command("check", fail_level="WARNING")
assert not [name for name in connection.introspection.table_names() if "diptych_{name}" in name]
journal = factories.make_journal()
browser = Client(HTTP_HOST="testserver")
"""

VISITS = {
    "interface_texts": """
factories.make_article(journal)
for address in ("/fr/", "/en/", "/en/stories/the-lake-freezes/"):
    assert browser.get(address).status_code == 200, address
browser.force_login(factories.make_user("admin"))
home = browser.get("/admin/")
assert home.status_code == 200, home.status_code
assert b"diptych/site-texts" not in home.content
assert b"diptych/topics" in home.content
assert browser.get("/admin/diptych/site-texts/", follow=True).status_code == 404
""",
    "related": """
topic = factories.make_topic(journal)
linked = factories.make_article(journal, "Premier", "First", topics=[topic])
body = factories.blocks(("article", {"article": linked.pk}), ("paragraph", "<p>Text.</p>"))
article = factories.make_article(
    journal, topics=[topic], picks=[linked], body_fr=body, body_en=body
)
for language in ("fr", "en"):
    answer = browser.get(article.url_in(language))
    assert answer.status_code == 200, answer.status_code
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one("h1") and not page.select_one(".related"), language
    assert linked.url_in(language) in answer.content.decode()
    feed = browser.get(f"/{language}/feed/json/")
    assert feed.status_code == 200, feed.status_code
    titles = [each["title"] for each in feed.json()["items"]]
    assert linked.text_in("headline", language) in titles
    api = browser.get(f"/{language}/api/articles/{article.pk}/")
    assert api.status_code == 200 and api.json()["related"] == [], api.content
browser.force_login(factories.make_user("admin"))
for page in (article, journal.home):
    answer = browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
    assert "data-diptych-related" not in answer.content.decode()
new = reverse("wagtailadmin_pages:add", args=["diptych", "articlepage", journal.articles.pk])
assert browser.get(new).status_code == 200
address = reverse("wagtailsettings:edit", args=["diptych", "journalsettings", journal.site.pk])
settings = browser.get(address)
assert settings.status_code == 200 and "related_count" not in settings.content.decode()
article.unpublish_languages(["en"])
article.delete()
""",
    "search": """
author, topic = factories.make_author(journal), factories.make_topic(journal)
article = factories.make_article(journal, authors=[author], topics=[topic])
for language in ("fr", "en"):
    pages = [page.url_in(language) for page in (article, author, topic)]
    for address in (f"/{language}/", *pages):
        answer = browser.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        page = answer.content.decode()
        assert 'class="header' in page
        assert 'rel="search"' not in page, address
        assert "SearchAction" not in page, address
    for address in (f"/{language}/nowhere/", f"/{language}/search/?q=a",
                    f"/{language}/search/suggestions/?q=a"):
        answer = browser.get(address)
        assert answer.status_code == 404, (address, answer.status_code)
        assert 'class="header' in answer.content.decode()
sitemap = browser.get("/sitemap.xml")
assert sitemap.status_code == 200
assert article.url_in("fr") in sitemap.content.decode()
assert browser.get("/robots.txt").status_code == 200
english = article.url_in("en")
article.unpublish_languages(["en"])
assert browser.get(english).status_code in (302, 404)
browser.force_login(factories.make_user("admin"))
assert browser.get(reverse("wagtailadmin_home")).status_code == 200
assert browser.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).status_code == 200
article.delete()
""",
}

END = """
report = browser.get(reverse("journal_background_work"))
assert report.status_code == 200, report.status_code
said = io.StringIO()
with translation.override("en"):
    call_command("upkeep", stdout=said)
assert "Tree of pages: in order." in said.getvalue()
loaded = [each for each in sys.modules if (each + ".").startswith("diptych.articles.{name}.")]
assert not loaded, loaded
"""

CHECK = """
from django.conf import settings
from django.core.management import execute_from_command_line
settings.LANGUAGE_CODE = "en"
execute_from_command_line(["manage.py", "check"])
"""


def run(programs, name, folder, settings):
    """Run the parts of a program as if the package that the application needs were missing."""
    package, _extra, _check = NEEDED[name]
    parts = [part.replace("{package}", package).replace("{name}", name) for part in programs]
    return run_python(
        "-c",
        "".join(parts),
        settings=settings,
        cwd=folder,
        WITHOUT=f"diptych.articles.{name}",
        DIPTYCH_TEST_DATABASE=str(folder / "site"),
        DIPTYCH_TEST_DATABASE_URL="",
    )


def sentence(name):
    package, extra, _check = NEEDED[name]
    application = f"diptych.articles.{name}" if name in APPLICATIONS else f"diptych.{name}"
    return f"{application} needs {package}: install wagtail-diptych[{extra}]."


@pytest.mark.hosts
@pytest.mark.parametrize("name", APPLICATIONS)
def test_a_journal_without_it(tmp_path, name):
    program = (UNINSTALL, START, VISITS[name], END)
    visit = run(program, name, tmp_path, "tests.articles.settings_without")

    assert visit.returncode == 0, visit.stdout + visit.stderr


@pytest.mark.hosts
@pytest.mark.parametrize("name", NEEDED)
def test_the_command_names_the_missing_extra(tmp_path, name):
    check = run((UNINSTALL, CHECK), name, tmp_path, "config.settings.test")

    assert check.returncode == 1
    number = "E001" if name in APPLICATIONS else "E002"
    assert f"(diptych_{name}.{number}) {sentence(name)}" in check.stderr


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_extra_is_named(monkeypatch, name):
    package, _extra, check = NEEDED[name]
    assert check(None) == []
    monkeypatch.setitem(sys.modules, package, None)

    with translation.override("en"):
        (problem,) = check(None)

    assert problem.msg == sentence(name)


@pytest.mark.parametrize("name", checks.NEEDED)
def test_a_needed_application_is_named(monkeypatch, name):
    assert checks.check_needed_applications(None) == []
    monkeypatch.setattr(apps, "is_installed", lambda given: given != name)

    with translation.override("en"):
        (problem,) = checks.check_needed_applications(None)

    assert problem.msg.startswith(f"{name} is not in INSTALLED_APPS: ")


def test_middleware_left_behind_is_named(monkeypatch):
    assert check_middleware_left_behind(None) == []
    monkeypatch.setattr(
        apps, "is_installed", lambda name: name != "diptych.articles.interface_texts"
    )

    with translation.override("en"):
        (problem,) = check_middleware_left_behind(None)

    assert problem.msg == (
        "diptych.articles.interface_texts.middleware.CatalogueReloadMiddleware is in MIDDLEWARE,"
        " but diptych.articles.interface_texts is not in INSTALLED_APPS."
    )


def test_a_cache_in_front_without_the_page_cache_is_named(monkeypatch, settings):
    assert checks.check_page_cache(None) == []
    install_frontend_cache(monkeypatch)
    assert checks.check_page_cache(None) == []
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != checks.PAGE_CACHE]
    (problem,) = checks.check_page_cache(None)
    assert problem.id == "diptych.W022" and checks.PAGE_CACHE in problem.msg
