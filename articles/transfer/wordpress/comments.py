"""How many comments each text of an export has, as rows of a table."""

import csv

from django.utils.translation import gettext as _

from diptych.articles.languages.admin.listings.exports import harmless
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.public_urls import public_path, root_of

#: Pages whose addresses are looked up in one query.
PART = 500


def commented(item):
    """What the table says of an item that has comments, but for its page."""
    return {
        "id": str(item.id),
        "type": item.type,
        "language": item.language or "",
        "title": item.title,
        "comments": item.comments,
        "old_address": item.link,
    }


def with_pages(rows, report, site):
    """``rows`` with the page that each item became, and its address where that is live."""
    entries = {(entry.type, entry.id): entry for entry in report.entries}
    pages = {key: entry.page for key, entry in entries.items() if entry.page}
    addresses = _addresses(site, sorted(set(pages.values())))
    for row in rows:
        page = pages.get((row["type"], row["id"]))
        yield {**row, "page": page, "address": addresses.get((page, row["language"]), "")}


def _addresses(site, pages):
    """The path of each page by primary key and language."""
    root, found = root_of(site), {}
    for start in range(0, len(pages) if root else 0, PART):
        live = PageLanguage.objects.filter(page_id__in=pages[start : start + PART], live=True)
        for pk, language, url_path in live.values_list("page_id", "language", "url_path"):
            found[pk, language] = public_path(language, url_path, root) or ""
    return found


def write_table(file, rows):
    """Write ``rows`` into a text file as CSV, those with the most comments first."""
    writer = csv.writer(file)
    writer.writerow(
        [
            _("Item"),
            _("Language"),
            _("Title"),
            _("Comments"),
            _("Address in WordPress"),
            _("Address here"),
            _("Page"),
        ]
    )
    for row in sorted(rows, key=lambda each: -each["comments"]):
        names = "id", "language", "title", "comments", "old_address", "address", "page"
        writer.writerow([harmless(row[name]) for name in names])
