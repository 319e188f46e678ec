"""A project that installs the engine alone makes a page type of its own multilingual."""

from pathlib import Path

import pytest

from tests.programs import run_python

HERE = Path(__file__).parent
SETTINGS = "enginehost.settings"

pytestmark = pytest.mark.hosts


def run(*arguments, settings=SETTINGS, folders=(), fails=False):
    """What a module of Python prints in a process of its own, with the settings of the host."""
    done = run_python("-m", *arguments, settings=settings, folders=[*folders, HERE])
    assert bool(done.returncode) is fails, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_its_pages_are_written_translated_and_served_in_three_languages():
    said = run(
        *("pytest", "-q", "-n", "0", "-p", "no:cacheprovider", f"--ds={SETTINGS}"),
        *("--confcutdir", HERE / "scenarios", "-o", "python_files=scenarios_*.py"),
        HERE / "scenarios",
    )
    assert "passed" in said


@pytest.mark.parametrize("settings", ["with_simple_translation", "with_localize"])
def test_other_pages_are_translated_beside_by_applications_for_locales(settings):
    said = run(
        *("pytest", "-q", "-n", "0", "-p", "no:cacheprovider", f"--ds={settings}"),
        *("--confcutdir", HERE / "scenarios", "-o", "python_files=locales_*.py"),
        HERE / "scenarios",
        settings=settings,
    )
    assert "passed" in said
    assert "no issues" in run("django", "check", settings=settings)


def test_page_types_that_answer_in_ways_of_their_own_answer_in_no_other_language():
    said = run(
        *("pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "--ds=with_odd_pages"),
        *("--confcutdir", HERE / "scenarios", "-o", "python_files=odd_*.py"),
        HERE / "scenarios",
        settings="with_odd_pages",
    )
    assert "passed" in said


def test_it_has_no_migration_left_to_make():
    run("django", "makemigrations", "--check", "--dry-run")


def test_it_passes_its_checks():
    assert "no issues" in run("django", "check")


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


@pytest.mark.parametrize(
    ("module", "source", "used"),
    [
        ("apps", IN_READY, "StrictPolicy"),
        ("wagtail_hooks", IN_HOOKS, "StrictPolicy"),
        ("nothing", "", "ImagePermissionPolicy"),
    ],
)
def test_a_policy_of_its_own_for_images_is_used(tmp_path, module, source, used):
    package = tmp_path / "strict_images"
    package.mkdir()
    for name, text in [("__init__", ""), ("policy", POLICY), (module, source)]:
        (package / f"{name}.py").write_text(text)
    settings = f"from {SETTINGS} import *\nINSTALLED_APPS += ['strict_images']\n"
    (tmp_path / "strict.py").write_text(settings)
    (tmp_path / "used_policy.py").write_text(USED_POLICY)
    assert run("used_policy", settings="strict", folders=[tmp_path]).strip() == used


SETTINGS_THAT_LACK_SOMETHING = {
    "INSTALLED_APPS.remove('modeltranslation')": (
        "List modeltranslation before diptych.articles.languages in INSTALLED_APPS."
    ),
    "INSTALLED_APPS.append(INSTALLED_APPS.pop(0))": "enginehost.GuidePage is not translated.",
    "MIDDLEWARE = [each for each in MIDDLEWARE if not each.endswith('.LocaleMiddleware')]": (
        "diptych.W004"
    ),
    "INSTALLED_APPS.remove('wagtail.contrib.redirects'); MIDDLEWARE.pop()": "diptych.W005",
    "ROOT_URLCONF = 'wagtail.urls'": "diptych.W006",
    "MODELTRANSLATION_LANGUAGES = ('de', 'en', 'fr')": "LANGUAGES lacks: fr.",
    "LANGUAGES += [('pt_BR', 'Brazil')]": "Write pt-br instead of pt_BR in LANGUAGES",
    "LANGUAGES += [('de', 'Deutsch')]": "LANGUAGES names de twice.",
    "MODELTRANSLATION_DEFAULT_LANGUAGE = 'fr'": "is fr, which is not among LANGUAGES",
}


@pytest.mark.parametrize(("change", "sentence"), SETTINGS_THAT_LACK_SOMETHING.items())
def test_what_its_settings_lack_is_said(tmp_path, change, sentence):
    (tmp_path / "lacking.py").write_text(f"from {SETTINGS} import *\n{change}\n")
    raises = "MIDDLEWARE" not in change and "ROOT_URLCONF" not in change
    said = run("django", "check", settings="lacking", folders=[tmp_path], fails=raises)
    assert sentence in said
