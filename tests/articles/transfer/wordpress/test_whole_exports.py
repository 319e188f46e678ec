"""A whole export is imported: every item is accounted for, and every old address arrives."""

import json
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client

from tests.wordpress_exports import HOST, write_export, write_media

#: Browsers that prefer one language get an old address in its own.
PREFERENCES = ("fr", "en")


def answer_to(address, language):
    """What stands one hop behind an old address, or at it."""
    client = Client(headers={"accept-language": language})
    response = client.get(address)
    if response.status_code == 301:
        return client.get(response.url)
    return response


@pytest.mark.rare
def test_all_items_and_old_addresses_of_an_export(journal, tmp_path):
    written = write_export(tmp_path / "export.xml", posts=10, words=12)
    write_media(tmp_path / "uploads", written)
    report = tmp_path / "report.json"
    call_command(
        "import_wordpress",
        str(written.paths[0]),
        media=tmp_path / "uploads",
        report=report,
        verbosity=0,
    )
    said = json.loads(report.read_text())
    assert said["counts"]["failed"] == 0
    reported = {(each["type"], each["id"]) for each in said["items"]}
    assert {("post", str(10000 + number)) for number in range(10)} <= reported
    for kind, count in written.counts.items():
        assert len([key for key in reported if key[0] == kind]) == count
    for pk, language, _slug, link, status in written.texts:
        if status != "publish":
            continue
        marker = f"repère{pk - (10000 if pk >= 10000 else 500)}{language}"
        parts = urlsplit(link)
        assert parts.hostname == HOST
        for old in (parts.path, f"/?p={pk}"):
            for preference in PREFERENCES:
                response = answer_to(old, preference)
                assert response.status_code == 200, (old, preference)
                assert marker in response.content.decode(), (old, preference)
