"""The contents of the wheel: the package ``diptych`` with its catalogues, and its description.

``articles`` and ``themes`` become ``diptych.articles`` and ``diptych.themes``, so that they stand
beside modules of these names in a host. See docs/decisions/0039-the-wheel-has-one-package.md.
"""

import ast
import gettext
import io
import os
import re
import shutil
import struct
import tempfile
import tokenize
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

PACKAGE = "diptych"
PARTS = ("articles", "themes")

#: Where Django finds the catalogues: in the application that every host installs.
LOCALE = Path("articles", "languages", "locale")

#: Files that an editable installation uses below ``diptych``, see ``dev-mode-dirs``.
EDITABLE = Path("build", "editable")

#: Calls whose first argument may be the name of one of the packages alone.
NAMING_CALLS = {"find_spec", "import_module", "is_installed", "missing_extra"}

_DOTTED = re.compile(rf"(?<![\w./])(?P<part>{'|'.join(PARTS)})\.(?P<module>[a-z_]\w*)")
#: Pictures and links of README.md that lead into the repository.
_PICTURE = re.compile(r"!\[[^\]]*\]\((?!https?:)[^)]+\)\n*")
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:|#)[^)]+\)")
_FROM = re.compile(rb"from\s+")


class WheelHook(BuildHookInterface):
    """Write the packages as the wheel has them, into a folder from which they are gathered."""

    def initialize(self, version, build_data):
        self.temporary = None
        if self.target_name != "wheel":
            return
        if version == "editable":
            folder = Path(self.root) / EDITABLE
            shutil.rmtree(folder, ignore_errors=True)
        else:
            self.temporary = tempfile.TemporaryDirectory()
            folder = Path(self.temporary.name)
            build_data["force_include"][str(folder / PACKAGE)] = PACKAGE
        write_package(
            Path(self.root),
            folder / PACKAGE,
            is_excluded=self.build_config.exclude_spec.match_file,
            link=version == "editable",
        )

    def finalize(self, version, build_data, artifact_path):
        if self.temporary is not None:
            self.temporary.cleanup()


class ReadmeHook(MetadataHookInterface):
    """Give the package index the README without pictures and links that it could not follow."""

    def update(self, metadata):
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": standalone(text)}


def standalone(readme):
    """A README without pictures of the repository, its links into it as plain text."""
    return _LINK.sub(r"\1", _PICTURE.sub("", readme))


def write_package(root, target, is_excluded, link=False):
    """Write the package of the wheel into the folder ``target``, from the checkout ``root``.

    ``is_excluded`` is asked for each path below the root. With ``link``, files that are the same
    in the wheel become links to those of the checkout.
    """
    target.mkdir(parents=True)
    (target / "__init__.py").write_text('"""Multilingual pages, and a journal of them."""\n')
    modules = modules_of(root)
    for part in PARTS:
        for path in sorted((root / part).rglob("*")):
            relative = path.relative_to(root)
            if path.is_file() and not is_excluded(relative.as_posix()):
                _write_file(path, target / relative, relative, modules, link)
    for catalogue in sorted((root / "locale").rglob("*.po")):
        copy = target / LOCALE / catalogue.relative_to(root / "locale")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(catalogue, copy)
        copy.with_suffix(".mo").write_bytes(compiled(catalogue.read_text(encoding="utf-8")))


