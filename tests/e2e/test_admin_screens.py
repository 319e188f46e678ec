"""Every screen of the admin, opened in French: no error in its console, and no English of ours."""

import re
from pathlib import Path

import polib
import pytest

from tests.e2e.admin_screens import UNFOLD, dialogs_of, screens_of
from tests.e2e.conftest import serving

CATALOGUE = Path(__file__).parents[2] / "locale" / "fr" / "LC_MESSAGES" / "django.po"
PLACEHOLDER = re.compile(r"%\(?\w|\{\w*\}")
PERMISSION = re.compile(r"^Can (?:add|change|delete) .*$", re.MULTILINE)
#: All texts of the page that are in French, or in no language that is named: those of templates
#: and of attributes as well.
TEXTS = """() => {
    const found = [];
    const isFrench = (each) => (each.closest("[lang]")?.lang ?? "fr").startsWith("fr");
    const read = (root) => {
        for (const each of root.querySelectorAll("*")) {
            if (each.matches("template")) read(each.content);
            if (each.matches("script, style, template, textarea") || !isFrench(each)) continue;
            for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"])
                if (each.hasAttribute(name)) found.push(each.getAttribute(name));
            for (const node of each.childNodes)
                if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
        }
    };
    read(document);
    return found.join("\\n");
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("screens")


@pytest.fixture(scope="module")
def server(folder, seeded):
    seeded(folder, "tests.e2e.seed_screens")
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def english():
    """Finds our English texts of two words and more that have another text in French."""
    texts = set()
    for entry in polib.pofile(str(CATALOGUE)):
        pairs = [(entry.msgid, entry.msgstr or entry.msgstr_plural[0])]
        if entry.msgid_plural:
            pairs.append((entry.msgid_plural, entry.msgstr_plural[1]))
        texts |= {plain(text) for text, french in pairs if is_telling(text, french)}
    by_length = sorted(texts, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, by_length))})(?!\w)")


def is_telling(text, french):
    return text != french and " " in text.strip() and not PLACEHOLDER.search(text)


def plain(text):
    return " ".join(text.split())


@pytest.fixture
def window(sign_in):
    """A window of somebody who sees all in French, and the errors in its console."""
    errors = []
    page = sign_in("admin", locale="fr-FR")
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    return page, errors


def english_on(page, english):
    """The texts of ours in English on ``page``; Django has the name of each permission in it."""
    texts = PERMISSION.sub("", page.evaluate(TEXTS))
    return sorted(set(english.findall(plain(texts))))


def open_side_panels(page):
    """Open each of the panels beside a form, but for those that load the page for a preview."""
    page.evaluate("""() => {
        for (const each of document.querySelectorAll("[data-side-panel-toggle]"))
            if (!["preview", "checks"].includes(each.dataset.sidePanelToggle)) each.click();
    }""")


def test_no_screen_has_an_error_in_its_console_or_english_of_ours(
    window, folder, english, subtests
):
    page, errors = window
    seen = 0
    for address, html in screens_of(page, folder):
        with subtests.test(address):
            errors.clear()
            if is_whole := "<html" in html:
                page.goto(address)
                open_side_panels(page)
                page.evaluate(UNFOLD)
            else:
                page.set_content(html)
            seen += is_whole
            assert (errors, english_on(page, english)) == ([], [])
    assert seen >= 190


def test_no_dialog_has_english_of_ours(window, folder, english, subtests):
    page, _errors = window
    seen = 0
    for address, html in dialogs_of(page, folder):
        with subtests.test(address):
            page.set_content(html)
            seen += 1
            assert english_on(page, english) == []
    assert seen >= 10
