"""Reference pages in Markdown, read from the sources: variables, checks, commands, hooks, tags.

Sources are parsed and never imported, so that the documentation is built without the packages the
plugin needs.
"""

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("articles", "themes")

#: The calls that make a message of a system check.
MESSAGES = {"Error", "Warning", "Info", "Critical"}
#: Calls whose argument is the name of a hook that others register for.
HOOK_CALLS = {"get_hooks", "RegisteredPanels", "_registered"}

_DOCUMENT = re.compile(r"\bdocs/((\w+)[\w.-]*\.md(?:#[\w-]+)?)")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@dataclass(frozen=True)
class Source:
    """A module: its dotted name, its tree, and its lines."""

    name: str
    path: Path
    tree: ast.Module
    lines: tuple

    def comment_above(self, node):
        """What the lines that begin with ``#:`` above a statement say."""
        said, number = [], node.lineno - 2
        while number >= 0 and self.lines[number].lstrip().startswith("#:"):
            said.insert(0, self.lines[number].lstrip().removeprefix("#:").strip())
            number -= 1
        return " ".join(said)


@cache
def sources():
    """All modules of the plugin, in the order of their names."""
    paths = sorted(path for part in PARTS for path in (ROOT / part).rglob("*.py"))
    return [_source_of(path, "diptych.") for path in paths]


def _source_of(path, package=""):
    text = path.read_text(encoding="utf-8")
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    return Source(f"{package}{name}", path, ast.parse(text), tuple(text.splitlines()))


def pages():
    """The pages, by their addresses below docs/."""
    return {
        "reference/environment.md": environment_page(),
        "reference/checks.md": checks_page(),
        "reference/commands.md": commands_page(),
        "reference/hooks.md": hooks_page(),
        "reference/tags.md": tags_page(),
    }


# Variables of the environment


@dataclass(frozen=True)
class Variable:
    """A variable of the environment: what it is for, an example, and where it is read."""

    said: str
    example: str
    is_required: bool
    is_of_a_server: bool


def variables():
    """The variables that the site reads, by name, those of servers first, each as described."""
    site = ROOT / "site"
    of_servers = [site / "config" / "wsgi.py", site / "config" / "settings" / "production.py"]
    of_servers.append(ROOT / "gunicorn.conf.py")
    others = sorted({*site.rglob("*.py"), ROOT / "manage.py"} - {*of_servers})
    found = {}
    for source in map(_source_of, [*of_servers, *others]):
        for name, read, statement in _reads(source.tree):
            comment = source.comment_above(read) or source.comment_above(statement)
            said, _, example = comment.partition("Example: ")
            required = _dotted(getattr(read, "func", None)) == "env.read" and len(read.args) == 2
            if name not in found or not found[name].said:
                is_of_a_server = source.path in of_servers
                found[name] = Variable(said.strip(), example, required, is_of_a_server)
    return found


def _reads(tree):
    """The variables that a module reads: name, expression and the statement it stands in."""
    statements = (node for node in ast.walk(tree) if isinstance(node, ast.stmt))
    for statement in sorted(statements, key=lambda each: each.lineno):
        for node in _within_statement(statement):
            if name := _variable_in(node):
                yield name, node, statement


def _within_statement(statement):
    """The expressions of a statement, without those of statements inside it."""
    waiting = [statement]
    while waiting:
        node = waiting.pop(0)
        yield node
        waiting += [each for each in ast.iter_child_nodes(node) if not isinstance(each, ast.stmt)]


def _variable_in(node):
    """The variable that an expression reads, or nothing."""
    if isinstance(node, ast.Call):
        of_environment = (*(f"os.environ.{each}" for each in ("get", "setdefault")), "os.getenv")
        is_read = _dotted(node.func) in ("env.read", *of_environment)
        return text_of(node.args[0]) if is_read else ""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        return text_of(node.slice) if _dotted(node.value) == "os.environ" else ""
    if isinstance(node, ast.Compare) and _dotted(node.comparators[0]) == "os.environ":
        return text_of(node.left)
    return ""


