"""Show each pasted sample and Word file beside the article made of it, in `var/screens/documents`.

Pictures that an editor has still to choose are blue. Below stands what the editor is told. All
are also on one sheet, small: `docs/images/documents.webp`.
"""

import base64
import json
from html import escape

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.articles.imported_documents.word_files import FILES
from tests.screens import word_page
from tests.screens.camera import launch_chromium
from tests.screens.journal import ROOT, fill_journal, run_in, served_journal

FOLDER = ROOT / "var" / "screens" / "documents"
SAMPLES = ROOT / "tests" / "articles" / "imported_documents" / "samples"
SHEET = ROOT / "docs" / "images" / "documents.webp"
WIDTH, COLUMNS, SMALL = 620, 5, 480
#: What stands below an article on its page.
BELOW = ".share, .related"
LOOK = """<meta charset=utf-8><style>
    body { font: 17px/1.4 "Times New Roman", serif; margin: 30px; background: #fff }
    td, th { border: 1px solid #777; padding: 3px 8px } table { border-collapse: collapse }
    img { min-width: 120px; min-height: 60px; background: #ddd }
</style>"""
BOTH = """<meta charset=utf-8><style>
    body {{ margin: 16px; font: 16px sans-serif; background: #e8e8ee; width: {width}px }}
    section {{ display: flex; gap: 16px; align-items: start }} img {{ border: 1px solid #aaa }}
</style><h1>{name}</h1><section>{images}</section><ul>{notes}</ul>"""


def sources():
    """The HTML of each document as it looked where it comes from, by name."""
    found = {f"pasted {path.stem}": path.read_text(encoding="utf-8") for path in SAMPLES.iterdir()}
    files = {f"file {name}": word_page.html_of(content) for name, (_code, content) in FILES.items()}
    return {**found, **files}


def take_all(address, made):
    """Take a picture of each document; returns their paths."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        context = browser.new_context(viewport={"width": WIDTH, "height": 300})
        context.route(lambda url: not url.startswith((address, "data:")), lambda each: each.abort())
        page = context.new_page()
        paths = [_take(page, address, name, html, made[name]) for name, html in sources().items()]
        browser.close()
    return paths


def _take(page, address, name, html, made):
    page.set_viewport_size({"width": WIDTH, "height": 300})
    page.goto("about:blank")  # a page of the journal forbids styles of others
    page.set_content(LOOK + html)
    before = page.screenshot(full_page=True)
    page.goto(f"{address}{made['path']}")
    page.evaluate("document.querySelectorAll('[loading=lazy]').forEach(e => e.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    page.evaluate("Promise.all([...document.images].map(each => each.decode().catch(() => 0)))")
    page.evaluate(f"document.querySelectorAll('{BELOW}').forEach(each => each.remove())")
    after = page.locator("article").first.screenshot()
    images = "".join(
        f'<img width="{WIDTH}" src="data:image/png;base64,{base64.b64encode(each).decode()}">'
        for each in (before, after)
    )
    notes = "".join(f"<li>{escape(each)}</li>" for each in made["notes"])
    width = 2 * WIDTH + 20
    page.set_viewport_size({"width": width + 32, "height": 300})
    page.goto("about:blank")
    page.set_content(BOTH.format(name=escape(name), images=images, notes=notes, width=width))
    path = FOLDER / f"{name.replace(' ', '-')}.png"
    page.screenshot(path=path, full_page=True)
    return path


def make_sheet(paths):
    """Lay out the pictures, small, in columns of about the same height."""
    columns = [[] for _column in range(COLUMNS)]
    for path in sorted(paths):
        picture = Image.open(path).convert("RGB")
        picture = picture.resize((SMALL, round(picture.height * SMALL / picture.width)))
        min(columns, key=_height).append(picture)
    sheet = Image.new("RGB", (COLUMNS * SMALL, max(map(_height, columns))), (232, 232, 238))
    for number, column in enumerate(columns):
        for place, picture in enumerate(column):
            sheet.paste(picture, (number * SMALL, _height(column[:place])))
    sheet.save(SHEET, quality=70, method=6)


def _height(column):
    return sum(picture.height for picture in column)


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    journal = FOLDER / "journal"
    fill_journal(journal)
    run_in(journal, "-m", "tests.screens.document_pages", str(FOLDER / "made.json"))
    made = json.loads((FOLDER / "made.json").read_text(encoding="utf-8"))
    with served_journal(journal) as address:
        paths = take_all(address, made)
    make_sheet(paths)
    print(*paths, f"{SHEET} ({SHEET.stat().st_size // 1024} kB)", sep="\n")


if __name__ == "__main__":
    main()
