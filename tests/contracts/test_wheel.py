"""What the wheel holds, by which names, and that the engine runs from it alone."""

import gettext
import io
import os
import re
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import polib
import pytest

import hatch_build

ROOT = Path(__file__).resolve().parents[2]
MODULES = hatch_build.modules_of(ROOT)

#: The host of the engine, with French interfaces, where only what the engine needs is importable.
ENGINE_SETTINGS = """
import sys

for name in ("numpy", "polib", "tinycss2", "tqdm", "snowballstemmer", "rosetta", "diptych.themes"):
    sys.modules[name] = None

from enginehost.settings import *

MODELTRANSLATION_LANGUAGES = [code for code, name in LANGUAGES]
LANGUAGES = [*LANGUAGES, ("fr", "Français")]
"""

PUBLISH_GUIDE = """
from pathlib import Path

import diptych.articles
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
print("served by", Path(diptych.articles.__file__).parents[2])
"""


def run(*command, cwd, **environment):
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=900,
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


def renamed(source):
    return hatch_build.renamed(source.encode(), "module.py", MODULES).decode()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from articles import urls", "from diptych.articles import urls"),
        ("  # Ä\nfrom  themes.head import a", "  # Ä\nfrom  diptych.themes.head import a"),
        ("import articles.models as a", "import diptych.articles.models as a"),
        (
            "import os, articles.models\nb = 'é', articles.models.c\n",
            "import os, diptych.articles.models\nb = 'é', diptych.articles.models.c\n",
        ),
        ('a = "é", "articles.models.B"', 'a = "é", "diptych.articles.models.B"'),
        ('name.startswith("articles.models.")', 'name.startswith("diptych.articles.models.")'),
        (
            "class C(AppConfig):\n  name = 'themes'",
            "class C(AppConfig):\n  name = 'diptych.themes'",
        ),
        ("is_installed('themes')", "is_installed('diptych.themes')"),
        (
            "missing_extra('themes', 'a', 'articles')",
            "missing_extra('diptych.themes', 'a', 'articles')",
        ),
        ('"""Of :mod:`articles.models`."""', '"""Of :mod:`diptych.articles.models`."""'),
        ("a = 1  # see articles.models", "a = 1  # see diptych.articles.models"),
    ],
)
def test_names_of_modules_are_those_of_the_wheel(source, expected):
    assert renamed(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "from .articles import a",
        "articles = load()\narticles.models",
        "a = {'articles': articles, 'themes': themes}",
        "class C(View):\n  name = 'articles'",
        "a = 'articles.object_list'",
        "from articles_of_mine.models import a",
    ],
)
def test_other_uses_of_the_names_are_left(source):
    assert renamed(source) == source


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("\nimport articles", 2),
        ("import articles.models\narticles = 1", 2),
        ("import articles.models\na = articles.search.b", 2),
        ("a = 'List articles.models before'", 1),
        ("\na = f'articles.{b}'", 2),
        ("\n\na = 'articles.' 'models'", 3),
        ("from \\\n  articles.models import a", 1),
    ],
)
def test_what_cannot_be_renamed_fails_the_build(source, line):
    with pytest.raises(hatch_build.CannotRename, match=f"^module.py:{line}: "):
        renamed(source)


def test_every_module_of_the_checkout_can_be_renamed():
    paths = [path for part in hatch_build.PARTS for path in (ROOT / part).rglob("*.py")]
    assert len(paths) > 300
    for path in paths:
        source = path.read_bytes()
        written = hatch_build.renamed(source, path, MODULES)
        assert written.count(b"\n") == source.count(b"\n")
        compile(written, path, "exec")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_catalogues_are_compiled_as_polib_does(language):
    path = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
    ours, theirs = (
        gettext.GNUTranslations(io.BytesIO(each))._catalog
        for each in (hatch_build.compiled(path.read_text()), polib.pofile(path).to_binary())
    )
    assert len(ours) > 1000
    assert ours == theirs


