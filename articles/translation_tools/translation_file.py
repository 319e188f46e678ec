"""What a file for translators holds, whatever its format."""

from dataclasses import dataclass, field


@dataclass
class Entry:
    """A segment in a file. ``pieces`` of source and target are strings and ``Code``.

    ``state`` is ``"initial"``, ``"translated"``, ``"outdated"`` or ``"unconfirmed"`` in files
    written here, and ``"final"`` in those read where a program says that it is approved.
    """

    id: str
    source: tuple
    target: tuple | None = None
    state: str = "initial"
    notes: list = field(default_factory=list)


@dataclass
class TranslationFile:
    """The texts of one page from ``source_language`` to ``target_language``.

    ``original`` names the page, ``page-12``; ``units`` are ``(id, label, [Entry])``.
    """

    original: str
    source_language: str
    target_language: str
    title: str = ""
    units: list = field(default_factory=list)

    @property
    def entries(self):
        return [entry for _id, _label, entries in self.units for entry in entries]
