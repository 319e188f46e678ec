"""The pictures: in which window each is taken, after which steps, and what of it is shown.

They do what the passages of the guides say that people do, so that a picture of a screen that has
changed shows the screen as it is.
"""

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.articles.translation_tools.files import translate
from tests.guide_pictures.windows import PAUSE, WIDTH, wait_until_drawn
from tests.wordpress_exports import write_export, write_media

RENT = "Neuf semaines pour douze mètres carrés"
DAMS = "Les barrages, batterie des Alpes"
LETTER = "Lettre ouverte à la cafétéria, au sujet de la sauce"
FESTIVAL = "Trois soirs les pieds dans l’eau"
NORTH = "La route du Nord, un raccourci qui se fait attendre"
EXCHANGE = "Cinq mois dans une langue sans futur"

PICTURES = []


@dataclass(frozen=True)
class Picture:
    """``steps`` takes the windows, and returns the one to show and where, or ``None``."""

    name: str
    steps: Any
    languages: tuple

    def is_in(self, language):
        return language in self.languages

    def file_name(self, language):
        return f"{self.name}.{language}.png" if len(self.languages) > 1 else f"{self.name}.png"

    def take(self, windows, path):
        page, clip = self.steps(windows)
        page.screenshot(path=path, clip=clip, animations="disabled")


def picture(name, *languages):
    def register(steps):
        PICTURES.append(Picture(name, steps, languages or ("en", "fr")))
        return steps

    return register


def content(page, height=None, top=0):
    """The part of the window beside the sidebar, as high as the window."""
    left = round(page.locator("#main").bounding_box()["x"])
    height = height or page.viewport_size["height"] - top
    return {"x": left, "y": top, "width": WIDTH - left, "height": height}


def around(page, element, margin=16, height=None):
    """The part of the window around ``element``, which is scrolled into it."""
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    return {
        "x": max(box["x"] - margin, 0),
        "y": max(box["y"] - margin, 0),
        "width": box["width"] + 2 * margin,
        "height": (height or box["height"]) + 2 * margin,
    }


def middle(element):
    """Scroll ``element`` to the middle of its window."""
    element.evaluate("each => each.scrollIntoView({ block: 'center', behavior: 'instant' })")


def open_tab(page, number):
    page.locator("[role=tablist] [role=tab]").nth(number).click()
    page.wait_for_timeout(PAUSE)


def open_actions(page):
    """Open the menu beside "Save draft"."""
    page.locator("footer .w-dropdown__toggle").first.click()
    page.wait_for_timeout(PAUSE)


def save_draft(page):
    button = page.locator("footer .action-save").first
    if not button.is_visible():
        open_actions(page)
    button.click()


# For readers


@picture("article", "en")
def article(windows):
    page = windows.open(None, "/en/", 860)
    page.locator(".lead-story .card__headline a").click()
    page.wait_for_load_state("networkidle")
    return page, None


@picture("guide-reader")
def credit_and_notice(windows):
    page = windows.open(None, "/en/", 900)
    page.get_by_role("link", name="Nine weeks for twelve square metres").first.click()
    page.wait_for_load_state("networkidle")
    clip = around(page, page.locator("p.byline").first.locator(".."))
    # Without the headline.
    return page, {**clip, "y": clip["y"] + clip["height"] - 290, "height": 290, "width": 900}


# For editors


@picture("editor", "en")
def editor(windows):
    page = windows.editor("chief", DAMS, 860)
    open_tab(page, 1)
    open_actions(page)
    return page, None


@picture("guide-tab")
def tab_of_a_language(windows):
    page = windows.editor("chief", RENT, 600)
    return page, content(page)


@picture("guide-related")
def suggestions(windows):
    page = windows.editor("chief", RENT, 1400)
    open_tab(page, 2)
    panel = page.locator(".diptych-related")
    panel.scroll_into_view_if_needed()
    panel.locator("details summary").first.wait_for()
    panel.locator("details summary").first.click()
    page.wait_for_timeout(PAUSE)
    return page, around(page, panel)


