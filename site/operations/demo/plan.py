"""Contents of the demo that are not Markdown: accounts, their work, earlier versions."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

PLAN = Path(__file__).parent / "plan.toml"


class ContentError(Exception):
    """The demo cannot be loaded as it is written; has a message that names the place."""


@dataclass(frozen=True)
class Entry:
    """One table of the plan; ``get`` checks the type of a value."""

    name: str
    values: dict

    def fail(self, message):
        raise ContentError(f"{PLAN.name}: [{self.name}] {message}")

    def get(self, name, kind=str, default=None):
        """The value ``name``, of the type ``kind``; required unless there is a ``default``."""
        value = self.values.get(name, default)
        if value is None:
            self.fail(f"{name} is missing")
        if not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
            self.fail(f"{name} is no {kind.__name__}")
        return value


@dataclass(frozen=True)
class Plan:
    """``as_of`` is the day from which the dates of the folder are counted back.

    ``logins`` are the entries of users by name. ``articles``, their earlier versions, and ``work``,
    translations that wait, are by the names of articles below ``articles/``, such as ``dams``.
    ``newsletters`` are by language.
    """

    as_of: date
    logins: dict
    articles: dict
    work: dict
    newsletters: dict


def read_plan(path=PLAN):
    """Read the file at ``path``; raises :class:`ContentError` where it is malformed."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"{path.name}: {error}") from None
    plan = Entry("plan", tables)
    entries = {
        section: {
            key: Entry(f"{section}.{key}", values)
            for key, values in plan.get(section, dict).items()
        }
        for section in ("logins", "articles", "work", "newsletters")
    }
    return Plan(as_of=plan.get("as_of", date), **entries)
