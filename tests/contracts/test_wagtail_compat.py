"""What the plugin uses of Wagtail's private parts, and that it uses no other.

A failure here after an update of Wagtail names what has changed there and which file depends on it.
"""

import ast
import inspect
import re
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
import wagtail
from django.apps import apps
from django.contrib.staticfiles import finders
from django.urls import reverse
from wagtail.models import Page, Site

from diptych.articles.languages.config.wagtail_compat import (
    path_of_next_child,
    paths_of_children,
    set_parent,
    set_route,
    set_site,
    site_root_paths,
)

ROOT = Path(__file__).resolve().parents[2]
COMPAT = ROOT / "articles" / "languages" / "config" / "wagtail_compat.py"
SCRIPTS = ROOT / "articles" / "languages" / "static" / "diptych_languages" / "wagtail"
#: What is imported and registered with Wagtail 8.0 only.
OF_WAGTAIL_8_0 = {"articles/languages/admin/api.py", "construct_admin_api"}
#: Names with an underscore that are no secret: Django documents them.
PUBLIC = {"_meta", "_state", "_default_manager", "_base_manager", "_committed"}
#: Methods of Django's forms that its documentation tells projects to override.
OVERRIDABLE = {"_post_clean", "_clean_fields"}


def sources():
    for folder in ("articles", "themes"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts and path != COMPAT:
                yield path


@cache
def trees_of_sources():
    """The syntax tree of each file; parsed once, and changed by no test."""
    return {path: ast.parse(path.read_text()) for path in sources()}


def own_names(trees):
    names = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            if not node.attr.startswith("_wagtail"):
                names.add(node.attr)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return names


def private(name):
    return name.startswith("_") and not name.startswith("__") and name not in PUBLIC


def test_private_attributes_are_used_in_one_module_only():
    trees = trees_of_sources()
    known = own_names(trees.values())
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.attr}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and private(node.attr) and node.attr not in known
    ]
    assert not found, "Private attributes belong into wagtail_compat.py:\n" + "\n".join(found)


def in_strings(tree):
    """The private names in calls such as ``hasattr(page, "_name")``."""
    for node in ast.walk(tree):
        is_asked = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if is_asked and node.func.id in ("getattr", "hasattr", "setattr", "delattr"):
            name = node.args[1]
            if isinstance(name, ast.Constant) and private(name.value):
                yield name.lineno, name.value


def test_private_attributes_are_not_asked_for_by_name_either():
    trees = trees_of_sources()
    known = own_names(trees.values())
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path, tree in trees.items()
        for line, name in in_strings(tree)
        if name not in known
    ]
    assert not found, "Private attributes belong into wagtail_compat.py:\n" + "\n".join(found)


def test_no_private_attribute_is_set_for_wagtail_to_read():
    trees = trees_of_sources()
    nodes = [node for tree in trees.values() for node in ast.walk(tree)]
    read = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    read |= {
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    found = [
        f"{path.relative_to(ROOT)}:{target.lineno} {target.id}"
        for path, tree in trees.items()
        for kind in ast.walk(tree)
        if isinstance(kind, ast.ClassDef)
        for line in kind.body
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name) and private(target.id) and target.id not in read
    ]
    assert not found, "Nothing of ours reads these attributes:\n" + "\n".join(found)


def module_of(path):
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    return f"diptych.{name}"


def our_classes():
    """The classes of every module that can be imported; the test below names the others."""
    for name in map(module_of, sources()):
        with suppress(ImportError):
            for _name, kind in inspect.getmembers(import_module(name), inspect.isclass):
                if kind.__module__ == name:
                    yield kind


def left_out():
    return OF_WAGTAIL_8_0 if wagtail.VERSION >= (8, 1) else set()


def test_wagtail_has_everything_that_is_imported_of_it():
    broken = []
    for path in sources():
        try:
            import_module(module_of(path))
        except ImportError as error:
            if str(path.relative_to(ROOT)) not in left_out():
                broken.append(f"{path.relative_to(ROOT)}: {error}")
    assert not broken, f"Wagtail {wagtail.__version__} has no longer what these import:\n" + (
        "\n".join(broken)
    )


def test_wagtail_calls_every_hook_that_is_registered():
    registered = {
        name: path.relative_to(ROOT)
        for path in sources()
        if path.name == "wagtail_hooks.py"
        for name in re.findall(r'hooks\.register\(\s*"(?!register_diptych)(\w+)"', path.read_text())
    }
    folder = Path(wagtail.__file__).parent
    called = {
        name
        for pattern in ("*.py", "*.html")
        for path in folder.rglob(pattern)
        if "tests" not in path.parts
        for name in re.findall(r"""["'](\w+)["']""", path.read_text())
    }
    assert "register_admin_urls" in registered
    uncalled = registered.keys() - called - left_out()
    forgotten = sorted(f"{registered[name]}: {name}" for name in uncalled)
    assert not forgotten, f"Wagtail {wagtail.__version__} has no longer these hooks:\n" + (
        "\n".join(forgotten)
    )