def test_entries_that_are_no_translation_are_not_compiled():
    written = hatch_build.compiled(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        '#, fuzzy\nmsgid "a"\nmsgstr "A"\n\nmsgid "b"\nmsgstr ""\n\n'
        'msgctxt "of c"\nmsgid "c\\n"\n"c"\nmsgstr ""\n"Ç\\n"\n"C"\n\n'
        '#~ msgid "d"\n#~ msgstr "D"\n'
    )
    read = gettext.GNUTranslations(io.BytesIO(written))
    assert [read.gettext(each) for each in "abd"] == ["a", "b", "d"]
    assert read.pgettext("of c", "c\nc") == "Ç\nC"


def test_the_index_gets_a_readme_without_what_it_cannot_show():
    readme = hatch_build.standalone(
        "# A\n\n![Picture](docs/images/a.png)\n\nSee [the\nguide](docs/a.md), [here](#a) and"
        " [Wagtail](https://wagtail.org).\n"
    )
    assert readme == ("# A\n\nSee the\nguide, [here](#a) and [Wagtail](https://wagtail.org).\n")
    assert "](docs/" not in hatch_build.standalone((ROOT / "README.md").read_text())


@pytest.mark.wheel
def test_a_source_distribution_builds_the_same_wheel(wheel, tmp_path):
    """`build` makes an archive of the sources, then the wheel from what is in it."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path, cwd=ROOT)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


@pytest.mark.wheel
def test_the_wheel_holds_the_plugin_and_nothing_of_the_site(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {each for each in tops if not each.endswith(".dist-info")} == {"diptych"}
    parts = {name.split("/")[1] for name in names if name.startswith("diptych/")}
    assert parts == {"__init__.py", "articles", "themes"}
    french = [name for name in names if name.endswith("/fr/LC_MESSAGES/django.mo")]
    assert french == ["diptych/articles/languages/locale/fr/LC_MESSAGES/django.mo"]
    assert any(name.startswith("diptych/themes/templates/diptych/") for name in names)
    assert any(name.startswith("diptych/themes/static/diptych/css/") for name in names)
    assert not any(
        name.split("/")[-1] in ("base.html", "404.html") and "templates/diptych" not in name
        for name in names
    )


@pytest.mark.wheel
def test_the_wheel_caps_no_requirement_but_wagtail(wheel):
    """Which newer release is to be trusted is for the host to say, but for that of Wagtail.

    The plugin uses parts of it that the next release may change: its cap is that of the code.
    """
    with zipfile.ZipFile(wheel) as files:
        (path,) = [name for name in files.namelist() if name.endswith(".dist-info/METADATA")]
        needed = Parser().parsestr(files.read(path).decode()).get_all("Requires-Dist")
    of_the_engine = {re.split("[<>]", each)[0] for each in needed if "extra ==" not in each}
    assert of_the_engine == {"django", "wagtail", "django-modeltranslation"}
    specifiers = [each.partition(";")[0] for each in needed]
    capped = [each for each in specifiers if any(sign in each for sign in ("<", "==", "~="))]
    assert [re.split("[<>]", each)[0] for each in capped] == ["wagtail"]


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder into which the wheel is installed, without what it requires."""
    folder = tmp_path_factory.mktemp("installed")
    options = ("--quiet", "--no-deps", "--target", folder)
    run(sys.executable, "-m", "pip", "install", *options, wheel, cwd=folder)
    return folder


@pytest.mark.wheel
def test_a_project_that_installs_the_engine_alone_serves_its_own_pages(installed, tmp_path):
    (tmp_path / "guides.py").write_text(ENGINE_SETTINGS)
    for path in (ROOT / "tests/enginehost/enginehost").rglob("*"):
        copy = tmp_path / path.relative_to(ROOT / "tests/enginehost")
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".py":
            copy.write_bytes(hatch_build.renamed(path.read_bytes(), path, MODULES))
        elif path.is_file():
            copy.write_bytes(path.read_bytes())
    environment = {
        "PYTHONPATH": os.pathsep.join(map(str, (installed, tmp_path))),
        "DJANGO_SETTINGS_MODULE": "guides",
        "HOST_DATABASE": str(tmp_path / "guides.sqlite3"),
    }
    django = (sys.executable, "-m", "django")
    assert "no issues" in run(*django, "check", cwd=tmp_path, **environment)
    run(*django, "migrate", "--verbosity", "0", cwd=tmp_path, **environment)
    said = run(*django, "shell", "--command", PUBLISH_GUIDE, cwd=tmp_path, **environment)
    assert f"served by {installed}" in said
