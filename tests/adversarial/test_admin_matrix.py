"""Who gets which answer at which address of the admin is what ``admin_matrix.txt`` says."""

import os
from pathlib import Path

import pytest
from django.test import override_settings

from tests.adversarial.admin_matrix import answers, matrix_of, without_templates
from tests.articles.permissions.conftest import stored_world, world  # noqa: F401

pytestmark = pytest.mark.adversarial

KEPT = Path(__file__).with_name("admin_matrix.txt")


@pytest.fixture
def found(world):  # noqa: F811
    with override_settings(TEMPLATES=without_templates()):
        return answers(world)


def test_the_matrix_is_as_it_was_reviewed(found):
    matrix = matrix_of(found)
    if os.environ.get("DIPTYCH_WRITE_MATRIX"):
        KEPT.write_text(matrix, encoding="utf-8")
    kept = KEPT.read_text(encoding="utf-8").splitlines()
    assert matrix.splitlines() == kept
    for name, by_role in found.items():
        assert "200" not in by_role["reader"] or _is_for_everybody(name), name
        assert by_role["nobody"][0] != "500", name


def _is_for_everybody(name):
    public = ("wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_password_reset")
    return name.startswith((*public, "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"))
