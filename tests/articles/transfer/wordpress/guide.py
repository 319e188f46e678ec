"""The guides of moving from WordPress, in docs/, as tests read them."""

import re

from tests.hosts.instructions import steps_of
from tests.programs import ROOT


def guide(language):
    """The text of the guide in ``language``."""
    return (ROOT / "docs" / f"moving.{language}.md").read_text(encoding="utf-8")


def steps_by_heading(language):
    """The commands below each heading of the guide that has some, in order."""
    text = guide(language)
    headings = re.findall(r"^## (.+)$", text, re.M)
    sections = re.split(r"^## .+$\n", text, flags=re.M)[1:]
    return {
        heading: [each for step in steps_of(section) for each in step.commands()]
        for heading, section in zip(headings, sections, strict=True)
        if "```sh" in section
    }
