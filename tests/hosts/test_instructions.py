"""Steps of documents are followed as they are written, or not at all."""

import textwrap
from pathlib import Path

import pytest

from tests.hosts.hosts import HOSTS
from tests.hosts.instructions import CannotFollow, Step, carry_out, steps_of

ROOT = Path(__file__).resolve().parents[2]


def section(text):
    """A document with ``text`` below the heading “Steps”, and a block below another one."""
    return f"# Title\n\n## Steps\n\n{textwrap.dedent(text)}\n## Next\n\n```python\nx = 1\n```\n"


def test_each_step_says_what_to_do_and_where():
    document = section("""
        1. Run:

           ```sh
           python manage.py migrate
           python manage.py check
           ```

        2. Delete `a = 1` from `site/a.py`; at the
           end of `site/a.py`, add:

           ```python
           b = [
               2,
           ]
           ```

        At the top of `site/a.py`:

        ```python
        import c
        ```

        In `site/a.html`, put in place of
        `{% if a %}`:

        ```django
        {% if b %}
        ```

        Write this in a new file `site/b.py`:

        ```python
        d = 1
        ```

        ### A heading below

        ```python
        left = "out"
        ```
    """)
    migrate, delete, append, prepend, replace, create = steps_of(document, "## Steps")
    assert migrate.commands() == ["python manage.py migrate", "python manage.py check"]
    assert delete == Step("delete", "a = 1", "site/a.py")
    assert append == Step("append", "b = [\n    2,\n]\n", "site/a.py")
    assert replace == Step("replace", "{% if b %}\n", "site/a.html", "{% if a %}")
    assert create == Step("create", "d = 1\n", "site/b.py")
    assert prepend == Step("prepend", "import c\n", "site/a.py")


def test_steps_change_the_files_they_name(tmp_path):
    (tmp_path / "a.py").write_text("x = [\n    1,\n]\n")
    for step in (
        Step("delete", "1,", "a.py"),
        Step("append", "y = x\n", "a.py"),
        Step("prepend", "import os\n", "a.py"),
        Step("replace", "x = (\n", "a.py", "x = ["),
        Step("create", "z = 1\n", "new/b.py"),
    ):
        carry_out(step, tmp_path)
    assert (tmp_path / "a.py").read_text() == "import os\n\nx = (\n]\n\ny = x\n"
    assert (tmp_path / "new/b.py").read_text() == "z = 1\n"


@pytest.mark.parametrize(
    "step",
    [
        Step("append", "y = 1\n", "missing.py"),
        Step("delete", "x = 2", "a.py"),
        Step("delete", "x = 1", "a.py"),
    ],
)
def test_a_place_that_is_not_there_or_there_twice_is_an_error(tmp_path, step):
    (tmp_path / "a.py").write_text("x = 1\nx = 1\n")
    with pytest.raises(CannotFollow):
        carry_out(step, tmp_path)


@pytest.mark.parametrize("text", ["Somewhere:\n\n```python\na = 1\n```\n", "Nothing.\n"])
def test_a_step_without_a_place_is_an_error(text):
    with pytest.raises(CannotFollow):
        steps_of(section(text), "## Steps")


def test_a_heading_that_is_missing_is_an_error():
    with pytest.raises(CannotFollow):
        steps_of("# Document\n", "## Steps")


@pytest.mark.parametrize("name", HOSTS)
def test_the_document_of_each_host_can_be_followed(name):
    host = HOSTS[name]
    steps = steps_of((ROOT / host.document).read_text(), host.heading)
    assert {"run", "append", "delete"} <= {step.action for step in steps}
