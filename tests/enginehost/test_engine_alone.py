"""A project that installs the engine alone makes a page type of its own multilingual."""

from pathlib import Path

import pytest

from tests.programs import run_python
from tests.wagtail_database import copy_wagtail_database

HERE = Path(__file__).parent
SETTINGS = "enginehost.settings"

pytestmark = pytest.mark.hosts


def run(*arguments, settings=SETTINGS, folders=(), fails=False, **variables):
    """What a module of Python prints in a process of its own, with the settings of the host."""
    done = run_python("-m", *arguments, settings=settings, folders=[*folders, HERE], **variables)
    assert bool(done.returncode) is fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def play(folder, pattern, settings=SETTINGS):
    """Run the scenarios whose files match ``pattern``, on a database in ``folder``."""
    said = run(
        *("pytest", "-q", "-n", "0", "-p", "no:cacheprovider", f"--ds={settings}", "--reuse-db"),
        *("--confcutdir", HERE / "scenarios", "-o", f"python_files={pattern}"),
        HERE / "scenarios",
        settings=settings,
        HOST_DATABASE=str(copy_wagtail_database(folder / "host.sqlite3", "de")),
    )
    assert "passed" in said


def test_its_pages_are_written_translated_and_served_in_three_languages(tmp_path):
    play(tmp_path, "scenarios_*.py")


@pytest.mark.parametrize("settings", ["with_simple_translation", "with_localize"])
def test_other_pages_are_translated_beside_by_applications_for_locales(tmp_path, settings):
    play(tmp_path, "locales_*.py", settings)


def test_page_types_that_answer_in_ways_of_their_own_answer_in_no_other_language(tmp_path):
    play(tmp_path, "odd_*.py", "with_odd_pages")


IN_READY = """
from django.apps import AppConfig

class StrictImages(AppConfig):
    name = "strict_images"

    def ready(self):
        from strict_images.policy import register
        register()
"""
POLICY = """
from wagtail.images import get_image_model
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import register_permission_policy

class StrictPolicy(CollectionOwnershipPermissionPolicy):
    pass

def register(**options):
    policy = StrictPolicy(get_image_model(), "wagtailimages.Image", "uploaded_by_user")
    register_permission_policy(get_image_model(), policy, **options)
"""
IN_HOOKS = "from strict_images.policy import register\nregister(exact_class=True)\n"
USED_POLICY = """
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry
print(type(policy_registry.get_by_type(get_image_model())).__name__)
"""


@pytest.mark.parametrize(("module", "source"), [("apps", IN_READY), ("wagtail_hooks", IN_HOOKS)])
def test_a_policy_of_its_own_for_images_is_used(tmp_path, module, source):
    package = tmp_path / "strict_images"
    package.mkdir()
    for name, text in [("__init__", ""), ("policy", POLICY), (module, source)]:
        (package / f"{name}.py").write_text(text)
    settings = f"from {SETTINGS} import *\nINSTALLED_APPS += ['strict_images']\n"
    (tmp_path / "strict.py").write_text(settings)
    (tmp_path / "used_policy.py").write_text(USED_POLICY)
    assert run("used_policy", settings="strict", folders=[tmp_path]).strip() == "StrictPolicy"


SETTINGS_THAT_LACK_SOMETHING = {
    "INSTALLED_APPS.remove('modeltranslation')": (
        "List modeltranslation before diptych.articles.languages in INSTALLED_APPS."
    ),
    "INSTALLED_APPS.append(INSTALLED_APPS.pop(0))": "enginehost.GuidePage is not translated.",
    "INSTALLED_APPS.remove('wagtail.contrib.redirects'); MIDDLEWARE.pop()": "diptych.W005",
    "MODELTRANSLATION_LANGUAGES = ('de', 'en', 'fr')": "LANGUAGES lacks: fr.",
    "LANGUAGES += [('pt_BR', 'Brazil')]": "Write pt-br instead of pt_BR in LANGUAGES",
    "LANGUAGES += [('de', 'Deutsch')]": "LANGUAGES names de twice.",
    "MODELTRANSLATION_DEFAULT_LANGUAGE = 'fr'": "is fr, which is not among LANGUAGES",
}


@pytest.mark.parametrize(("change", "sentence"), SETTINGS_THAT_LACK_SOMETHING.items())
def test_what_its_settings_lack_is_said(tmp_path, change, sentence):
    (tmp_path / "lacking.py").write_text(f"from {SETTINGS} import *\n{change}\n")
    raises = "MIDDLEWARE" not in change
    said = run("django", "check", settings="lacking", folders=[tmp_path], fails=raises)
    assert sentence in said
