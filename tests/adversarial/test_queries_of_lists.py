"""Lists and choosers of the admin make no query for each page that they show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_article, sign_in
from tests.wagtail_versions import below_in_menu

pytestmark = pytest.mark.adversarial

FEW, MANY = 4, 16
SHOWN = "Lac"


def addresses(journal):
    section = [journal.articles.pk]
    return {
        "chooser": reverse("wagtailadmin_choose_page_child", args=section),
        "chooser, search": f"{reverse('wagtailadmin_choose_page_search')}?q=Lac",
        "search": f"{reverse('wagtailadmin_pages:search')}?q=Lac",
        "explorer": reverse("wagtailadmin_explore", args=section),
        "explorer, search": f"{reverse('wagtailadmin_explore', args=section)}?q=Lac",
        "API": below_in_menu(journal.articles),
        "articles": reverse("diptych_articles:index"),
    }


def counted(client, address):
    """How many queries an address makes the second time, and how many names it shows."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries), response.content.decode().count(SHOWN)


@pytest.mark.parametrize("role", ["admin", "editor"])
def test_queries_do_not_grow_with_the_pages_shown(journal, client, role):
    sign_in(client, role, language="fr")
    for number in range(FEW):
        make_article(journal, f"Lac {number}", f"Lake {number}")
    few = {name: counted(client, address) for name, address in addresses(journal).items()}
    for number in range(FEW, MANY):
        make_article(journal, f"Lac {number}", f"Lake {number}")
    many = {name: counted(client, address) for name, address in addresses(journal).items()}
    empty = [name for name in few if not many[name][1] > few[name][1] >= FEW]
    assert not empty
    grown = {name: (few[name], many[name]) for name in few if many[name][0] > few[name][0]}
    assert not grown
