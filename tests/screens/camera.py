"""Walk through a journal with a browser and take a picture of each kind of page."""

import re
from dataclasses import dataclass

from playwright.sync_api import sync_playwright

from tests.programs import CHROMIUM

HEIGHT = 900
#: A picture ends here, in pixels: a browser cannot paint sixty thousand words at once.
TALLEST = 12_000
#: Where a kind of page is found: the first link of that kind on the front page.
LINKS = {
    "article": ".lead-story .card__headline a",
    "topic": ".header__sections li:first-child a",
    "author": ".byline a[rel=author]",
    "last-topic": ".header__sections:first-child li:last-child a",
}
#: Pages at addresses that are the same in every journal, after the prefix of the language.
FIXED = {"home": "", "search": "search/?q=la", "nothing": "search/?q=zxzxzx", "404": "zxzxzx/"}
#: How many articles ``odd_pages`` makes.
ODD = 8
STYLESHEET = re.compile(r"/theme/[a-z0-9-]+/")


@dataclass(frozen=True)
class Series:
    theme: str
    mode: str
    width: int
    language: str

    def __str__(self):
        return f"{self.theme}-{self.mode}-{self.width}-{self.language}"


@dataclass(frozen=True)
class Shot:
    name: str
    path: object
    fault: str


def launch_chromium(playwright):
    return playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
    )


def take_all(address, all_series, folder, only=None):
    """Yields each series with its shots."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        found = {}
        for series in all_series:
            context = browser.new_context(
                base_url=address,
                viewport={"width": series.width, "height": HEIGHT},
                color_scheme=series.mode,
                reduced_motion="reduce",
                locale=series.language,
                # What a worker asks for is not sent another stylesheet.
                service_workers="block",
            )
            context.route(STYLESHEET, _in_theme(series.theme))
            page = context.new_page()
            if series.language not in found:
                found[series.language] = _addresses(page, series.language)
            wanted = found[series.language].items()
            names = {name: where for name, where in wanted if not only or name in only}
            yield series, [_take(page, series, *each, folder) for each in names.items()]
            context.close()
        browser.close()


def _in_theme(theme):
    """A theme changes the stylesheet only: another one is shown by sending another one."""

    def answer(route):
        route.continue_(url=STYLESHEET.sub(f"/theme/{theme}/", route.request.url))

    return answer


def _addresses(page, language):
    """The addresses of the pages to take, by name, in the order they are shown."""
    found = {name: f"/{language}/{rest}" for name, rest in FIXED.items()}
    page.goto(f"/{language}/")
    for name, selector in LINKS.items():
        link = page.query_selector(selector)
        if link:
            found[name] = link.get_attribute("href")
    for number, link in enumerate(page.query_selector_all(".header__sections--aside a"), 1):
        found.setdefault(f"section-{number}", link.get_attribute("href"))
    found |= _odd(page, found)
    page.goto(found["article"])
    series = page.query_selector(".series__page a")
    if series:
        found["series"] = series.get_attribute("href")
    return found


def _odd(page, found):
    """The oldest articles of the journal, where ``odd_pages`` has put what is odd."""
    page.goto(found["section-1"])
    last = page.query_selector_all(".pagination__list li:not([class]) a")
    if last:
        found["last-page"] = last[-1].get_attribute("href")
        page.goto(found["last-page"])
    links = page.query_selector_all(".listing .card__headline a")[-ODD:]
    return {f"odd-{number}": link.get_attribute("href") for number, link in enumerate(links, 1)}


def _take(page, series, name, where, folder):
    page.goto(where)
    # Pictures further down would be missing: nobody scrolls here.
    page.evaluate("document.querySelectorAll('[loading=lazy]').forEach(e => e.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    page.evaluate("Promise.all([...document.images].map(each => each.decode().catch(() => 0)))")
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    path = folder / str(series) / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    is_whole = page.evaluate("document.documentElement.scrollHeight") <= TALLEST
    page.set_viewport_size({"width": series.width, "height": HEIGHT if is_whole else TALLEST})
    page.screenshot(path=path, full_page=is_whole)
    page.set_viewport_size({"width": series.width, "height": HEIGHT})
    return Shot(name, path, f"wider than the window by {wide} pixels" if wide > 0 else "")
