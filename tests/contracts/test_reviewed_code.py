"""Places where a mistake would be a hole: each is reviewed, with its reason in ``reviewed.toml``.

The rules of bandit, which ruff has as ``S``, look at calls one by one; these know which ones are
written with constants, and keep what was reviewed in one file.
"""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REVIEWED = ROOT / "tests" / "contracts" / "reviewed.toml"
FOLDERS = ("articles", "themes", "site")

#: By name, which arguments decide: constants there make the use harmless.
HTML = {
    "mark_safe": (0,),
    "SafeString": (0,),
    "SafeText": (0,),
    "format_html": (0,),
    "format_html_join": (0, 1),
    "html_safe": (),
}
#: Attributes that are called with SQL, and a class that is.
SQL_METHODS = ("execute", "executemany", "executescript", "raw", "extra")
#: Their keywords that are no SQL, but values, names or switches.
NO_SQL = ("params", "param_list", "select_params", "translations", "using")
SQL = {"RawSQL": (0,), "RunSQL": (0, 1)}
REDIRECTS = {
    "redirect": (0,),
    "HttpResponseRedirect": (0,),
    "HttpResponsePermanentRedirect": (0,),
    "RedirectView": (),
}
#: What runs, unpickles or lets pass whatever it is given.
NEVER = ("csrf_exempt", "pickle", "marshal", "shelve", "eval", "exec")
ALL_NAMES = {*HTML, *SQL, *REDIRECTS, *NEVER}

#: Files without any of these are not parsed.
IS_WORTH_READING = re.compile(r"\b({})\b".format("|".join((*ALL_NAMES, *SQL_METHODS))))

IN_TEMPLATES = re.compile(r"\|\s*(safe|safeseq)\b|\{%-?\s*autoescape\s+off")
IN_SCRIPTS = re.compile(r"\.(innerHTML|outerHTML)\s*\+?=[^=]|\binnerHTML:|insertAdjacentHTML|"
                        r"document\.write|\beval\(|new Function\(")  # fmt: skip


@cache
def reviewed():
    return tomllib.loads(REVIEWED.read_text(encoding="utf-8"))


class Uses(ast.NodeVisitor):
    """Finds ``(rule, function, line)`` of each use in a module that needs a review."""

    def __init__(self, source, targets=()):
        self.found, self.targets = [], targets
        self._names, self._harmless = [], set()
        tree = ast.parse(source)
        #: A name that is not imported is that of a variable, but for those Python has itself.
        self._known = {"eval", "exec"}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                self._known.update(alias.name for alias in node.names)
        self.visit(tree)

    def _add(self, rule, node):
        self.found.append((rule, ".".join(self._names) or "<module>", node.lineno))

    def _visit_named(self, node):
        for decorator in node.decorator_list:
            self.visit(decorator)
        self._names.append(node.name)
        for child in ast.iter_child_nodes(node):
            if child not in node.decorator_list and child is not getattr(node, "returns", None):
                self.visit(child)
        self._names.pop()

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = _visit_named

    def visit_arg(self, node):
        """An annotation uses nothing."""

    def visit_AnnAssign(self, node):
        if node.value:
            self.visit(node.value)

    def visit_Import(self, node):
        for alias in node.names:
            if alias.name.split(".")[0] in NEVER:
                self._add("never", node)

    def visit_ImportFrom(self, node):
        if node.module in NEVER:
            self._add("never", node)
        for alias in node.names:
            if alias.asname not in (None, alias.name) and alias.name in ALL_NAMES:
                self._add("renamed", node)

    def visit_Call(self, node):
        name = _name_of(node.func)
        for rule, decisive in (("html", HTML), ("sql", SQL), ("redirect", REDIRECTS)):
            if name in decisive and self._is_harmless(rule, node, decisive[name]):
                self._harmless.add(node.func)
        if isinstance(node.func, ast.Attribute) and name in SQL_METHODS and not _is_super(node):
            placed = node.args if name == "extra" else node.args[:1]
            named = [each.value for each in node.keywords if each.arg not in NO_SQL]
            if not all(map(_is_constant, [*placed, *named])):
                self._add("sql", node)
        self.generic_visit(node)

    def _is_harmless(self, rule, node, positions):
        given = [node.args[position] for position in positions if position < len(node.args)]
        is_fine = self._is_own_address if rule == "redirect" else _is_constant
        is_plain = not any(isinstance(each, ast.Starred) for each in node.args)
        return bool(given) and is_plain and all(map(is_fine, given))

    def _is_own_address(self, node):
        """Whether each value an expression may have is an address of ours, by its beginning."""
        if isinstance(node, ast.BoolOp):
            return all(map(self._is_own_address, node.values))
        if isinstance(node, ast.IfExp):
            return self._is_own_address(node.body) and self._is_own_address(node.orelse)
        if isinstance(node, ast.JoinedStr):
            first = node.values[0]
            return isinstance(first, ast.FormattedValue) and self._is_own_address(first.value)
        if isinstance(node, ast.Call):
            return f"{ast.unparse(node.func)}()" in self.targets
        return _is_constant(node) or ast.unparse(node) in self.targets

    def visit_Name(self, node):
        if node.id in self._known and isinstance(node.ctx, ast.Load):
            self._watch(node)

    def visit_Attribute(self, node):
        # A method of ours may be called `redirect` as well; a module's function is meant here.
        if _name_of(node.value) not in ("self", "cls"):
            self._watch(node)
        self.generic_visit(node)

    def _watch(self, node):
        rules = {"html": HTML, "sql": SQL, "redirect": REDIRECTS, "never": NEVER}
        for rule, names in rules.items():
            if _name_of(node) in names and node not in self._harmless:
                self._add(rule, node)


