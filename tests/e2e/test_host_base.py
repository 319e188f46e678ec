"""Pages within the base template of a host look as they do alone, whatever its stylesheet says."""

import re
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from tests.e2e.conftest import serving

ARTICLE = {
    "fr": "/fr/articles/tout-ce-qu-un-article-peut-montrer/",
    "en": "/en/stories/all-that-an-article-can-show/",
}
SIZES = {390: {"width": 390, "height": 844}, 1280: {"width": 1280, "height": 900}}
#: Every property of each element and of what is generated in it, as ``[name, properties]``.
STYLES = """selector => [...document.querySelectorAll(selector)].flatMap(element =>
  [null, "::before", "::after", "::marker"].flatMap(part => {
    const style = getComputedStyle(element, part);
    const isShown = part === "::marker" ? element.matches("li") : style.content !== "none";
    if (part && !isShown) {
      return [];
    }
    const values = Object.fromEntries([...style].map(name => [name, style.getPropertyValue(name)]));
    return [[`${element.tagName}.${element.className}${part || ""}`, values]];
  }))"""
#: A host that says nothing is light, our own page what the device is.
LEFT_OUT = ("color-scheme",)
#: What of the host surrounds a page.
AROUND = ".site-header, .site-header *, .site-footer, .site-footer *"
DOCUMENTATION = Path(__file__).parents[2] / "docs/templates.md"
#: The rule that the documentation proposes to a host for what lies behind an enlarged picture.
BEHIND = re.compile(r"```css\n(@media screen {\n  body:has.*?)```", re.S)
#: The content security policy allows no element with styles.
ADD_RULE = """rule => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rule);
  document.adoptedStyleSheets = [sheet];
}"""
VISIBILITIES = """selector => [...document.querySelectorAll(selector)].map(
    each => getComputedStyle(each).visibility)"""


@pytest.fixture(scope="module")
def host_server(server, server_folder):
    """The address at which the journal of ``server`` stands in the base template of a host."""
    with serving(server_folder, DIPTYCH_E2E_HOST="1") as address:
        yield address


@pytest.fixture(scope="module")
def styles_of(chromium):
    """Read the styles of elements on a page, after stylesheets of a host were added; once each."""

    @cache
    def read(address, selector, width, *stylesheets, **options):
        with closing(chromium.new_page(viewport=SIZES[width], **options)) as page:
            page.goto(address)
            for name in stylesheets:
                page.add_style_tag(url=f"/static/hostbases/{name}.css")
            return page.evaluate(STYLES, selector)

    return read


def differences(one, other):
    """Which properties of which elements differ."""
    assert [name for name, _values in one] == [name for name, _values in other]
    return {
        (name, key, value, values[key])
        for (name, own), (_name, values) in zip(one, other, strict=True)
        for key, value in own.items()
        if values[key] != value and key not in LEFT_OUT
    }


@pytest.mark.parametrize(
    "width, language, stylesheet",
    [(390, "fr", "reset"), (1280, "en", "reset"), (1280, "en", "framework")],
)
def test_a_page_looks_as_it_does_alone(server, host_server, styles_of, width, language, stylesheet):
    front = ".front, .front *, .topic-row, .topic-row *"
    for path, selector in ((ARTICLE[language], ".article, .article *"), (f"/{language}/", front)):
        alone = styles_of(server + path, selector, width)
        within = styles_of(host_server + path, selector, width, stylesheet)
        assert len(alone) > 50
        assert differences(alone, within) == set()


def test_the_host_says_what_is_to_be_different(host_server, styles_of):
    """By custom properties, and by rules that begin with the identifier and class of the page."""
    selector = ".page-head__title, .page-head .kicker"
    styles = {
        name: values
        for name, values in styles_of(host_server + ARTICLE["fr"], selector, 1280, "brand")
        if "::" not in name
    }
    assert styles["H1.page-head__title"]["text-transform"] == "uppercase"
    assert styles["P.kicker"]["color"] == "rgb(1, 2, 3)"


def test_a_page_is_dark_only_if_the_host_is(server, host_server, styles_of):
    path, selector = ARTICLE["fr"], ".page-head__title, .article__body p"
    dark, light = (
        differences(
            styles_of(server + path, selector, 1280, color_scheme=mode),
            styles_of(host_server + path, selector, 1280, color_scheme="dark"),
        )
        for mode in ("dark", "light")
    )
    assert dark
    assert light == set()
    within = styles_of(host_server + path, selector, 1280, "dark", color_scheme="dark")
    alone = styles_of(server + path, selector, 1280, color_scheme="dark")
    assert differences(alone, within) == set()


@pytest.mark.parametrize("stylesheets", [[], ["reset"], ["framework"]])
def test_the_header_and_footer_of_the_host_stay_as_they_are(host_server, new_page, stylesheets):
    page = new_page(viewport=SIZES[1280])
    page.goto(host_server + ARTICLE["fr"])
    for name in stylesheets:
        page.add_style_tag(url=f"/static/hostbases/{name}.css")
    with_ours = page.evaluate(STYLES, AROUND)
    page.evaluate("document.querySelector('link[href*=\"/theme/\"]').disabled = true")
    without_ours = page.evaluate(STYLES, AROUND)
    assert len(with_ours) > 15
    assert differences(with_ours, without_ours) == set()


def test_nothing_of_the_host_is_reached_behind_a_picture(host_server, new_page):
    page = new_page(viewport=SIZES[1280])
    page.goto(host_server + ARTICLE["en"])
    (rule,) = BEHIND.findall(DOCUMENTATION.read_text(encoding="utf-8"))
    page.evaluate(ADD_RULE, rule)
    page.locator(".figure__enlarge").first.click()
    page.wait_for_selector(".enlarged:popover-open")
    assert set(page.evaluate(VISIBILITIES, AROUND)) == {"hidden"}
    assert set(page.evaluate(VISIBILITIES, ".prose > p")) == {"hidden"}
    page.get_by_role("button", name="Close").click()
    assert set(page.evaluate(VISIBILITIES, AROUND)) == {"visible"}