def environment_page():
    required, optional, elsewhere = [], [], []
    for name, each in variables().items():
        row = f"| `{name}` | {_cell(each.example)} | {_cell(_linked(each.said))} |"
        rows = required if each.is_required else optional
        (rows if each.is_of_a_server else elsewhere).append(row)
    head = "| variable | example | |\n|---|---|---|\n"
    return "\n".join(
        [
            "# Variables of the environment\n",
            "The settings of the journal on a server take every secret and every address from"
            " these. They refuse to start without what is required, naming all that is missing or"
            " malformed. `deploy/entrypoint.sh` names what containers read beside.\n",
            f"## Required on a server\n\n{head}" + "\n".join(required),
            f"\n## On a server\n\n{head}" + "\n".join(optional),
            f"\n## Development and tests\n\n{head}" + "\n".join(elsewhere) + "\n",
        ]
    )


# System checks


def checks():
    """The messages of system checks: identifiers with message and hint."""
    found = {}
    for source in sources():
        for call in _calls(source.tree):
            name = _last_name(call.func)
            arguments = {each.arg: each.value for each in call.keywords}
            if name in MESSAGES and "id" in arguments:
                said = call.args[0] if call.args else arguments["msg"]
                function = _function_around(source.tree, call)
                found[text_of(arguments["id"])] = (
                    text_of(said) or _assigned(function, _name_in(said)) or _meaning_of(function),
                    text_of(arguments.get("hint")),
                )
            elif name == "missing_extra" and len(call.args) == 4:
                application, package, extra, identifier = map(text_of, call.args)
                found[identifier] = (
                    f"`{_within_diptych(application)}` needs {package}: install"
                    f" `wagtail-diptych[{extra}]`.",
                    "",
                )
    found.pop("", None)
    return dict(sorted(found.items()))


def checks_page():
    rows = "\n".join(
        f"| `{identifier}` | {_cell(message)} | {_cell(hint)} |"
        for identifier, (message, hint) in checks().items()
    )
    return f"""# System checks

`manage.py check` reports these; those with an E are errors, those with a W warnings.
Words in *italics* stand for what is found in the project.

| identifier | message | what to do |
|---|---|---|
{rows}
"""


# Commands


def commands():
    """The commands of `manage.py`: help and arguments by name."""
    found = {}
    for source in sources():
        if source.path.parent.name != "commands" or source.path.stem == "__init__":
            continue
        arguments = [
            (" ".join(f"`{text_of(each)}`" for each in call.args), _keyword(call, "help"))
            for call in _calls(source.tree)
            if _last_name(call.func) == "add_argument"
        ]
        found[source.path.stem] = (_assigned(source.tree, "help"), arguments)
    return dict(sorted(found.items()))


def commands_page():
    parts = []
    for name, (text, arguments) in commands().items():
        parts.append(f"## {name}\n\n{text}\n")
        if arguments:
            rows = "\n".join(f"| {each} | {_cell(said)} |" for each, said in arguments)
            parts.append(f"| argument | |\n|---|---|\n{rows}\n")
    return "# Commands\n\nAll are commands of `manage.py`.\n\n" + "\n".join(parts)


# Hooks and signals


def hooks():
    """The hooks that other applications register for: what each is called with, by name."""
    constants = {}
    for source in sources():
        for node in source.tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                said = source.comment_above(node)
                constants[(source.name, node.targets[0].id)] = (node.value.value, said)
    found = {}
    for source in sources():
        for call in _calls(source.tree):
            if _last_name(call.func) not in HOOK_CALLS or not call.args:
                continue
            argument = call.args[0]
            known = constants.get((source.name, getattr(argument, "id", "")))
            if known and "diptych_" in str(known[0]):
                found[known[0]] = (source.name, known[1])
    return dict(sorted(found.items()))


def signals():
    """The signals: module and meaning, by name."""
    found = {}
    for source in sources():
        for node in source.tree.body:
            called = getattr(node, "value", None)
            if isinstance(called, ast.Call) and _last_name(called.func) == "Signal":
                found[node.targets[0].id] = (source.name, source.comment_above(node))
    return dict(sorted(found.items()))


