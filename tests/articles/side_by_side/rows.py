"""An article with authors, and what the translating view says of their roles."""

from diptych.articles.models import ArticleAuthor
from tests.articles.languages.windows import Window
from tests.articles.side_by_side.screen import translated
from tests.factories import publish_draft

#: What the view says of a text of which nothing is left to do.
WHOLE = "Everything is translated and up to date."


def byline(people, *roles):
    """Rows of authors with their roles in French and in English."""
    pairs = zip(people, roles, strict=False)
    return [ArticleAuthor(author=each, role_fr=fr, role_en=en) for each, (fr, en) in pairs]


def make(journal, people, *roles, **values):
    """A translated article whose authors were saved with these roles."""
    article = translated(journal, **values)
    publish_draft(article, authors=byline(people, *roles))
    article.refresh_from_db()
    return article


def in_editor(page, values):
    """Write ``values`` into the editor's form, by the names of its inputs, and save it."""
    window = Window(page)
    assert set(values) <= set(window.form)
    assert window.write(**values).post().status_code == 302


def roles(screen):
    """The status of the role of each author, by the field it stands beside."""
    return {
        each["data-field"]: each["data-status"]
        for each in screen.soup.select("[data-place][data-field]")
    }


def key_at(screen, field):
    return screen.soup.select_one(f'[data-place][data-field="{field}"]')["data-place"]
