"""The wheel, built and installed into a project that `wagtail start` has just made."""

import os
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.wheel

SETTINGS = """
INSTALLED_APPS = [
    "modeltranslation",
    "articles.languages",
    "articles.caching",
    "articles.related",
    "articles.search",
    "articles.interface_texts",
    "articles",
    "themes",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "django.contrib.sitemaps",
    *INSTALLED_APPS,
]
i = MIDDLEWARE.index("django.middleware.common.CommonMiddleware")
MIDDLEWARE.insert(i, "django.middleware.locale.LocaleMiddleware")
LANGUAGES = [("en", "English"), ("fr", "Français")]
LANGUAGE_CODE = "en"
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "RichTextField")
WAGTAIL_I18N_ENABLED = False
WAGTAILREDIRECTS_AUTO_CREATE = False
ALLOWED_HOSTS = ["*"]
"""

URLS = """
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from articles import urls as articles_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("", include(articles_urls.entrance)),
]
urlpatterns += i18n_patterns(path("", include(articles_urls)))
"""

PUBLISH = """
from django.test import Client
from wagtail.models import Site
from articles.models import ArticleIndexPage, ArticlePage

home = Site.objects.get(is_default_site=True).root_page
index = home.add_child(instance=ArticleIndexPage(headline_en="Stories", headline_fr="Récits"))
index.save_revision()
index.publish_languages(["en", "fr"])
body_en = [{"type": "paragraph", "value": "<p>It is long.</p>"}]
body_fr = [{"type": "paragraph", "value": "<p>Il est long.</p>"}]
article = index.add_child(
    instance=ArticlePage(
        headline_en="A bridge", headline_fr="Un pont", lead_en="Crossed.", lead_fr="Traversé.",
        body_en=body_en, body_fr=body_fr, live=False,
    )
)
article.save_revision()
article.publish_languages(["en", "fr"])
reader = Client()
for address, words in {
    "/en/stories/a-bridge/": ("A bridge", "Crossed."),
    "/fr/recits/un-pont/": ("Un pont", "Traversé."),
}.items():
    response = reader.get(address, HTTP_HOST="localhost")
    assert response.status_code == 200, (address, response.status_code)
    page = response.content.decode()
    assert all(word in page for word in words), address
assert reader.get("/en/stories/un-pont/", HTTP_HOST="localhost").status_code == 301
print("served in both languages")
"""

#: The host of the engine, with French interfaces, where only what the engine needs is importable.
ENGINE_SETTINGS = """
import sys

for name in ("numpy", "polib", "tinycss2", "tqdm", "snowballstemmer", "rosetta", "themes"):
    sys.modules[name] = None

from enginehost.settings import *

MODELTRANSLATION_LANGUAGES = [code for code, name in LANGUAGES]
LANGUAGES = [*LANGUAGES, ("fr", "Français")]
"""

PUBLISH_GUIDE = """
from pathlib import Path

import articles
from django.test import Client
from django.utils.translation import override
from enginehost.models import GuidePage
from wagtail.models import Page, Site

home = GuidePage(headline_de="Start", headline_en="Home", headline_pt_br="Início")
Page.get_first_root_node().add_child(instance=home)
home.save_revision()
home.publish_languages(["de", "en", "pt-br"])
site = Site.objects.get()
site.root_page = home
site.save()
guide = home.add_child(instance=GuidePage(headline_en="Bread", introduction_en="Of flour."))
guide.save_revision()
guide.publish_languages(["en"])
reader = Client(HTTP_HOST="localhost")
assert "Of flour." in reader.get("/en/bread/").content.decode()
answer = reader.get("/de/bread/")
assert answer.status_code == 404 and "/en/bread/" in answer.content.decode()
with override("fr"):
    assert guide.publication_problems("de")[0].message == "Le titre manque."
print("served by", Path(articles.__file__).parents[1])
"""


def run(*command, cwd, **environment):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_plugin_and_nothing_of_the_site(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {"articles", "themes"} <= tops
    assert not tops & {"config", "site", "tests", "locale", "benchmarks", "docs"}
    french = [name for name in names if name.endswith("/fr/LC_MESSAGES/django.mo")]
    assert french == ["articles/languages/locale/fr/LC_MESSAGES/django.mo"]
    assert any(name.startswith("themes/templates/diptych/") for name in names)
    assert any(name.startswith("themes/static/diptych/css/") for name in names)
    assert not any(
        name.split("/")[-1] in ("base.html", "404.html") and "diptych" not in name for name in names
    )


def test_the_wheel_caps_no_requirement(wheel):
    """Which newer release of what the plugin needs is to be trusted is for the host to say."""
    with zipfile.ZipFile(wheel) as files:
        (path,) = [name for name in files.namelist() if name.endswith(".dist-info/METADATA")]
        needed = Parser().parsestr(files.read(path).decode()).get_all("Requires-Dist")
    assert any(each.startswith("wagtail>=") for each in needed)
    specifiers = [each.partition(";")[0] for each in needed]
    assert [each for each in specifiers if any(sign in each for sign in ("<", "==", "~="))] == []


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder into which the wheel is installed, without what it requires."""
    folder = tmp_path_factory.mktemp("installed")
    options = ("--quiet", "--no-deps", "--target", folder)
    run(sys.executable, "-m", "pip", "install", *options, wheel, cwd=folder)
    return folder


def test_a_project_that_installs_the_engine_alone_serves_its_own_pages(installed, tmp_path):
    (tmp_path / "guides.py").write_text(ENGINE_SETTINGS)
    environment = {
        "PYTHONPATH": os.pathsep.join(map(str, (installed, tmp_path, ROOT / "tests/enginehost"))),
        "DJANGO_SETTINGS_MODULE": "guides",
        "HOST_DATABASE": str(tmp_path / "guides.sqlite3"),
    }
    django = (sys.executable, "-m", "django")
    assert "no issues" in run(*django, "check", cwd=tmp_path, **environment)
    run(*django, "migrate", "--verbosity", "0", cwd=tmp_path, **environment)
    said = run(*django, "shell", "--command", PUBLISH_GUIDE, cwd=tmp_path, **environment)
    assert f"served by {installed}" in said


def test_a_new_project_serves_an_article_in_both_languages(installed, tmp_path):
    run(sys.executable, "-m", "wagtail.bin.wagtail", "start", "paper", cwd=tmp_path)
    project = tmp_path / "paper"
    with (project / "paper" / "settings" / "dev.py").open("a") as settings:
        settings.write(SETTINGS)
    (project / "paper" / "urls.py").write_text(URLS)
    environment = {"PYTHONPATH": str(installed), "DJANGO_SETTINGS_MODULE": "paper.settings.dev"}
    manage = (sys.executable, "manage.py")
    run(*manage, "migrate", "--verbosity", "0", cwd=project, **environment)
    run(*manage, "makemigrations", "--check", "--dry-run", cwd=project, **environment)
    assert "served in both languages" in run(
        *manage, "shell", "--verbosity", "0", "--command", PUBLISH, cwd=project, **environment
    )
    where = run(
        *manage,
        "shell",
        "--verbosity",
        "0",
        "--command",
        "import articles; print(articles.__file__)",
        cwd=project,
        **environment,
    )
    assert str(installed) in where
