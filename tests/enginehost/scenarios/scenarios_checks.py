"""What `check` and `makemigrations` say of the host, and of what its settings lack."""

import io

import pytest
from django.conf import settings as host
from django.core.management import call_command
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry


def checked():
    said = io.StringIO()
    call_command("check", stdout=said, stderr=said)
    return said.getvalue()


def test_it_passes_its_checks(db):
    assert "no issues" in checked()


def test_it_has_no_migration_left_to_make(db):
    call_command("makemigrations", check_changes=True, dry_run=True)


WITHOUT_LOCALES = [each for each in host.MIDDLEWARE if not each.endswith(".LocaleMiddleware")]


@pytest.mark.parametrize(
    ("setting", "value", "warning"),
    [
        ("MIDDLEWARE", WITHOUT_LOCALES, "diptych.W004"),
        ("ROOT_URLCONF", "wagtail.urls", "diptych.W006"),
    ],
)
def test_what_its_settings_lack_is_said(db, settings, setting, value, warning):
    setattr(settings, setting, value)
    assert warning in checked()


def test_its_images_have_the_policy_of_wagtail():
    policy = policy_registry.get_by_type(get_image_model())
    assert type(policy).__name__ == "ImagePermissionPolicy"