@picture("guide-publish")
def publishing_menu(windows):
    page = windows.editor("chief", RENT, 700)
    open_actions(page)
    return page, content(page, top=240)


@picture("guide-dates")
def dates(windows):
    page = windows.editor("chief", DAMS, 760)
    open_tab(page, 1)
    page.locator("[data-side-panel-toggle=publishing]").click()
    page.wait_for_timeout(PAUSE)
    return page, content(page)


@picture("guide-readonly")
def language_of_others(windows):
    page = windows.editor("translator", RENT, 620)
    open_tab(page, 0)
    return page, content(page)


@picture("guide-conflict")
def conflict(windows):
    mine = windows.editor("editor", LETTER, 1060)
    theirs = windows.editor("chief", LETTER, 1060)
    for page, lead in (
        (theirs, "La sauce du jeudi a changé, et personne ne sait dire pourquoi."),
        (mine, "Depuis la rentrée, la sauce du jeudi n’est plus tout à fait la même."),
    ):
        page.fill("#id_lead_fr", lead)
        save_draft(page)
        page.wait_for_timeout(2 * PAUSE)
    return mine, content(mine)


@picture("guide-ask")
def request_for_a_translation(windows):
    page = windows.open("chief", "/admin/diptych/translations/?q=tram", 800)
    page.locator("table.listing tbody input[type=checkbox]").first.check()
    page.locator(".bulk-actions-buttons a:visible").first.click()
    wait_until_drawn(page)
    return page, content(page)


@picture("guide-minor")
def minor_edit(windows):
    page = windows.open("chief", f"/admin/diptych/changes/{windows.number(RENT)}/", 500)
    return page, content(page)


@picture("guide-review")
def review(windows):
    page = windows.open("chief", f"/admin/diptych/review/{windows.number(DAMS)}/en/", 760)
    return page, content(page)


def _history(windows, height, menu):
    """The history, with one of the menus of its versions open."""
    page = windows.open("chief", f"/admin/pages/{windows.number(RENT)}/history/", height)
    page.locator("table.listing tbody tr .w-dropdown__toggle").nth(menu).click()
    page.wait_for_timeout(PAUSE)
    return page


@picture("guide-history")
def history(windows):
    page = _history(windows, 600, menu=1)
    return page, content(page)


@picture("guide-restore")
def restoring_one_language(windows):
    page = _history(windows, 680, menu=-2)
    page.locator("a[href*='/restore/']:visible").first.click()
    wait_until_drawn(page)
    return page, content(page)


# For translators


@picture("guide-worklist")
def worklist(windows):
    page = windows.open("translator", "/admin/diptych/translations/", 560)
    return page, content(page)


@picture("guide-start")
def start_of_a_translation(windows):
    page = windows.translation(LETTER, 470)
    return page, content(page)


@picture("guide-columns")
def two_columns(windows):
    page = windows.translation(FESTIVAL, 900)
    page.locator(".diptych-start__choices button").first.click()
    page.locator(".diptych-place").first.wait_for()
    page.wait_for_timeout(2 * PAUSE)
    middle(page.locator(".diptych-place[data-block]").nth(1))
    page.wait_for_timeout(PAUSE)
    return page, None


@picture("guide-strip")
def strip_under_a_passage(windows):
    draft = (
        "The Basses Rives festival rests on a jetty, a lawn and the goodwill of some sixty "
        "volunteers. Its third year had a storm, a marvel and one Sunday too many."
    )
    with windows.with_machine(draft):
        page = windows.translation(FESTIVAL, 1000, "chief")
        page.locator(".diptych-start__choices button").first.click()
        page.locator(".diptych-place").first.wait_for()
        page.wait_for_timeout(2 * PAUSE)
        page.locator("#id_lead_en").click()
        page.keyboard.press("Alt+m")
        page.locator("main form button:focus").wait_for()
        page.keyboard.press("Enter")
        page.locator("#id_lead_en:focus").wait_for()
        row = page.locator(".diptych-row:has(#id_lead_en)")
        row.locator(".diptych-terms li").wait_for()
        page.keyboard.press("Alt+k")
        row.locator("[data-concordance-query]").fill("bénévoles")
        page.keyboard.press("Enter")
        row.locator(".diptych-concordance li").wait_for()
        panel = page.locator(".w-panel:has(#id_lead_en)").last
        middle(panel)
        page.wait_for_timeout(PAUSE)
    return page, around(page, panel)


