"""A journal works without related articles, and is told of an extra that is missing."""

import sys

import pytest
from django.utils import translation

from articles.related.apps import check_numpy
from tests.articles.search.test_optional import run

VISIT = """
import sys
sys.modules["numpy"] = None  # as if it were not installed
import django
django.setup()
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from articles.models import JournalSettings
from tests import factories
call_command("migrate", verbosity=0)
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
call_command("check", fail_level="WARNING")
assert not [name for name in connection.introspection.table_names() if "diptych_related" in name]
journal = factories.make_journal()
topic = factories.make_topic(journal)
linked = factories.make_article(journal, "Premier", "First", topics=[topic])
body = factories.blocks(("article", {"article": linked.pk}), ("paragraph", "<p>Text.</p>"))
article = factories.make_article(
    journal, topics=[topic], picks=[linked], body_fr=body, body_en=body
)
browser = Client(HTTP_HOST="testserver")
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
assert not [name for name in sys.modules if name.startswith("articles.related.")]
"""

CHECK = """
import sys
sys.modules["numpy"] = None
from django.conf import settings
from django.core.management import execute_from_command_line
settings.LANGUAGE_CODE = "en"
execute_from_command_line(["manage.py", "check"])
"""

MISSING = "articles.related needs numpy: install wagtail-diptych[related]."


@pytest.mark.hosts
def test_a_journal_without_related_articles(tmp_path):
    visit = run(VISIT, "tests.articles.related.settings_without", tmp_path)

    assert visit.returncode == 0, visit.stderr


@pytest.mark.hosts
def test_the_command_names_the_missing_extra(tmp_path):
    check = run(CHECK, "config.settings.test", tmp_path)

    assert check.returncode == 1
    assert f"(diptych_related.E001) {MISSING}" in check.stderr


def test_a_missing_extra_is_named(monkeypatch):
    assert check_numpy(None) == []
    monkeypatch.setitem(sys.modules, "numpy", None)

    with translation.override("en"):
        (problem,) = check_numpy(None)

    assert problem.msg == MISSING
