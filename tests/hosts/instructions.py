"""Steps of a document for people, followed to the letter by a program.

A step is a block of code; the paragraph before it says where the code goes:

- “At the end of `file`” and “at the top of `file`” for what is added there;
- “delete `line` from `file`” for a line to delete first;
- “in `file`, … in place of `line`” for what replaces a line;
- “in a new file `file`” for a whole file, in place of one that is there.

Blocks marked ``sh`` are commands. A block of Python without such a place is an error: a reader
could not follow it either.
"""

import re
import textwrap
from dataclasses import dataclass

_BLOCK = re.compile(r"^(?P<blank> *)```(?P<kind>\w+)\n(?P<code>.*?)^(?P=blank)```$", re.M | re.S)
_DELETE = re.compile(r"delete\s+`(?P<code>[^`]+)` from `(?P<file>[^`]+)`", re.I)
_PLACES = (
    ("append", re.compile(r"at the end of `(?P<file>[^`]+)`", re.I)),
    ("prepend", re.compile(r"at the top of `(?P<file>[^`]+)`", re.I)),
    ("replace", re.compile(r"in `(?P<file>[^`]+)`, \w+ in place of `(?P<line>[^`]+)`", re.I)),
    ("create", re.compile(r"in a new file `(?P<file>[^`]+)`", re.I)),
)


class CannotFollow(Exception):
    """A step that does not say where its code goes, or names a place that is not there."""


@dataclass(frozen=True)
class Step:
    """What is done with ``code``: ``run`` it, ``append`` it and so on; ``replace`` a ``line``."""

    action: str
    code: str
    file: str = ""
    line: str = ""

    def commands(self):
        """The commands of a step that is run, one a line."""
        return [line for line in self.code.splitlines() if line.strip()]


def steps_of(document, heading=""):
    """The steps of a Markdown document, in order; or those below ``heading`` (a whole line)."""
    section = document
    if heading:
        section = document.partition(f"\n{heading}\n")[2]
        if not section:
            raise CannotFollow(f"there is no heading “{heading}”")
        level = len(heading.split()[0])
        section = re.split(rf"^#{{1,{level + 1}}} ", section, maxsplit=1, flags=re.M)[0]
    steps = [step for match in _BLOCK.finditer(section) for step in _steps(section, match)]
    if not steps:
        raise CannotFollow(f"there is no step below “{heading}”")
    return steps


def _steps(section, match):
    """The steps of one block: what the paragraph before it deletes, and what it adds."""
    code = textwrap.dedent(match["code"])
    if match["kind"] == "sh":
        return [Step("run", code)]
    before = re.split(r"\n\s*\n", section[: match.start()].rstrip())[-1]
    before = " ".join(before.split())
    deleted = [Step("delete", **found.groupdict()) for found in _DELETE.finditer(before)]
    for action, place in _PLACES:
        found = place.search(before)
        if found:
            return [*deleted, Step(action, code, **found.groupdict())]
    raise CannotFollow(f"nothing says where this goes: {code!r}")


def carry_out(step, project):
    """Change a file of the folder ``project`` as ``step`` says."""
    path = project / step.file
    if step.action == "create":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(step.code)
        return
    if not path.is_file():
        raise CannotFollow(f"there is no file {step.file}")
    text = path.read_text()
    if step.action == "append":
        path.write_text(f"{text}\n{step.code}")
    elif step.action == "prepend":
        path.write_text(f"{step.code}\n{text}")
    elif step.action == "delete":
        path.write_text(_with_line(text, step.file, step.code, ""))
    else:
        path.write_text(_with_line(text, step.file, step.line, step.code))


def _with_line(text, file, line, code):
    """``text`` with ``code`` in place of a line, which has to be there once."""
    lines = text.splitlines(keepends=True)
    places = [number for number, each in enumerate(lines) if each.strip() == line]
    if len(places) != 1:
        raise CannotFollow(f"{file} has {len(places)} lines {line!r}")
    lines[places[0]] = code
    return "".join(lines)
