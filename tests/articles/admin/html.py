"""Read what a page of the admin says, as text and in rows."""

from bs4 import BeautifulSoup


def text_of(element):
    return " ".join(element.get_text(" ").split())


def soup(response):
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "lxml")


def table(response):
    """The list of a response: for each page by title, what its other cells say by heading."""
    found = soup(response).select_one("table.listing")
    if found is None:
        return {}
    headings = [text_of(cell).split(" ")[0] for cell in found.select("thead th, thead td")]
    rows = {}
    for row in found.select("tbody tr"):
        cells = row.find_all("td", recursive=False)
        texts = dict(zip(headings, map(text_of, cells), strict=False))
        title = text_of(row.select_one("[id$=_title]"))
        rows[title] = texts
    return rows


def cell(response, title, heading):
    """The cell of one page under a heading, as an element."""
    found = soup(response).select_one("table.listing")
    headings = [text_of(each).split(" ")[0] for each in found.select("thead th, thead td")]
    for row in found.select("tbody tr"):
        if text_of(row.select_one("[id$=_title]")) == title:
            return row.find_all("td", recursive=False)[headings.index(heading)]
    raise AssertionError(f"{title} is not in the list")


def messages(response):
    """What the admin says at the top of a page, without its buttons."""
    found = soup(response).select(".messages li")
    for button in (each for message in found for each in message.select(".buttons, button")):
        button.decompose()
    return [text_of(each) for each in found]


def buttons(response):
    """The labels of the actions at the foot of the editor, by name or address."""
    found = soup(response).select("footer button, footer a.button")
    names = (each.get("name") or each.get("href") or each["class"][-1] for each in found)
    return dict(zip(names, map(text_of, found), strict=True))


LIST = "/admin/diptych/articles/"


def titles(client, **parameters):
    """The titles in the list of articles, in order."""
    return list(table(client.get(LIST, parameters)))
