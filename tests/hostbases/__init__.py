"""Base templates of hosts, and what their stylesheets say of bare elements."""

from pathlib import Path

import wagtail
from django.template import Context, Engine

FOLDER = Path(__file__).parent
TEMPLATES = FOLDER / "templates"
#: Has ``agency.css``, which its pages link, and stylesheets as common frameworks have.
STATIC = FOLDER / "static"
#: A base template whose blocks have the names that ours have.
AGENCY = {"template": "hostbases/agency.html", "block": "main"}
#: The one that ``wagtail start`` makes.
START = {"template": "base.html"}


def write_start_template(folder):
    """Write the ``base.html`` that ``wagtail start`` makes into ``folder``."""
    source = Path(wagtail.__file__).parent / "project_template/project_name/templates/base.html"
    template = Engine().from_string(source.read_text())
    (folder / "base.html").write_text(template.render(Context({"project_name": "agency"})))


def stylesheet_of(name):
    """The text of one of the stylesheets."""
    return (STATIC / "hostbases" / f"{name}.css").read_text()
