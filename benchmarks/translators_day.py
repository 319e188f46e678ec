"""Keys, clicks and minutes for an article of 800 words from French to English, in a browser.

    PYTHONPATH=.:site python -m benchmarks.translators_day [--pictures FOLDER]

The demo's story about a glacier is translated twice, by the keyboard: typed, and begun by a
machine. The machine is a program on this computer that gives back the demo's translation, with
a wrong word in every fourth passage. Both end with the page that readers are given.

Keys, clicks and the seconds in which one waits are counted; the minutes are computed from them.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from html import unescape
from pathlib import Path

import django
from playwright.sync_api import expect, sync_playwright

from tests.articles.translation_tools.machine.server import machine
from tests.e2e.conftest import ARGUMENTS, TIMEOUT, environment_of, serving
from tests.e2e.editor import ArticleEditor, wait_until_saved
from tests.programs import CHROMIUM

STORY = "un-glacier-s-arrete"
SEEDED = "day.json"
USER, PASSWORD = "chief", "of-a-day"
#: Every so many segments the machine has one word too many.
WRONG, WORD = 4, "zzz"
#: The middle of the first text node with that word beside the focus.
WHERE = """(word) => {
  const row = document.activeElement?.closest(".diptych-row");
  const fields = row ? [...row.querySelectorAll("input[type=text], textarea")] : [];
  for (const field of fields) {
    const start = field.value.indexOf(word);
    const end = start + word.length;
    if (start >= 0 && field.offsetParent) return { field: field.id, start, end };
  }
  const written = row?.querySelectorAll("[contenteditable=true]") ?? [];
  for (const root of written) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const start = walker.currentNode.data.indexOf(word);
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, start);
      range.setEnd(walker.currentNode, start + word.length);
      walker.currentNode.parentElement.scrollIntoView({ block: "center" });
      const { left, top, width, height } = range.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    }
  }
  return null;
}"""
#: Keys that somebody presses in a minute, and words that are read and compared in one.
KEYS, WORDS = 240, 150


def main():
    options = read_options()
    if options.seed:
        return seed(options.seed)
    if CHROMIUM is None:
        sys.exit("There is no Chromium on this machine.")
    with tempfile.TemporaryDirectory(prefix="diptych-day-") as path, ExitStack() as stack:
        folder = Path(path)
        seeded = seed_in(folder)
        running = stack.enter_context(machine())
        running.translate = prepared(seeded["texts"])
        address = stack.enter_context(serving(folder, DIPTYCH_E2E_MACHINE=running.url))
        browser = stack.enter_context(chromium())
        days = {}
        for name, translate in (("typed", by_hand), ("with a machine", with_machine)):
            window = Window(browser, address)
            days[name] = window
            number = seeded["articles"].pop()
            translate(window, number, seeded["texts"])
            publish(window, number, seeded["texts"])
            if options.pictures:
                window.page.screenshot(path=options.pictures / f"{name}.png", full_page=True)
    print_table(days, seeded["words"])


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pictures", type=Path, help="a folder for the page of each")
    parser.add_argument("--seed", type=Path, help="only make the journal, in a folder")
    return parser.parse_args()


def seed_in(folder):
    """Make the journal; give the articles to translate, their texts by place, the words."""
    command = [sys.executable, "-m", "benchmarks.translators_day", "--seed", folder]
    subprocess.run(command, env=environment_of(folder), check=True)
    return json.loads((folder / SEEDED).read_text())


def seed(folder):
    """Load the demo, and add two articles in French alone, with the texts of one of its own."""
    django.setup()
    from django.core.management import call_command
    from wagtail.users.models import UserProfile

    from diptych.articles.languages.config.content import count_words
    from diptych.articles.models import ArticlePage
    from operations.demo import loader, logins
    from operations.demo.plan import read_plan
    from tests import factories

    call_command("migrate", verbosity=0)
    plan = read_plan()
    loader.load(plan, 80)
    logins.set_password(list(plan.logins), PASSWORD)
    UserProfile.objects.update(preferred_language="en")
    story = ArticlePage.objects.get(url_slug_fr=STORY)
    made = [
        factories.make_page(
            ArticlePage,
            story.get_parent(),
            story.headline_fr,
            None,
            live_in=("fr",),
            lead_fr=story.lead_fr,
            body_fr=story.body_fr,
        )
        for _day in range(2)
    ]
    texts = texts_of(story)
    words = sum(count_words(plain(fr)) for pairs in texts.values() for fr, _en in pairs)
    seeded = {"articles": [page.pk for page in made], "texts": texts, "words": words}
    (folder / SEEDED).write_text(json.dumps(seeded))


def texts_of(story):
    """``{place: [(French, English)]}``, by field, or by block and then in its order."""
    texts = {
        "headline_en": [(story.headline_fr, story.headline_en)],
        "lead_en": [(story.lead_fr, story.lead_en)],
    }
    for french, english in zip(story.body_fr.raw_data, story.body_en.raw_data, strict=True):
        pairs = list(zip(strings(french["value"]), strings(english["value"]), strict=True))
        if pairs:
            texts[french["id"]] = pairs
    return texts


def strings(value):
    if isinstance(value, dict):
        return [text for each in value.values() for text in strings(each)]
    return [value] if isinstance(value, str) and value not in ("", "h2", "h3") else []


@contextmanager
def chromium():
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def segments(html):
    """The texts of the paragraphs, lines and elements of lists in a stored text."""
    parts = re.split(r"</?(?:p|ul|ol|li|h\d|hr)\b[^>]*>", html)
    return [each.strip() for each in parts if each.strip()]


def plain(html):
    return unescape(re.sub(r"<[^>]*>", "", html)).strip()


def prepared(texts):
    """What the machine makes of a text: what the demo has, with a word too many in some."""
    answers = {}
    for pairs in texts.values():
        for french, english in pairs:
            for source, target in zip(segments(french), segments(english), strict=True):
                is_wrong = len(answers) % WRONG == WRONG - 1
                answers[plain(source)] = f"{WORD} {target}" if is_wrong else target
    return lambda text: answers[plain(text)]


class Window:
    """A window in which somebody is signed in; counts what they press, click and wait for."""

    def __init__(self, browser, address):
        self.page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        self.page.set_default_timeout(TIMEOUT)
        self.keys = self.characters = self.clicks = self.waited = 0
        self.page.goto("/admin/login/")
        self.page.fill("#id_username", USER)
        self.page.fill("#id_password", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/admin/")

    def press(self, key):
        self.keys += 1
        self.page.keyboard.press(key)

    def type(self, text):
        self.characters += len(text)
        self.page.keyboard.type(text)

    def click(self, locator):
        self.clicks += 1
        locator.click()

    @contextmanager
    def waiting(self):
        began = time.monotonic()
        yield
        self.waited += time.monotonic() - began

    @property
    def place(self):
        """The place that has the focus: a field, or the id of a block; ``None`` elsewhere."""
        return self.page.evaluate(
            """() => {
              const row = document.activeElement?.closest(".diptych-row");
              const panel = row?.querySelector(":scope > .diptych-place");
              return panel ? panel.dataset.block || panel.dataset.column : null;
            }"""
        )


def open_translation(window, number, begin):
    """Open the two columns, begun by the button or link named ``begin``."""
    page = window.page
    page.goto(f"/admin/diptych/translate/{number}/en/")
    window.click(page.get_by_text(begin, exact=True))


def wait_for_columns(page):
    page.locator(".diptych-place").first.wait_for()
    # Wagtail notes two seconds later what the form held at first.
    page.wait_for_timeout(2500)


def by_hand(window, number, texts):
    """Type each passage where the keys lead to."""
    page = window.page
    open_translation(window, number, "Start with empty blocks")
    wait_for_columns(page)
    left = {place: [english for _french, english in pairs] for place, pairs in texts.items()}
    window.press("Alt+n")
    while place := window.place:
        page.wait_for_timeout(300)  # an editor of rich text is built
        write(window, left[place].pop(0))
        window.press("Control+Enter")
        if not any(left.values()):
            break
    wait_until_saved(page)


def write(window, html):
    """Type a stored text; a list as one begins it in the editor, with a hyphen."""
    first, *others = [unescape(re.sub(r"<[^>]*>", "", each)) for each in segments(html)]
    window.type(f"- {first}" if "<li" in html else first)
    for each in others:
        window.press("Enter")
        window.type(each)


def with_machine(window, number, texts):
    """Let a machine begin, read each passage, and take out the words that are wrong."""
    page = window.page
    open_translation(window, number, "Start with a machine draft")
    with window.waiting():
        window.click(page.get_by_role("button", name="Send to LibreTranslate"))
        page.get_by_text("in the draft, to be confirmed").first.wait_for()
    window.click(page.get_by_role("link", name="Back to the translation"))
    wait_for_columns(page)
    window.press("Alt+n")
    while window.place:
        place = window.place
        page.wait_for_timeout(300)
        while mend(window):
            pass
        window.press("Control+Enter")
        page.wait_for_timeout(300)
        if window.place == place:
            break
    wait_until_saved(page)


def mend(window):
    """Whether a wrong word was found beside the focus, and taken out."""
    at = window.page.evaluate(WHERE, WORD)
    if not at:
        return False
    window.clicks += 1
    if "field" in at:
        select = "([id, start, end]) => document.getElementById(id).setSelectionRange(start, end)"
        window.page.evaluate(select, [at["field"], at["start"], at["end"]])
    else:
        window.page.mouse.dblclick(at["x"], at["y"])
    window.press("Delete")
    window.press("Delete")
    return True


def publish(window, number, texts):
    """Publish the translation, and look for every passage of it on the page of readers."""
    page = window.page
    hints = page.locator(".diptych-terms__faults li").count()
    state = page.locator(".diptych-summary__state").inner_text()
    print(state, hints, "hints", flush=True)
    window.clicks += 2
    ArticleEditor(page).press("Publish English")
    page.goto(page.locator("a", has_text="View in English").first.get_attribute("href"))
    shown = " ".join(page.locator("main").inner_text().split())
    for pairs in texts.values():
        for _french, english in pairs:
            for each in segments(english):
                if plain(each) not in shown:
                    print("not shown as it was written:", plain(each)[:70])


def print_table(days, words):
    print(f"\n{words} words\n")
    print("| | typed characters | other keys | clicks | waited, s | minutes |")
    print("|---|---|---|---|---|---|")
    for name, day in days.items():
        keys = day.characters + day.keys
        minutes = keys / KEYS + words / WORDS + day.waited / 60
        print(
            f"| {name} | {day.characters} | {day.keys} | {day.clicks} |"
            f" {day.waited:.0f} | {minutes:.0f} |"
        )


if __name__ == "__main__":
    main()
