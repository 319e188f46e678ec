"""The reference pages name everything that is in the code, and nothing else."""

import re
import sys
import tomllib
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.dispatch import Signal
from django.template.engine import Engine

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def reference():
    """The module that writes the pages when the documentation is built."""
    spec = spec_from_file_location("docs_reference", DOCS / "_site" / "reference.py")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture(scope="module")
def code():
    """All Python of the plugin."""
    paths = [path for part in ("articles", "themes") for path in (ROOT / part).rglob("*.py")]
    return "\n".join(path.read_text() for path in paths)


#: What reads a variable of the environment: the name follows, or stands before “in”.
READS = r"(?:\benv\.read|\bos\.environ(?:\.\w+)?|\bos\.getenv)[\[(]\s*[\"']([A-Z]\w*)"
ASKS = r"[\"']([A-Z]\w*)[\"'] (?:not )?in os\.environ"


def first_column(page):
    return re.findall(r"^\| `([^`]+)` \|", page, re.MULTILINE)


def test_the_settings_are_those_that_the_code_reads(code):
    found = re.findall(r"\"(DIPTYCH_\w+)\"|\bsettings\.(DIPTYCH_\w+)", code)
    read = {text or attribute for text, attribute in found}
    named = first_column((DOCS / "reference" / "settings.md").read_text())
    assert len(read) >= 8
    assert named == sorted(read)


def test_the_variables_are_those_that_the_site_reads_each_with_a_description(reference):
    paths = [*(ROOT / "site").rglob("*.py"), ROOT / "manage.py", ROOT / "gunicorn.conf.py"]
    code = "\n".join(path.read_text() for path in paths)
    read = {*re.findall(READS, code), *re.findall(ASKS, code)}
    assert len(read) >= 40
    assert re.findall(r"(?:\benv\.read|environ\.get|getenv)\(\s*[^\"'\s]", code) == []
    assert set(first_column(reference.environment_page())) == read
    for name, variable in reference.variables().items():
        assert variable.said, name


def test_the_checks_are_those_that_the_code_reports(reference, code):
    reported = set(re.findall(r"\"(diptych(?:_\w+)?\.[EWIC]\d{3})\"", code))
    assert len(reported) >= 18
    assert first_column(reference.checks_page()) == sorted(reported)
    for identifier, (message, _hint) in reference.checks().items():
        assert message, identifier


def test_the_commands_are_those_of_manage_py(reference):
    ours = {name for name, app in get_commands().items() if app.split(".")[0] == "diptych"}
    assert set(reference.commands()) == ours
    for name, (text, _arguments) in reference.commands().items():
        assert text, name


def test_the_signals_are_those_of_the_modules(reference):
    for name, (module, said) in reference.signals().items():
        assert isinstance(getattr(import_module(module), name), Signal)
        assert said, name
    assert len(reference.signals()) >= 11


def test_the_hooks_are_those_that_the_code_asks_for(reference, code):
    asked = set(re.findall(r"^\w+ = \"((?:register_)?diptych_\w+)\"", code, re.MULTILINE))
    found = reference.hooks()
    assert len(found) >= 11
    assert set(found) <= asked
    registered = set(re.findall(r"hooks\.register\(\s*\"((?:register_)?diptych_\w+)\"", code))
    assert registered <= set(found)
    for name, (_module, said) in found.items():
        assert said, name


def test_the_tags_are_those_that_templates_can_load(reference):
    libraries = {
        name: library
        for name, library in Engine.get_default().template_libraries.items()
        if name.startswith("diptych_")
    }
    there = {(name, each) for name, found in libraries.items() for each in found.tags}
    there |= {(name, each) for name, found in libraries.items() for each in found.filters}
    assert set(reference.tags()) == there


def test_the_versions_are_those_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    classifiers = "\n".join(project["classifiers"])
    pythons = re.findall(r"Python :: (3\.\d+)", classifiers)
    djangos = re.findall(r"Django :: (\d\.\d)", classifiers)
    release = project["version"].rpartition(".")[0]
    row = f"| {release} | 8.0, 8.1 | {', '.join(djangos)} | {', '.join(pythons)} |"
    assert row in (DOCS / "versions.md").read_text()
    matrix = (ROOT / ".github" / "workflows" / "ci.yml").read_text()
    assert re.findall(r"\"(.+?)\"", re.search(r"python: \[(.+)\]", matrix)[1]) == pythons
    assert re.findall(r"\"(.+?)\"", re.search(r"django: \[(.+)\]", matrix)[1]) == djangos
    assert f"## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text()