def _write_file(path, copy, relative, modules, link):
    """Write one file of the checkout into the package."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    source = path.read_bytes()
    written = renamed(source, relative, modules) if path.suffix == ".py" else source
    if link and written == source:
        os.symlink(path, copy)
    else:
        copy.write_bytes(written)


def modules_of(root):
    """The names right below each package, as ``{"articles": {"languages", …}, …}``."""
    return {
        part: {path.stem for path in (root / part).iterdir() if path.suffix in ("", ".py")}
        for part in PARTS
    }


class CannotRename(Exception):
    """A place that names one of the packages in a way that is not understood."""


def renamed(source, path, modules):
    """The Python code ``source`` (bytes) with the names that the packages have in the wheel.

    Only imports, names bound by them, strings that are the dotted name of a module or of something
    in it, comments and docstrings change, and no line becomes another. Raises
    :class:`CannotRename`, with ``path`` and line, for any other mention of a module.
    """
    lines = source.splitlines(keepends=True)
    tree = ast.parse(source)
    names = _Names(lines, path, modules)
    names.visit(tree)
    names.check_plain_imports()
    names.note_comments(source)
    for line, start, end, text in sorted(names.edits, reverse=True):
        lines[line - 1] = lines[line - 1][:start] + text + lines[line - 1][end:]
    return b"".join(lines)


class _Names(ast.NodeVisitor):
    """Collects the edits of one module: line, first and last column in bytes, new text."""

    def __init__(self, lines, path, modules):
        self.lines = lines
        self.path = path
        self.modules = modules
        self.edits = set()
        self.plain_imports = set()
        self.bare_names = []

    def refuse(self, node, reason):
        raise CannotRename(f"{self.path}:{node.lineno}: {reason}")

    def is_module(self, dotted):
        """Whether a dotted name is one of the packages or lies below a module of it."""
        part, _, rest = dotted.partition(".")
        return part in PARTS and (not rest or rest.partition(".")[0] in self.modules[part])

    def prefix(self, line, column):
        """Put ``diptych.`` before what stands at a column of a line."""
        self.edits.add((line, column, column, f"{PACKAGE}.".encode()))

    def prefix_in_text(self, line, start, end):
        """Put ``diptych.`` before each module that a part of a line mentions."""
        text = self.lines[line - 1][start:end].decode()
        for match in _DOTTED.finditer(text):
            if match["module"] in self.modules[match["part"]]:
                self.prefix(line, start + len(text[: match.start()].encode()))

    def visit_ImportFrom(self, node):
        if node.level or not self.is_module(node.module or ""):
            return
        match = _FROM.match(self.lines[node.lineno - 1], node.col_offset)
        if not self.lines[node.lineno - 1].startswith(node.module.encode(), match.end()):
            self.refuse(node, "the module of an import has to follow on the same line")
        self.prefix(node.lineno, match.end())

    def visit_Import(self, node):
        for each in node.names:
            if not self.is_module(each.name):
                continue
            if each.asname is None:
                if "." not in each.name:
                    self.refuse(node, f"import a module of {each.name} by its name")
                self.plain_imports.add(each.name)
            self.prefix(each.lineno, each.col_offset)

    def visit_Attribute(self, node):
        dotted = _dotted_name(node)
        if dotted and dotted.partition(".")[0] in PARTS:
            self.bare_names.append((node, dotted))
        else:
            self.generic_visit(node)

    def visit_Name(self, node):
        if node.id in PARTS:
            self.bare_names.append((node, node.id))

    def check_plain_imports(self):
        """Rename what ``import articles.x`` has bound; refuse the same name for anything else."""
        bound = {each.partition(".")[0] for each in self.plain_imports}
        for node, dotted in self.bare_names:
            if dotted.partition(".")[0] not in bound:
                continue
            if not any(f"{dotted}.".startswith(f"{each}.") for each in self.plain_imports):
                self.refuse(node, f"“{dotted}” is none of the modules imported here")
            self.prefix(node.lineno, node.col_offset)

    def visit_ClassDef(self, node):
        if any(_dotted_name(each).endswith("AppConfig") for each in node.bases):
            for statement in node.body:
                if isinstance(statement, ast.Assign) and statement.targets[0].id == "name":
                    self.note_name(statement.value)
        self.generic_visit(node)

    def visit_Call(self, node):
        if _dotted_name(node.func).rpartition(".")[2] in NAMING_CALLS:
            for each in node.args[:1]:
                self.note_name(each)
        self.generic_visit(node)

    def note_name(self, node):
        """Rename a string that is the name of one of the packages."""
        if isinstance(node, ast.Constant) and node.value in PARTS:
            self.prefix_string(node)

    def visit_Expr(self, node):
        if not isinstance(node.value, ast.Constant) or not isinstance(node.value.value, str):
            self.generic_visit(node)
            return
        for line in range(node.lineno, node.end_lineno + 1):
            start = node.col_offset if line == node.lineno else 0
            end = node.end_col_offset if line == node.end_lineno else len(self.lines[line - 1])
            self.prefix_in_text(line, start, end)

    def visit_Constant(self, node):
        if not isinstance(node.value, str):
            return
        mentioned = [
            match
            for match in _DOTTED.finditer(node.value)
            if match["module"] in self.modules[match["part"]]
        ]
        if not mentioned:
            return
        if not re.fullmatch(r"\w+(\.\w+)+\.?", node.value):
            self.refuse(node, f"“{mentioned[0][0]}” stands inside a longer text")
        self.prefix_string(node)

    def prefix_string(self, node):
        """Rename a string literal, which has to be written in one piece."""
        written = self.lines[node.lineno - 1][node.col_offset :]
        if written[:1] not in (b'"', b"'") or not written[1:].startswith(node.value.encode()):
            self.refuse(node, f"“{node.value}” has to be written in one piece")
        self.prefix(node.lineno, node.col_offset + 1)

    def visit_JoinedStr(self, node):
        for each in node.values:
            if isinstance(each, ast.FormattedValue):
                self.visit(each)
            elif re.search(rf"(?<![\w./])({'|'.join(PARTS)})\.", each.value):
                self.refuse(node, "the name of a module may not stand in an f-string")

    def note_comments(self, source):
        """Rename the modules that comments mention."""
        for token in tokenize.tokenize(io.BytesIO(source).readline):
            if token.type == tokenize.COMMENT:
                line, column = token.start
                start = len(token.line[:column].encode())
                self.prefix_in_text(line, start, start + len(token.string.encode()))


def _dotted_name(node):
    """The dotted name that an expression is, or the empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        value = _dotted_name(node.value)
        return value and f"{value}.{node.attr}"
    return ""


