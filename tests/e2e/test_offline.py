"""Reading without a connection: what is stored, what is shown of it, and what is no more."""

import time
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, expect

from tests.e2e.conftest import TIMEOUT, run_in, serving
from tests.servers import free_port

LAKE = {"en": "/en/stories/the-lake-the-ice/", "fr": "/fr/articles/le-lac-la-glace/"}
TITLE = {"en": "The lake & the “ice”", "fr": "Le lac & la « glace »"}
PREFIX = "diptych-offline:/:"
ENTRY = f"""async (address) => {{
  const cacheName = "{PREFIX}" + address;
  return (await caches.match("/offline-entry.json", {{ cacheName }}))?.json();
}}"""
IS_STORED = f"async (address) => Boolean(await ({ENTRY})(address))"
#: Has the worker say of a copy that it was checked as many hours ago.
AGEING = """([address, hours]) => enqueue(async () => {
  const entry = await entryOf(address);
  await writeEntry({ ...entry, checked: Date.now() - hours * HOUR });
})"""
NAMES = "async () => (await caches.keys()).sort()"
FILES = f"""async (address) => {{
  const cache = await caches.open("{PREFIX}" + address);
  return (await cache.keys()).map(({{ url }}) => new URL(url).pathname);
}}"""
HAS_FILE = f"async ([page, file]) => (await ({FILES})(page)).includes(file)"
#: The width of a picture in pixels, once it is loaded.
PIXELS = "async (each) => { await each.decode(); return each.naturalWidth; }"
#: The path of a picture as the browser has chosen it among several sizes.
LOADED = "async (each) => { await each.decode(); return new URL(each.currentSrc).pathname; }"
#: The worker has stored its pages before it answers for the journal.
IS_AT_WORK = "async () => Boolean(navigator.serviceWorker.controller)"
PICTURE = ".figure--hero > picture img"
TYPEFACES = """document.fonts.ready.then((faces) =>
  [...faces].filter(({ status }) => status === "loaded").map(({ family }) => family)
    .map((name) => name.replaceAll('"', "")))"""
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory, seeded):
    folder = tmp_path_factory.mktemp("offline")
    seeded(folder, "tests.e2e.seed_offline")
    return folder


def change(folder, *command):
    """Have an article changed as ``seed_offline`` does."""
    run_in(folder, "-m", "tests.e2e.seed_offline", *command)


@pytest.fixture(scope="module")
def journal(folder):
    """The address of a journal of its own, as its tests take articles down."""
    with serving(folder) as address:
        yield address


#: A browser of a reader of English.
READER = {"locale": "en-GB", "timezone_id": "UTC"}


@pytest.fixture
def window(open_window, journal):
    return open_window(base_url=journal, **READER)


def wait_for(page, condition, arg=None):
    """Wait until an asynchronous function of the page gives something true."""
    page.evaluate(
        f"""async ([arg, end]) => {{
          while (!(await ({condition})(arg))) {{
            if (Date.now() > end) throw new Error("It did not become true.");
            await new Promise((resolve) => setTimeout(resolve, 50));
          }}
        }}""",
        [arg, time.time() * 1000 + TIMEOUT],
    )


def read(page, *addresses):
    """Read articles until they are stored."""
    for address in addresses:
        page.goto(address)
        wait_for(page, IS_STORED, address)


def is_stored(page, address):
    return page.evaluate(IS_STORED, address)


def worker_of(page):
    return page.context.service_workers[0]


def make_older(page, address, hours):
    """Let the last check of a copy be so many hours ago."""
    worker_of(page).evaluate(AGEING, [address, hours])


def expect_gone(page, address):
    wait_for(page, f"async (address) => !(await ({IS_STORED})(address))", address)


