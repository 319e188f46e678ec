"""What is installed on a server: `requirements.lock` has all of it, with checksums and licences."""

import re
import tomllib
from collections import Counter
from email.message import Message

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.lock import ROOT, known, licence_of, listed, pins

PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def required(file):
    """What a file of requirements names, and the files that it includes."""
    for line in (ROOT / file).read_text().splitlines():
        if line.startswith("-r "):
            yield from required(line.removeprefix("-r ").strip())
        elif line and not line.startswith("#"):
            yield Requirement(line)


def environment(version):
    return {
        "python_version": version,
        "python_full_version": f"{version}.9",
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": "x86_64",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "os_name": "posix",
        "extra": "",
    }


@pytest.mark.parametrize("version", PYTHONS)
def test_the_lock_file_meets_the_requirements_on_each_python(version):
    on_it = [
        pin
        for pin, _hashes in pins()
        if pin.marker is None or pin.marker.evaluate(environment(version))
    ]
    counts = Counter(canonicalize_name(pin.name) for pin in on_it)
    assert [name for name, count in counts.items() if count > 1] == []
    versions = {canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in on_it}
    unmet = [
        f"{each} ({versions.get(canonicalize_name(each.name), 'missing')})"
        for each in required("requirements-production.txt")
        if not each.specifier.contains(versions.get(canonicalize_name(each.name), "0"))
    ]
    assert not unmet, f"requirements.lock does not have it, see docs/running.md: {unmet}"


def test_the_wheel_asks_for_the_wagtail_that_the_site_is_tested_with():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (asked,) = (
        each for each in map(Requirement, project["dependencies"]) if each.name == "wagtail"
    )
    (tested,) = (each for each in required("requirements.txt") if each.name == "wagtail")
    assert asked.specifier == tested.specifier


def test_each_package_of_the_lock_file_is_pinned_with_checksums():
    entries = list(pins())
    assert len(entries) > 50
    assert [
        str(pin) for pin, _hashes in entries if not re.fullmatch(r"==[^*,]+", str(pin.specifier))
    ] == []
    assert [str(pin) for pin, hashes in entries if not hashes] == []
    assert all(
        re.fullmatch(r"sha256:[0-9a-f]{64}", each) for _pin, hashes in entries for each in hashes
    )


def test_each_package_of_the_lock_file_has_a_licence_that_is_allowed():
    names = {canonicalize_name(pin.name) for pin, _hashes in pins()}
    licences = listed()
    assert licences.keys() == names, "docs/licences.md is out of date: run `make licences`."
    refused = {name: licence for name, licence in licences.items() if not known(licence)}
    assert not refused, f"Read these licences, then allow them in tests/lock.py: {refused}"


@pytest.mark.parametrize("licence", ["MIT", "MIT OR Apache-2.0", "BSD-3-Clause AND (0BSD OR Zlib)"])
def test_a_licence_is_allowed_with_all_its_parts(licence):
    assert known(licence)


@pytest.mark.parametrize("licence", ["AGPL-3.0-only", "MIT AND GPL-3.0-only", "Proprietary", ""])
def test_a_licence_that_nobody_has_read_is_refused(licence):
    assert not known(licence)


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        ({"License-Expression": "MIT", "License": "Another"}, "MIT"),
        ({"License": "Apache License 2.0"}, "Apache-2.0"),
        ({"License": "Dual", "Classifier": "License :: OSI Approved :: MIT License"}, "MIT"),
        ({"Classifier": "License :: Other/Proprietary License"}, "Other/Proprietary License"),
        ({"License": "Commercial"}, "Commercial"),
        ({}, ""),
    ],
)
def test_what_a_package_says_of_its_licence(said, licence):
    metadata = Message()
    for name, value in said.items():
        metadata[name] = value
    assert licence_of(metadata) == licence
