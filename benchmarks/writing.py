"""How long the editor keeps a writer waiting: ``python -m benchmarks.writing [--slower 4]``.

Articles of 30 and of 300 paragraphs in both languages are opened in Chromium at 1280 pixels, with
the processor slowed for the page, and sixty letters are typed into a paragraph in the middle.
*Opening* is the time of the browser's main thread until nothing is left to do; *typing* the time
from each key to the next picture, as the browser measures it, in steps of 8 ms. The command ends
with an error where a key takes longer than the limit, in 95 of 100 cases.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.e2e.conftest import ARGUMENTS, environment_of, serving
from tests.e2e.editor import ArticleEditor
from tests.programs import CHROMIUM

SIZES = (30, 300)
ROUNDS = 3
LETTERS = "the lake was frozen when they came and nobody spoke of it all"
#: Milliseconds from a key to the next picture.
LIMIT = 100
#: Keeps how long each key took; what took less than 16 ms the browser does not report.
WATCH = """() => {
    window.keys = [];
    new PerformanceObserver((list) => {
        for (const { name, duration } of list.getEntries())
            if (["keydown", "keypress", "beforeinput", "input", "keyup"].includes(name))
                window.keys.push(duration);
    }).observe({ type: "event", durationThreshold: 16 });
}"""


def seed():
    """Make the articles in the journal of the environment's folder."""
    import django

    django.setup()
    from tests import factories
    from tests.e2e.seed import seed as seed_journal

    seed_journal()
    journal = factories.make_journal()
    for size in SIZES:
        text = factories.paragraphs(*(f"Paragraph {number}. " + LETTERS for number in range(size)))
        title = title_of(size)
        factories.make_article(journal, title, title, body_fr=text, body_en=text)


def title_of(size):
    return f"Article of {size}"


def main_thread(session):
    """Seconds that the main thread of the page has worked."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(each["value"] for each in metrics if each["name"] == "TaskDuration")


def sign_in(page):
    page.goto("/admin/login/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", "password")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/admin/")


def measure(browser, address, size, slower):
    """Seconds of the main thread for opening, and milliseconds of each key."""
    page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
    page.set_default_timeout(120_000)
    sign_in(page)
    ArticleEditor(page).open(title_of(size))
    url = page.url
    page.goto("about:blank")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    before = main_thread(session)
    page.goto(url)
    page.wait_for_timeout(4000)
    opening = main_thread(session) - before
    keys = typed(page, size)
    page.context.close()
    return opening, keys


def typed(page, size):
    """Milliseconds from each key to the next picture, of :data:`LETTERS`."""
    middle = page.locator("[data-contentpath='body_fr'] [data-streamfield-child]").nth(size // 2)
    middle.scroll_into_view_if_needed()
    area = middle.locator("[contenteditable=true]")
    area.click()
    page.wait_for_timeout(3000)
    page.evaluate(WATCH)
    for letter in LETTERS:
        page.keyboard.press("Space" if letter == " " else letter)
        page.wait_for_timeout(60)
    page.wait_for_timeout(1500)
    assert LETTERS in area.text_content()
    return page.evaluate("() => window.keys")


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))] if values else 0


def report(size, opening, keys):
    """Print a line about the article of that size; return whether its keys are slow."""
    usual, slow, slowest = (percentile(keys, share) for share in (0.5, 0.95, 1))
    print(
        f"{size} paragraphs: opening {opening:.2f} s of the main thread; "
        f"a key {usual:.0f} ms, {slow:.0f} in 95 of 100, {slowest:.0f} at most"
    )
    return slow > LIMIT


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slower", type=float, default=4, metavar="TIMES")
    slower = parser.parse_args().slower
    openings, is_slow = [], False
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        command = [sys.executable, "-c", "from benchmarks.writing import seed; seed()"]
        subprocess.run(command, env=environment_of(folder), check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with serving(folder) as address:
            for size in SIZES:
                runs = [measure(browser, address, size, slower) for _ in range(ROUNDS)]
                openings.append(min(opening for opening, _keys in runs))
                keys = min((keys for _opening, keys in runs), key=partial(percentile, share=0.95))
                is_slow |= report(size, openings[-1], keys)
        browser.close()
    print(f"opening {SIZES[-1]} ÷ {SIZES[0]} paragraphs: {openings[-1] / openings[0]:.2f}")
    return int(is_slow)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.e2e.settings")
    sys.exit(main())