def _name_of(node):
    return getattr(node, "id", None) or getattr(node, "attr", None)


def _is_super(call):
    value = call.func.value
    return isinstance(value, ast.Call) and _name_of(value.func) == "super"


def _is_constant(node):
    """A text as it stands, or one of a constant of the module."""
    if isinstance(node, ast.Name):
        return node.id.isupper()
    if isinstance(node, ast.List | ast.Tuple):
        return all(map(_is_constant, node.elts))
    if isinstance(node, ast.Dict):
        return all(map(_is_constant, [*node.keys, *node.values]))
    return isinstance(node, ast.Constant)


def uses_in_code(path):
    text = path.read_text(encoding="utf-8")
    if IS_WORTH_READING.search(text):
        for rule, function, line in Uses(text, reviewed()["addresses"]).found:
            yield rule, f"{path.relative_to(ROOT).as_posix()}:{function}", line


def uses_in_file(path):
    # E-mails are texts, in which nothing is escaped.
    is_template = "templates" in path.parts and path.suffix in (".html", ".svg", ".xml")
    pattern, rule = (IN_TEMPLATES, "template") if is_template else (IN_SCRIPTS, "script")
    is_read = is_template or path.suffix == ".js"
    if is_read and pattern.search(path.read_text(encoding="utf-8")):
        yield rule, path.relative_to(ROOT).as_posix(), 0


@cache
def all_uses():
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.*"))]
    finders = [uses_in_code if path.suffix == ".py" else uses_in_file for path in paths]
    return [use for find, path in zip(finders, paths, strict=True) for use in find(path)]


WHAT_TO_DO = {
    "html": "HTML is made of something that is no constant. Use format_html with a constant, or "
    "escape what people wrote",
    "sql": "SQL is made of something that is no constant. Use the ORM, or parameters (%s)",
    "redirect": "a redirect to an address that may come from the request. Use reverse(), or "
    "get_valid_next_url_from_request / url_has_allowed_host_and_scheme",
    "never": "csrf_exempt, eval, exec and the like let pass whatever is sent. Do without",
    "renamed": "a name that is watched is imported under another one. Import it as it is called",
    "template": "a template prints something unescaped. Do without |safe and autoescape off",
    "script": "a script makes HTML of texts. Use textContent, or elements",
}


def test_each_use_is_reviewed():
    known = reviewed()
    missing = [
        f"{name}:{line}  {WHAT_TO_DO[rule]}; or review it and add under [{rule}] of "
        f'{REVIEWED.relative_to(ROOT)}:\n    "{name}" = "why this is safe"'
        for rule, name, line in all_uses()
        if name not in known.get(rule, ())
    ]
    assert not missing, "\n".join(missing)


