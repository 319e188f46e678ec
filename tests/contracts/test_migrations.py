"""No model is ahead of its migrations, here or in a project with other choices."""

from pathlib import Path

import pytest

from tests.programs import run_python

ROOT = Path(__file__).resolve().parents[2]

PROJECTS = {
    "the site": ("config.settings.test", ["site"]),
    "a host with its own image model and English first": (
        "hostproject.settings",
        ["tests/hostproject"],
    ),
}


@pytest.mark.hosts
@pytest.mark.parametrize("project", PROJECTS)
def test_no_migration_is_missing(project):
    settings, folders = PROJECTS[project]
    arguments = ("-m", "django", "makemigrations", "--check", "--dry-run")
    done = run_python(*arguments, settings=settings, folders=folders)
    assert done.returncode == 0, done.stdout + done.stderr


def test_migrations_hold_no_block_and_no_fixed_image_model():
    files = [*ROOT.glob("articles/**/migrations/0*.py"), *ROOT.glob("themes/migrations/0*.py")]
    assert len(files) >= 5
    for file in files:
        text = file.read_text()
        assert "block_lookup" not in text, file.name
        # Its renditions belong to the plugin's own image model, and nothing else does.
        assert text.count('to="diptych.captionedimage"') <= text.count('name="CaptionedRendition"')
