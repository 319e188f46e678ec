"""What the wheel holds, by which names, and that the engine runs from it alone."""

import os
import re
import subprocess
import sys
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(__file__).resolve().parents[2]

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
    assert parts == {"__init__.py", "py.typed", "articles", "themes"}
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
        if path.is_file():
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
