"""Which file a browser chooses for each place of a picture: the smallest that suffices."""

from pathlib import Path

import pytest

from tests.e2e.conftest import run_in, serving

DOCS = Path(__file__).resolve().parents[2] / "docs"
WINDOWS = (390, 768, 1280, 1920)
#: Windows by the pixels of the screen in each of theirs; the last two are telephones.
SCREENS = {1: WINDOWS, 2: WINDOWS, 1.75: (412,), 3: (390,)}
#: Where each place is found: an address, and the picture on it.
PLACES = {
    "hero": ("/fr/articles/tout/", ".figure--hero img"),
    "inline": ("/fr/articles/tout/", ".prose > .figure img"),
    "gallery-wide": ("/fr/articles/tout/", ".gallery > :first-child img"),
    "gallery": ("/fr/articles/tout/", ".gallery > :nth-child(2) img"),
    "link": ("/fr/articles/tout/", ".article-link img"),
    "small-portrait": ("/fr/articles/tout/", ".author-box__portrait img"),
    "related": ("/fr/articles/tout/", ".related__articles img"),
    "lead": ("/fr/", ".lead-story img"),
    "second": ("/fr/", ".card--second img"),
    "card": ("/fr/", ".card--large img"),
    "other": ("/fr/", ".topic-row__others img"),
    "third": ("/fr/", ".topic-row--equal img"),
    "half": ("/fr/", ".topic-row--single img"),
    "listing": ("/fr/articles/", ".listing img"),
    "lead-beside": ("/fr/thematiques/climat/", ".lead-story--side img"),
    "portrait": ("/fr/auteurs/lea-rochat/", ".page-head__portrait img"),
    "part": ("/fr/les-lacs/", ".card--part img"),
}
ADDRESSES = dict.fromkeys(address for address, _selector in PLACES.values())
#: Resolves when the stylesheets of a page have been read.
STYLED = """Promise.all([...document.querySelectorAll("link[rel=stylesheet]")].map(
  (each) => each.sheet || new Promise((done) => { each.onload = done; })))"""
HEIGHT = "document.documentElement.getBoundingClientRect().height"
#: Places end at fractions of pixels.
TOLERANCE = 1
#: What the browser has chosen for a picture, and what it could choose from.
CHOICE = """async (image) => {
  image.loading = "eager";
  await image.decode();
  const box = image.getBoundingClientRect();
  const sources = [...image.parentElement.querySelectorAll("source"), image];
  const files = sources.map((each) => each.srcset.split(",").map((file) => file.trim().split(" ")));
  const chosen = files.find((set) => set.some(([url]) => image.currentSrc.endsWith(url)));
  const file = new Image();
  file.src = image.currentSrc;
  await file.decode();
  return {
    drawn: Math.max(box.width, (box.height * file.naturalWidth) / file.naturalHeight),
    offered: chosen.map(([, width]) => parseInt(width)),
    width: file.naturalWidth,
  };
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def server(folder, seeded):
    seeded(folder, "tests.e2e.seed_pictures")
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module", params=["gazette", "revue"])
def theme(request, folder, server):
    run_in(folder, "-m", "tests.e2e.seed_pictures", request.param)
    return request.param


def choices_in(chromium, server, window, density):
    """Each place with what is chosen for it; a browser may take a larger file that it has kept."""
    for address in ADDRESSES:
        viewport = {"width": window, "height": 900}
        with chromium.new_context(
            base_url=server, viewport=viewport, device_scale_factor=density
        ) as context:
            page = context.new_page()
            page.goto(address)
            for name, (where, selector) in PLACES.items():
                if where == address:
                    yield name, page.locator(selector).first.evaluate(CHOICE)


def row_of(place, found, density):
    widths = [str(found[place, window, density]["width"]) for window in WINDOWS]
    name = f" `{place}`" if density == 1 else ""
    return f"|{name} | {' | '.join(widths)} |"


def test_the_smallest_file_that_suffices_is_chosen(chromium, server, theme):
    found = {
        (place, window, density): choice
        for density, windows in SCREENS.items()
        for window in windows
        for place, choice in choices_in(chromium, server, window, density)
    }
    wrong = {}
    for (place, window, density), choice in found.items():
        needed = choice["drawn"] * density - TOLERANCE
        enough = [width for width in choice["offered"] if width >= needed]
        best = min(enough, default=max(choice["offered"]))
        if choice["width"] != best:
            wrong[place, window, density] = (round(needed), best, choice["width"])
    assert not wrong
    if theme == "gazette":
        rows = [row_of(place, found, density) for place in PLACES for density in (1, 2)]
        for name in ("images.en.md", "images.fr.md"):
            text = (DOCS / name).read_text(encoding="utf-8")
            assert "\n".join(rows) in text, "\n".join(rows)


def test_no_layout_shifts_when_pictures_arrive(chromium, server, theme):
    for address in ADDRESSES:
        with chromium.new_context(
            base_url=server, viewport={"width": 390, "height": 900}
        ) as context:
            page = context.new_page()
            # Requests that are not answered wait until there is no route for them any more.
            page.route("**/media/**", lambda route: None)
            page.goto(address, wait_until="domcontentloaded")
            page.evaluate(STYLED)
            before = page.evaluate(HEIGHT)
            page.unroute("**/media/**")
            page.evaluate(
                "Promise.all([...document.images].map((each) => {"
                " each.loading = 'eager'; return each.decode(); }))"
            )
            # The ratio of a smaller file differs by a fraction of a pixel.
            assert abs(page.evaluate(HEIGHT) - before) <= TOLERANCE, address