def test_no_private_method_of_wagtail_is_overridden():
    found = {
        f"{kind.__module__}.{kind.__qualname__}.{name} ({base.__module__})"
        for kind in our_classes()
        for name, value in vars(kind).items()
        if private(name) and inspect.isfunction(value) and name not in OVERRIDABLE
        for base in kind.__mro__[1:]
        if base.__module__.startswith("wagtail.") and inspect.isfunction(vars(base).get(name))
    }
    assert not found, "Overridden private methods:\n" + "\n".join(sorted(found))


def test_a_route_that_is_set_is_the_route_of_the_request(rf):
    request = rf.get("/anywhere/")
    route = object()
    set_route(request, route)
    answer = Page.route_for_request(request, "anywhere")
    assert answer is route, (
        f"Wagtail {wagtail.__version__} keeps the route of a request elsewhere than in "
        "_wagtail_route_for_request: see wagtail_compat.set_route."
    )


@pytest.mark.django_db
def test_a_parent_that_is_set_is_the_parent_of_the_page():
    parent = Page(path="0001", depth=1)
    page = Page(path="00010001", depth=2)
    set_parent(page, parent)
    assert page.get_parent() is parent, (
        f"Wagtail {wagtail.__version__}, or django-treebeard, keeps the parent of a page elsewhere "
        "than in _cached_parent_obj: see wagtail_compat.set_parent."
    )


@pytest.mark.django_db
def test_the_path_of_the_next_child_is_the_one_that_it_gets():
    parent = Page.get_first_root_node()
    for slug in ("first", "second"):
        parent = Page.objects.get(pk=parent.pk)
        expected = path_of_next_child(parent)
        assert parent.add_child(instance=Page(title=slug, slug=slug)).path == expected
    first = Page.objects.get(slug="first")
    expected = path_of_next_child(first)
    assert first.add_child(instance=Page(title="below", slug="below")).path == expected


@pytest.mark.django_db
def test_the_children_of_a_page_are_at_the_paths_that_they_may_have():
    parent = Page.get_first_root_node().add_child(instance=Page(title="parent", slug="parent"))
    children = [parent.add_child(instance=Page(title=f"{n}", slug=f"{n}")) for n in range(40)]
    below = children[37].add_child(instance=Page(title="below", slug="below"))
    expected = [child.path for child in children[:38]]
    assert paths_of_children(parent, below.path) == expected
    assert paths_of_children(parent, children[37].path) == expected


def test_a_site_that_is_set_is_the_site_of_the_request(rf):
    request = rf.get("/", headers={"host": "another.example"})
    site = Site(hostname="journal.example")
    set_site(request, site)
    assert Site.find_for_request(request) is site, (
        f"Wagtail {wagtail.__version__} keeps the site of a request elsewhere than in "
        "_wagtail_site: see wagtail_compat.set_site."
    )


@pytest.mark.django_db
def test_root_paths_of_sites_are_asked_for_once_a_request(rf, django_assert_num_queries):
    request, page = rf.get("/"), Page.objects.first()
    assert site_root_paths(page, request) == Site.get_site_root_paths()
    Site.clear_site_root_paths_cache()
    with django_assert_num_queries(0):
        assert site_root_paths(page, request)