def compiled(catalogue):
    """The message catalogue ``catalogue`` (text of a PO file) as the bytes of a MO file.

    For catalogues as this project writes them, so that building needs neither GNU gettext nor
    polib. Fuzzy, obsolete and untranslated entries are left out.
    """
    messages = {}
    for entry in re.split(r"\n\s*\n", catalogue):
        fields = _fields_of(entry)
        if fields is None:
            continue
        key = fields["msgid"]
        if "msgctxt" in fields:
            key = f"{fields['msgctxt']}\x04{key}"
        if "msgid_plural" in fields:
            key = f"{key}\x00{fields['msgid_plural']}"
        texts = [text for name, text in fields.items() if name.startswith("msgstr")]
        if all(texts):
            messages[key] = "\x00".join(texts)
    written = _mo_file(messages)
    gettext.GNUTranslations(io.BytesIO(written))  # raises where it cannot be read
    return written


def _fields_of(entry):
    """The keywords and texts of one entry of a PO file; ``None`` for an entry to leave out."""
    fields, name = {}, ""
    for line in entry.splitlines():
        if line.startswith("#"):
            if line.startswith("#,") and "fuzzy" in line:
                return None
            continue
        keyword, _, rest = ("", "", line) if line.startswith('"') else line.partition(" ")
        name = keyword or name
        fields[name] = fields.get(name, "") + ast.literal_eval(rest)
    return fields or None


def _mo_file(messages):
    """A MO file of ``messages``: header, two tables of lengths and offsets, the texts."""
    pairs = sorted((key.encode(), text.encode()) for key, text in messages.items())
    offset = 28 + 16 * len(pairs)
    tables, texts = [], []
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), offset))
            texts.append(pair[column] + b"\x00")
            offset += len(pair[column]) + 1
    count = len(pairs)
    header = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    return b"".join([header, *tables, *texts])