def test_what_was_reviewed_is_still_there():
    used = {(rule, name) for rule, name, _line in all_uses()}
    rules = {rule: names for rule, names in reviewed().items() if rule != "addresses"}
    left = [(rule, name) for rule, names in rules.items() for name in names]
    assert rules.keys() <= WHAT_TO_DO.keys()
    assert not set(left) - used, f"Not in the code any more: {sorted(set(left) - used)}"
    assert all(reason.strip() for names in reviewed().values() for reason in names.values())


IMPORTED = f"from somewhere import {', '.join(sorted(ALL_NAMES - {'html_safe'}))}\n"


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("mark_safe(text)", "html"),
        ("safestring.mark_safe(text)", "html"),
        ("SafeString(text)", "html"),
        ("list(map(mark_safe, texts))", "html"),
        ("format_html(f'<b>{text}</b>')", "html"),
        ("format_html('<b>' + text + '</b>')", "html"),
        ("format_html_join('', pattern, rows)", "html"),
        ("cursor.execute(f'SELECT {name}')", "sql"),
        ("cursor.execute(statement, [])", "sql"),
        ("cursor.execute(sql=statement)", "sql"),
        ("Page.objects.raw('SELECT %s' % name)", "sql"),
        ("pages.extra(where)", "sql"),
        ("pages.extra(where=[f'{name} = 1'])", "sql"),
        ("pages.extra(select={'total': f'{name} + 1'})", "sql"),
        ("pages.extra(None, [f'{name} = 1'])", "sql"),
        ("pages.extra(**given)", "sql"),
        ("Page.objects.raw(raw_query=f'SELECT {name}')", "sql"),
        ("cursor.execute(query=statement)", "sql"),
        ("RawSQL(f'{name}', [])", "sql"),
        ("redirect(request.GET['next'])", "redirect"),
        ("HttpResponseRedirect(request.POST.get('next') or reverse('home'))", "redirect"),
        ("redirect(f'{request.GET[name]}/x')", "redirect"),
        ("redirect(*places)", "redirect"),
        ("shortcuts.redirect(url)", "redirect"),
        ("django.shortcuts.redirect(url)", "redirect"),
        ("utils.safestring.mark_safe(text)", "html"),
        ("@csrf_exempt\ndef view(request): ...", "never"),
        ("import pickle", "never"),
        ("from pickle import loads", "never"),
        ("eval(text)", "never"),
        ("from django.utils.safestring import mark_safe as fine", "renamed"),
    ],
)
def test_a_new_use_is_found(code, rule):
    found = Uses(IMPORTED + code, reviewed()["addresses"]).found
    assert rule in {rule for rule, _function, _line in found}


@pytest.mark.parametrize(
    "code",
    [
        "mark_safe('<br>')",
        "format_html('<b>{}</b>', text)",
        "format_html(PATTERN, text)",
        "text: SafeString",
        "def line(text: SafeString) -> SafeString: ...",
        "cursor.execute('SELECT %s', [name])",
        "cursor.execute(STATEMENT)",
        "cursor.execute(sql='SELECT %s', params=[name])",
        "pages.extra(where=['headline = %s'], params=[name])",
        "UnpublishPageAction(page).execute(skip_permission_checks=True)",
        "super().execute(instance, data)",
        "redirect('wagtailadmin_home')",
        "redirect(reverse('name', args=(page.pk,)))",
        "redirect(get_valid_next_url_from_request(request) or reverse('name'))",
        "redirect(request.path if rows else 'home')",
        "redirect(f'{request.path}#comments')",
        "HttpResponseRedirect(reverse('name'))",
        "from django.shortcuts import redirect",
        "self.redirect(url)",
        "for html_safe in (): pass",
    ],
)
def test_a_harmless_use_needs_no_review(code):
    assert Uses(IMPORTED + code, reviewed()["addresses"]).found == []


def test_uses_are_named_by_function():
    code = "class View:\n  def get(self):\n    def inner(): return mark_safe(x)\nmark_safe(y)"
    found = Uses(IMPORTED + code).found
    assert found == [("html", "View.get.inner", 4), ("html", "<module>", 5)]


@pytest.mark.parametrize(
    "text", ["{{ text|safe }}", "{{ a|safeseq|join:'' }}", "{% autoescape off %}"]
)
def test_unescaped_parts_of_templates_are_found(text):
    assert IN_TEMPLATES.search(text)
    assert not IN_TEMPLATES.search("{{ text|safe_enough }} {% autoescape on %}")