#: What each script of ours takes from which script of Wagtail's.
SCRIPTS_NEED = {
    "date_inputs.js": {
        "wagtailadmin/js/vendor/jquery.datetimepicker.js": [
            "fn.datetimepicker.defaults",
            "validateOnBlur",
        ],
    },
    "saving.js": {
        "wagtailadmin/js/core.js": ["autosave", "unsaved", "watch-edits", "swap"],
    },
    "editor_in_view.js": {
        "wagtailadmin/js/draftail.js": ["DraftailRichTextArea", "createEditorStateFromRaw"],
    },
    "tables.js": {
        "table_block/js/vendor/handsontable-6.2.2.full.min.js": ["afterInit", "ht_master"],
        "table_block/js/table.js": [".wtHider", ".wtHolder", "updateSettings", "resize"],
    },
    "late_streams.js": {
        "wagtailadmin/js/core.js": [
            "w-block",
            '"ready"',
            "activePanelId",
            "new FormData(this.element)",
            "unpack(this.dataValue)",
        ],
    },
    "long_stream.js": {
        "wagtailadmin/js/telepath/blocks.js": [
            "wagtailStreamField",
            "StreamBlockDefinition",
            "_onRequestInsert(",
            "data-panel",
        ],
    },
    "menus.js": {
        "wagtailadmin/js/vendor.js": ["data-tippy-root", "_tippy="],
        "wagtailadmin/js/vendor/bootstrap-modal.js": ["hidden.bs.modal"],
    },
    "publishing.js": {
        "wagtailadmin/js/core.js": ["StimulusModule", "w-tabs", '"selected"', "hasEdits"],
        "wagtailadmin/js/wagtailadmin.js": ['addEventListener("open"'],
    },
    "content_paths.js": {
        "wagtailadmin/js/vendor.js": [":w:", "contentpath", "data-contentpath"],
        "wagtailadmin/js/telepath/blocks.js": ["data-streamfield-child", "data-contentpath"],
        "wagtailadmin/js/wagtailadmin.js": ["data-form-side-close-button", "data-panel"],
    },
    "sidebar.js": {
        "wagtailadmin/js/sidebar.js": [
            "wagtail_sidebar_collapsed",
            "sidebar-collapsed",
            "sidebar__collapse-toggle",
        ],
    },
}
#: Those that the side-by-side view alone loads.
BESIDE_TWO_COLUMNS = {"sidebar.js"}


#: The same for scripts outside the folder, which use Wagtail's objects and replace nothing in them.
OTHER_SCRIPTS_NEED = {
    "rows.js": {
        "wagtailadmin/js/core.js": ["getPanelByName", "addForm", "formCount"],
        "wagtailadmin/js/vendor.js": ["setStateFromModalData", "getById"],
    },
    "autocomplete.js": {
        "wagtailadmin/js/core.js": ["data-inline-panel-child-move-up", "-EMPTY_FORM_TEMPLATE"],
        "wagtailadmin/js/vendor.js": ["data-chooser-title"],
    },
    "image_chooser.js": {
        "wagtailadmin/js/vendor.js": [
            "data-chooser-action-choose",
            "data-chooser-modal-creation-form",
        ],
        "wagtailadmin/js/telepath/blocks.js": ["data-contentpath"],
    },
    "headings.js": {"wagtailadmin/js/core.js": ["rootBlock"]},
    "paste.js": {
        "wagtailadmin/js/core.js": ["rootBlock"],
        "wagtailadmin/js/draftail.js": [
            "draftailEditor",
            "createEditorStateFromRaw",
            "data-draftail-editor-wrapper",
            "data-draftjs-conductor-fragment",
        ],
        "wagtailadmin/js/telepath/blocks.js": ["blockDef", "deleteBlock", "getValue", "insert("],
    },
}
ALL_NEEDS = SCRIPTS_NEED | OTHER_SCRIPTS_NEED


@pytest.mark.parametrize("script", ALL_NEEDS)
def test_wagtail_still_has_what_a_script_depends_on(script):
    for path, names in ALL_NEEDS[script].items():
        found = finders.find(path)
        assert found, f"Wagtail {wagtail.__version__} has no {path}, on which {script} depends."
        text = Path(found).read_text()
        missing = [name for name in names if name not in text]
        assert not missing, (
            f"Wagtail {wagtail.__version__} no longer says {', '.join(missing)} in {path}, "
            f"on which {script} depends."
        )


def test_every_use_of_a_private_part_of_wagtail_is_listed():
    rows = (ROOT / "docs" / "upstream.md").read_text(encoding="utf-8")
    used = re.findall(r"^def (\w+)", COMPAT.read_text(), re.MULTILINE)
    assert set(re.findall(r"`wagtail_compat\.(\w+)`", rows)) == set(used)


def test_every_script_that_depends_on_wagtail_is_listed():
    assert {path.name for path in SCRIPTS.glob("*.js")} == set(SCRIPTS_NEED)
    rows = (ROOT / "docs" / "upstream.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+\.js)` \|", rows, re.MULTILINE)) == set(SCRIPTS_NEED)


def test_the_editor_loads_the_scripts(admin_client):
    page = apps.get_model("diptych", "ArticlePage").objects.first()
    parent = apps.get_model("diptych", "ArticleIndexPage").objects.first()
    url = (
        reverse("wagtailadmin_pages:edit", args=(page.pk,))
        if page
        else reverse("wagtailadmin_pages:add", args=("diptych", "articlepage", parent.pk))
    )
    text = admin_client.get(url).content.decode()
    for script in SCRIPTS_NEED:
        is_loaded = f"diptych_languages/wagtail/{script}" in text
        assert is_loaded == (script not in BESIDE_TWO_COLUMNS)
