"""Hooks and signals of docs/extending.md: its examples run, its tables are complete."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.dispatch import Signal
from django.test import RequestFactory
from django.utils.translation import override
from wagtail import hooks

from diptych.articles.caching import signals as caching_signals
from diptych.articles.languages.config import signals
from diptych.articles.languages.permissions.groups import recipes
from diptych.articles.languages.publication.readiness.grading import PROBLEMS, NotPublishable
from diptych.articles.languages.routes.serving import CONTEXT
from tests.extending.guide import GUIDE
from tests.extending.guide import examples as examples_of_guide
from tests.factories import make_article, make_journal, make_user, write_draft

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db


@pytest.fixture
def hooked(examples, monkeypatch):
    """The hooks of the guide that need no model of its application, registered for a test."""
    hooks.search_for_hooks()
    known = {name: list(functions) for name, functions in hooks._hooks.items()}
    monkeypatch.setattr(hooks, "_hooks", known)
    source = examples_of_guide()["myapp/wagtail_hooks.py"][1]
    scope = {"hooks": hooks}
    exec(compile(source, "myapp/wagtail_hooks.py", "exec"), scope)
    return scope


def test_a_problem_keeps_a_language_from_being_published(hooked):
    page = make_article(make_journal())
    write_draft(page, headline_fr="LE LAC", headline_en="The lake")
    with pytest.raises(NotPublishable) as refused:
        page.publish_languages(["fr"])
    assert "The headline is in capitals." in str(refused.value)
    page.publish_languages(["en"])
    page.refresh_from_db()
    assert (page.headline_fr, page.headline_en) == ("Le lac gèle", "The lake")


def test_variables_are_added_to_the_templates_of_pages(hooked):
    page = make_article(make_journal())
    request = RequestFactory().get(page.url_in("en"))
    with override("en"):
        assert page.get_context(request)["newsletter_language"] == "en"


def test_addresses_stand_below_each_language(hooked):
    (pattern,) = hooked["newsletter_urls"]()
    answer = pattern.resolve("newsletter/").func(RequestFactory().get("/fr/newsletter/"))
    assert answer.content == b"newsletter-fr"


def test_chief_editors_get_its_permissions(hooked):
    chiefs = next(each for each in recipes() if each.key == "chiefs")
    assert "myapp.add_sponsor" in chiefs.besides


# Signals


@pytest.fixture
def announced(examples):
    """What the receivers of the guide have done, who are connected for a test."""
    handlers = import_module("myapp.signal_handlers")
    yield import_module("myapp.newsletter").announced
    signals.languages_published.disconnect(handlers.announce_first_publication)
    signals.languages_unpublished.disconnect(handlers.withdraw_announcement)


def test_publishing_tells_page_languages_and_user(announced, django_capture_on_commit_callbacks):
    page, chief = make_article(make_journal(), live_in=["fr"]), make_user()
    with django_capture_on_commit_callbacks(execute=True):
        page.publish_languages(["en"], user=chief)
    assert announced == [(page.full_url_in("en"), "en", chief)]
    announced.clear()
    write_draft(page, headline_en="Another headline")
    with django_capture_on_commit_callbacks(execute=True):
        page.publish_languages(["en"], user=chief)
    assert announced == []


@pytest.mark.parametrize("languages", [["en"], ["fr", "en"]])
def test_unpublishing_tells_page_languages_and_user(languages):
    page, chief, told = make_article(make_journal()), make_user(), []

    def note(page, languages, user, **kwargs):
        told.append((page.pk, sorted(languages), user))

    signals.languages_unpublished.connect(note)
    try:
        page.unpublish_languages(languages, user=chief)
    finally:
        signals.languages_unpublished.disconnect(note)
    assert told == [(page.pk, sorted(languages), chief)]


def test_unpublishing_the_page_as_wagtail_does_tells_the_user():
    page, chief, told = make_article(make_journal()), make_user(), []

    def note(languages, user, **kwargs):
        told.append((sorted(languages), user))

    signals.languages_unpublished.connect(note)
    try:
        page.unpublish(user=chief)
    finally:
        signals.languages_unpublished.disconnect(note)
    assert told == [(["en", "fr"], chief)]


# The tables


def table_names(heading):
    section = GUIDE.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]*?) \|", section, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}


def asked_for():
    """The names of our hooks: strings in the code that begin as they do."""
    pattern = re.compile(r"(?:register_)?diptych_(?:\w+)")
    known = {PROBLEMS, CONTEXT}
    for path in [*ROOT.glob("articles/**/*.py"), *ROOT.glob("themes/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                value = node.value.value
                targets = [each.id for each in node.targets if isinstance(each, ast.Name)]
                if isinstance(value, str) and pattern.fullmatch(value) and HOOK_NAMES & {*targets}:
                    known.add(value)
    return known


#: The constants in which the names of hooks stand.
HOOK_NAMES = {
    *("HOOK", "PANELS", "RELATED_PANELS", "BELOW_ONE", "BELOW_EACH", "FIND_SITE"),
    *("PROBLEMS", "CONTEXT", "ENTRANCE", "IN_EACH_LANGUAGE", "INVITATION"),
    *("DETECTION", "AIDS", "TOOLS", "HINTS", "BUTTONS"),
}


def test_the_table_names_all_hooks_and_no_others():
    assert table_names("Hooks") == asked_for()


def test_the_tables_name_all_signals_and_no_others():
    ours = {
        name
        for module in (signals, caching_signals)
        for name, value in vars(module).items()
        if isinstance(value, Signal)
    }
    assert table_names("Signals") == ours
