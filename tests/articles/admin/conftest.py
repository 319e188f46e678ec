import pytest

from tests.factories import make_article, write_draft


@pytest.fixture
def articles(journal):
    """One article in each state of English."""
    changed = make_article(journal, "Modifié", "Changed")
    write_draft(changed, headline_en="Changed again")
    return {
        "live": make_article(journal, "Publié", "Live one"),
        "changed": changed,
        "draft": make_article(journal, "Brouillon", "Drafted", live_in=("fr",)),
        "missing": make_article(journal, "Seul", None, live_in=("fr",)),
    }