#: What another program makes of some texts of an article; the last one loses its italics.
REVISED = {
    "Moins de glace, mais pas encore l’eau libre": "Less ice, but no open water yet",
    "Ce qui passe vraiment": "What really goes through",
    "À qui sont les détroits": "Who owns the straits?",
    "Le fioul lourd, interdit avec des exceptions": "Heavy fuel oil: banned, with exceptions",
    "La dernière condition est la plus dure à remplir.": "The last condition is the hardest.",
}


def _revised(markup):
    return next((new for old, new in REVISED.items() if markup.startswith(old)), None)


@picture("guide-files")
def report_of_a_file(windows):
    address = f"/admin/diptych/translation-files/{windows.number(NORTH)}/en/"
    page = windows.open("chief", address, 500)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "northern-route.xlf"
        path.write_bytes(page.request.get(f"{address}?format=xliff").body())
        translate(path, "xliff", _revised)
        editor = windows.editor("chief", NORTH, 900)
        editor.fill("#id_lead_fr", "La banquise recule, mais les navires ne viennent pas.")
        open_tab(editor, 1)
        editor.fill("#id_headline_en", "The northern route keeps us waiting")
        save_draft(editor)
        editor.wait_for_timeout(2 * PAUSE)
        page.set_input_files("main input[type=file]", path)
        page.locator("main form:has(input[type=file]) button").click()
        page.locator("#diptych-take").wait_for()
        wait_until_drawn(page)
    return page, content(page)


@picture("guide-difference")
def difference(windows):
    page = windows.translation(RENT, 760)
    page.locator("#diptych-summary [aria-keyshortcuts]").click()
    page.wait_for_timeout(PAUSE)
    return page, content(page)


@picture("guide-site-texts")
def refused_text(windows):
    page = windows.open("chief", "/admin/diptych/site-texts/", 760)
    page.locator("main table a[href*='/en/']").first.click()
    page.locator("main input[name=query]").fill("Part %(")
    page.locator("main input[name=query]").press("Enter")
    wait_until_drawn(page)
    page.locator("main form textarea").first.fill("Part of %(total)s")
    page.locator("main form .footer button[type=submit]").first.click()
    wait_until_drawn(page)
    return page, content(page)


# For those who choose pictures


@picture("pictures-panel")
def panel_of_pictures(windows):
    page = windows.editor("chief", EXCHANGE, 760)
    page.locator("[data-side-panel-toggle=pictures]").click()
    page.wait_for_timeout(PAUSE)
    return page, content(page)


@picture("pictures-report")
def report_of_pictures(windows):
    page = windows.open("chief", "/admin/diptych/image-problems/", 620)
    return page, content(page)


# For those who move in


def _import_form(windows, height):
    """The form of an import, with an export and a zip of its uploads; one of them is missing."""
    page = windows.open("chief", "/admin/diptych/imports/new/", height)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = write_export(folder / "export.xml", posts=12)
        del written.files[max(written.files)]
        write_media(folder / "uploads", written)
        archive = shutil.make_archive(str(folder / "uploads"), "zip", folder / "uploads")
        page.set_input_files("#id_files", [folder / "export.xml", archive])
        yield page
        page.locator("main form button[type=submit]").last.click()
        page.locator("main table.listing tbody tr").first.wait_for()
        wait_until_drawn(page)
        yield page


@picture("moving-form")
def form_of_an_import(windows):
    page = next(_import_form(windows, 1300))
    return page, content(page)


@picture("moving-report")
def report_of_a_trial(windows):
    _form, page = _import_form(windows, 760)
    return page, content(page)
