"""The screens of the admin, each with an address, for the tests that visit all of them."""

import json

#: Opens what is folded: tabs, panels and details.
UNFOLD = """() => {
    for (const each of document.querySelectorAll("main details")) each.open = true;
    const folded = "[role=tabpanel], [data-panel] > *, [data-side-panel], [id^=tab-]";
    for (const each of document.querySelectorAll(folded)) each.removeAttribute("hidden");
    document.querySelector(".form-side")?.classList.add("form-side--open");
}"""


def addresses_of(folder):
    """The addresses of the admin in ``folder``; some do not open by themselves."""
    return json.loads((folder / "addresses.json").read_text())


def screens_of(page, folder):
    """``(address, HTML)`` of each screen that opens for whoever is signed in."""
    for address, answer, content_type in _answers(page, folder):
        if content_type == "text/html":
            yield address, answer.text()


def dialogs_of(page, folder):
    """``(address, HTML)`` of each dialog that screens load from an address of its own."""
    for address, answer, content_type in _answers(page, folder):
        if content_type == "application/json" and "html" in (found := answer.json()):
            yield address, found["html"]


def _answers(page, folder):
    for address in addresses_of(folder):
        answer = page.request.get(address, max_redirects=0)
        if answer.status == 200:
            yield address, answer, answer.headers.get("content-type", "").partition(";")[0]