def lose_connection(page):
    """Go offline with nothing but what the worker has stored."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.context.set_offline(True)


MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


def leave_and_return(page, address):
    lose_connection(page)
    page.goto(address)
    expect(page.get_by_role("status")).to_be_visible()


def stored_on(page, language):
    """The date of the copy of the article, in words."""
    stored = page.evaluate(ENTRY, LAKE[language])["stored"]
    on = datetime.fromtimestamp(stored / 1000, UTC)
    day = "1er" if language == "fr" and on.day == 1 else on.day
    return "\N{NO-BREAK SPACE}".join(
        [str(day), MONTHS[language].split()[on.month - 1], str(on.year)]
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_article_that_was_read_is_read_again_without_a_connection(window, language):
    read(window, LAKE[language])
    picture = window.locator(PICTURE).evaluate(LOADED)
    wait_for(window, HAS_FILE, [LAKE[language], picture])
    assert window.get_by_role("status").count() == 0
    lose_connection(window)
    window.goto(LAKE[language])
    expect(window.get_by_role("heading", level=1)).to_have_text(TITLE[language])
    date = stored_on(window, language)
    notice = {
        "en": f"You are offline. This is the copy stored on {date}.",
        "fr": f"Vous êtes hors ligne. Voici la copie enregistrée le {date}.",
    }
    expect(window.get_by_role("status")).to_have_text(notice[language])
    assert window.locator(PICTURE).evaluate(LOADED) == picture
    assert "Diptych Serif" in window.evaluate(TYPEFACES)
    window.emulate_media(media="print")
    assert not window.locator(".stored-copy").is_visible()


def test_pictures_of_a_copy_are_shown_in_other_sizes_too(open_window, journal):
    window = open_window(base_url=journal, viewport={"width": 390, "height": 844}, **READER)
    read(window, LAKE["en"])
    small = window.locator(PICTURE).evaluate(LOADED)
    wait_for(window, HAS_FILE, [LAKE["en"], small])
    window.set_viewport_size({"width": 1280, "height": 800})
    leave_and_return(window, LAKE["en"])
    assert window.locator(PICTURE).evaluate(LOADED) != small
    assert window.locator(PICTURE).evaluate(PIXELS)
    window.locator(".figure--hero .figure__enlarge").click()
    assert window.locator(".enlarged__picture").first.evaluate(PIXELS)


def test_only_files_that_pages_show_are_stored(window):
    read(window, LAKE["en"])
    unstored, stored = "/static/diptych/icon-512.png", "/static/diptych/icon-192.png"
    window.evaluate("(file) => fetch(file).then((answer) => answer.blob())", unstored)
    window.evaluate("(file) => { new Image().src = file; }", stored)
    wait_for(window, HAS_FILE, [LAKE["en"], stored])
    assert unstored not in window.evaluate(FILES, LAKE["en"])


def test_readers_choose_the_other_language_without_a_connection(window):
    read(window, *LAKE.values())
    leave_and_return(window, LAKE["en"])
    for language in ("fr", "en"):
        window.locator(f".language-switch a[hreflang={language}]").first.click()
        expect(window.get_by_role("heading", level=1)).to_have_text(TITLE[language])
        assert window.url.endswith(LAKE[language])
    window.goto("/en/")
    window.locator(".language-switch a[hreflang=fr]").first.click()
    expect(window.get_by_role("heading", level=1)).to_have_text("Pas de connexion")
    window.goto(LAKE["fr"].rstrip("/"))
    expect(window.get_by_role("heading", level=1)).to_have_text(TITLE["fr"])


def test_what_is_no_page_of_the_journal_is_left_to_the_browser(window):
    read(window, LAKE["en"])
    lose_connection(window)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        window.goto("/admin/")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_article_never_read_is_answered_with_those_stored_in_its_language(window, language):
    read(window, *LAKE.values())
    lose_connection(window)
    window.goto(LAKE[language].replace("lac", "bois").replace("lake", "wood"))
    assert window.locator("html").get_attribute("lang") == language
    link = window.locator("main").get_by_role("link", name=TITLE[language])
    expect(link).to_be_visible()
    assert window.locator("main a").count() == 1
    assert stored_on(window, language) in window.locator("main").inner_text()
    assert Axe().run(window, options=RULES).response["violations"] == []
    link.click()
    expect(window.get_by_role("heading", level=1)).to_have_text(TITLE[language])


def test_without_any_stored_article_a_sentence_says_so(window):
    window.goto("/en/")
    wait_for(window, IS_AT_WORK)
    lose_connection(window)
    window.goto("/")
    assert window.locator("html").get_attribute("lang") == "en"
    expect(window.locator("[data-offline-nothing]")).to_be_visible()
    assert window.get_by_role("heading", level=2, name="Articles on this device").count() == 0
    assert Axe().run(window, options=RULES).response["violations"] == []


def test_ten_articles_are_stored_and_the_one_read_longest_ago_goes(window):
    tales = [f"/en/stories/tale-{number}/" for number in range(1, 12)]
    read(window, *tales[:10])
    first = window.evaluate(ENTRY, tales[0])["read"]
    window.goto(tales[0])
    wait_for(
        window,
        f"async ([address, time]) => (await ({ENTRY})(address))?.read > time",
        [tales[0], first],
    )
    read(window, tales[10])
    expect_gone(window, tales[1])
    assert all(is_stored(window, each) for each in (tales[0], *tales[2:]))


def test_what_is_taken_down_is_deleted_when_it_is_asked_for(window, folder):
    addresses = {"en": "/en/stories/read/", "fr": "/fr/articles/read-fr/"}
    read(window, *addresses.values())
    change(folder, "take_down", "Read", "en")
    assert window.goto(addresses["en"]).status == 404
    expect_gone(window, addresses["en"])
    assert is_stored(window, addresses["fr"])
    lose_connection(window)
    window.goto(addresses["en"])
    expect(window.get_by_role("heading", level=1)).to_have_text("No connection")
    window.goto(addresses["fr"])
    expect(window.get_by_role("heading", level=1)).to_have_text("Read fr")


def test_what_is_taken_down_is_deleted_when_another_page_is_read_an_hour_later(window, folder):
    addresses = {"en": "/en/stories/half/", "fr": "/fr/articles/half-fr/"}
    read(window, *addresses.values())
    change(folder, "take_down", "Half", "fr")
    for address in addresses.values():
        make_older(window, address, hours=2)
    window.goto("/en/")
    expect_gone(window, addresses["fr"])
    wait_for(
        window,
        f"async (address) => (await ({ENTRY})(address))?.checked > Date.now() - 3_600_000",
        addresses["en"],
    )


def test_what_was_changed_is_replaced_when_another_page_is_read_an_hour_later(window, folder):
    address, lead = "/en/stories/changed/", "It was not so."
    read(window, address)
    change(folder, "rewrite", "Changed", lead)
    make_older(window, address, hours=2)
    window.goto("/en/")
    wait_for(
        window,
        f"async (address) => (await ({ENTRY})(address))?.checked > Date.now() - 3_600_000",
        address,
    )
    lose_connection(window)
    window.goto(address)
    expect(window.locator("main")).to_contain_text(lead)
    expect(window.get_by_role("status")).to_be_visible()


@pytest.mark.parametrize("hours", [2, -100], ids=["an hour ago", "by a clock that was ahead"])
def test_an_article_that_fails_keeps_no_other_from_being_checked(window, hours):
    tales = ["/en/stories/tale-1/", "/en/stories/tale-2/"]
    read(window, *tales)
    for tale in tales:
        make_older(window, tale, hours)
    failing = """([failing]) => {
      const ask = fetch;
      self.fetch = (page, ...rest) =>
        page === failing ? Promise.resolve(new Response("", { status: 500 })) : ask(page, ...rest);
      return enqueue(renewDue);
    }"""
    before = time.time() * 1000
    worker_of(window).evaluate(failing, [tales[0]])
    ages = [window.evaluate(ENTRY, tale)["checked"] - before for tale in tales]
    assert [0 < age < 3_600_000 for age in ages] == [False, True]


def test_a_copy_that_was_not_checked_for_a_week_is_not_shown(window):
    read(window, LAKE["en"], LAKE["fr"])
    for language, hours in (("en", 7 * 24 + 1), ("fr", 7 * 24 - 1)):
        make_older(window, LAKE[language], hours)
    lose_connection(window)
    window.goto(LAKE["en"])
    expect(window.get_by_role("heading", level=1)).to_have_text("No connection")
    assert not is_stored(window, LAKE["en"])
    window.goto(LAKE["fr"])
    expect(window.get_by_role("heading", level=1)).to_have_text(TITLE["fr"])


def test_a_private_article_is_not_stored(window):
    window.goto("/en/stories/private/")
    window.fill("input[name=password]", "open")
    window.click("[type=submit]")
    expect(window.get_by_role("heading", level=1)).to_have_text("Private")
    window.wait_for_load_state("load")
    wait_for(window, IS_AT_WORK)
    read(window, LAKE["en"])
    assert not is_stored(window, "/en/stories/private/")


def test_what_an_editor_sees_is_not_stored(window):
    window.goto("/admin/login/")
    window.fill("input[name=username]", "admin")
    window.fill("input[name=password]", "password")
    window.click("button[type=submit]")
    window.wait_for_url("**/admin/")
    read(window, LAKE["en"])
    assert window.locator("wagtail-userbar").count() == 1
    lose_connection(window)
    window.goto(LAKE["en"])
    expect(window.get_by_role("status")).to_be_visible()
    assert window.locator("wagtail-userbar").count() == 0


def test_the_worker_leaves_with_all_it_has_stored_once_it_is_turned_off(open_window, folder):
    port = free_port()
    with serving(folder, port) as address:
        window = open_window(base_url=address, **READER)
        read(window, LAKE["en"])
        window.evaluate("caches.open('of-somebody-else')")
    with serving(folder, port, DIPTYCH_E2E_WITHOUT_OFFLINE="1"):
        window.goto("/en/")
        wait_for(
            window, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0"
        )
        assert window.evaluate(NAMES) == ["of-somebody-else"]
        window.goto(LAKE["en"])
        assert window.evaluate("navigator.serviceWorker.controller === null")


def test_the_worker_stays_while_its_own_address_answers(window):
    read(window, LAKE["en"])
    missing = """(gone) => {
      const ask = fetch;
      self.fetch = (page, ...rest) =>
        gone.includes(page) ? Promise.resolve(new Response("", { status: 404 }))
          : ask(page, ...rest);
      return enqueue(() => renew("/fr/offline.html"));
    }"""
    worker = worker_of(window)
    worker.evaluate(missing, ["/fr/offline.html"])
    assert is_stored(window, LAKE["en"])
    worker.evaluate(missing, ["/fr/offline.html", "/offline-worker.js"])
    assert window.evaluate(NAMES) == []


@pytest.fixture
def complaints(window):
    """What the browser says of the page in its console."""
    said = []
    window.on("console", lambda message: said.append(message.text))
    window.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_without_room_pages_are_as_before(window, journal, complaints):
    quota = {"origin": journal, "quotaSize": 1}
    window.context.new_cdp_session(window).send("Storage.overrideQuotaForOrigin", quota)
    window.goto(LAKE["en"])
    wait_for(window, IS_AT_WORK)
    worker_of(window).evaluate(READING, LAKE["en"])
    assert not is_stored(window, LAKE["en"])
    window.goto(LAKE["fr"])
    expect(window.get_by_role("heading", level=1)).to_have_text(TITLE["fr"])
    assert complaints == []


def test_where_a_browser_lets_no_worker_in_pages_are_as_before(window, complaints):
    refusal = "() => Promise.reject(new DOMException('The operation is insecure.'))"
    window.add_init_script(f"navigator.serviceWorker.register = {refusal}")
    window.goto(LAKE["en"])
    window.wait_for_load_state("networkidle")
    expect(window.get_by_role("heading", level=1)).to_have_text(TITLE["en"])
    assert complaints == []


#: What the worker does when an article is read.
READING = "(address) => enqueue(() => markAsRead(address))"
#: Whether a copy is kept after an answer with a status.
KEPT = {503: True, 502: True, 500: True, 429: True, 404: False, 410: False, 403: False, 200: False}


def test_errors_of_the_server_leave_copies_alone_and_other_answers_delete_them(window, subtests):
    """An answer with 200 that the site did not give has none of what a page to store has."""
    read(window, LAKE["en"])
    worker = worker_of(window)
    for status, is_kept in KEPT.items():
        with subtests.test(status=status):
            worker.evaluate(
                "([status]) => { self.fetch = async () => new Response('', { status }) }", [status]
            )
            worker.evaluate("(address) => enqueue(() => renew(address))", LAKE["en"])
            assert is_stored(window, LAKE["en"]) == is_kept
            worker.evaluate(
                "([address, entry]) => writeEntry({ ...entry, address })",
                [LAKE["en"], {"checked": time.time() * 1000}],
            )


#: Headers of answers, and whether a copy may be made.
HEADERS = [
    ({"Content-Type": "text/html; charset=utf-8"}, True),
    ({"Content-Type": "text/html", "Cache-Control": "max-age=0, stale-if-error=86400"}, True),
    ({"Content-Type": "text/html", "Cache-Control": "private, max-age=0"}, False),
    ({"Content-Type": "text/html", "Cache-Control": "No-Store"}, False),
    ({"Content-Type": "application/json"}, False),
    ({}, False),
]


def test_headers_keep_answers_from_being_stored(window):
    window.goto("/en/")
    wait_for(window, IS_AT_WORK)
    worker = worker_of(window)
    asked = """(headers) => [[200, "basic"], [203, "basic"], [200, "opaqueredirect"]]
      .map(([status, type]) => isStorable({ headers: new Headers(headers), status, type }))"""
    for headers, is_storable in HEADERS:
        assert worker.evaluate(asked, headers) == [is_storable, False, False]