def hooks_page():
    of_hooks = "\n".join(
        f"| `{name}` | `{module}` | {_cell(_marked(said))} |"
        for name, (module, said) in hooks().items()
    )
    of_signals = "\n".join(
        f"| `{name}` | `{module}` | {_cell(_marked(said))} |"
        for name, (module, said) in signals().items()
    )
    return f"""# Hooks and signals

## Hooks

Functions are registered with `wagtail.hooks.register(name)` in a module `wagtail_hooks`.

| name | called in | |
|---|---|---|
{of_hooks}

## Signals

Each is a `django.dispatch.Signal`; receivers get what is named here as keyword arguments.

| name | imported from | |
|---|---|---|
{of_signals}
"""


# Template tags


def tags():
    """The template tags and filters: kind and meaning, by library and name."""
    found = {}
    for source in sources():
        if source.path.parent.name != "templatetags":
            continue
        for node in source.tree.body:
            if not isinstance(node, ast.FunctionDef):
                continue
            for each in node.decorator_list:
                call = each.func if isinstance(each, ast.Call) else each
                if _dotted(call).startswith("register."):
                    name = ""
                    if isinstance(each, ast.Call):
                        name = _keyword(each, "name")
                        if _last_name(call) == "tag":
                            name = text_of(each.args[0])
                    said = (ast.get_docstring(node) or "").partition("\n\n")[0]
                    kind = "filter" if _last_name(call) == "filter" else "tag"
                    found[(source.path.stem, name or node.name)] = (kind, " ".join(said.split()))
    return dict(sorted(found.items()))


def tags_page():
    libraries = {}
    for (library, name), (kind, said) in tags().items():
        row = f"| `{name}` | {kind} | {_cell(_marked(said))} |"
        libraries.setdefault(library, []).append(row)
    parts = [
        f"## {library}\n\n`{{% load {library} %}}`\n\n| | | |\n|---|---|---|\n" + "\n".join(rows)
        for library, rows in libraries.items()
    ]
    return "# Template tags\n\n" + "\n\n".join(parts) + "\n"


# Reading the trees


def text_of(node):
    """The text that an expression says: strings joined, translated or filled in; else nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            each.value if isinstance(each, ast.Constant) else "*…*" for each in node.values
        )
    if isinstance(node, ast.BinOp):
        return text_of(node.left)
    if isinstance(node, ast.Call) and node.args:
        return text_of(node.args[0])
    return ""


def _calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _dotted(node):
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _last_name(node):
    return _dotted(node).rpartition(".")[2]


def _keyword(call, name):
    return next((text_of(each.value) for each in call.keywords if each.arg == name), "")


def _function_around(tree, call):
    """The function in which a call is made, or the module."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return next((node for node in functions if call in ast.walk(node)), tree)


def _meaning_of(function):
    """What the docstring of a function says first."""
    return _marked((ast.get_docstring(function) or "").partition("\n\n")[0])


def _name_in(node):
    """The first name in an expression."""
    return next((each.id for each in ast.walk(node) if isinstance(each, ast.Name)), "")


def _assigned(tree, name):
    """The text assigned to ``name`` in a class or function, or returned by a property."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
            return text_of(node.value)
        if isinstance(node, ast.FunctionDef) and node.name == name:
            return text_of(node.body[-1].value)
    return ""


def _within_diptych(name):
    return name if name.startswith("diptych") else f"diptych.{name}"


def _marked(text):
    """Roles and double backquotes of docstrings as Markdown."""
    text = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", text)
    return text.replace("``", "`")


def _linked(text):
    """Documents that a comment names, as links from a page of the reference."""
    return _DOCUMENT.sub(r"[\2](../\1)", text)


def _cell(text):
    """A text as a cell of a table, with placeholders in italics and no HTML."""
    text = _PLACEHOLDER.sub(r"*\1*", text).replace("&", "&amp;").replace("<", "&lt;")
    return text.replace("|", "\\|").replace("\n", " ")
