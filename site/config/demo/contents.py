"""Reads and checks all content of the demo before it is loaded."""

import re
from dataclasses import dataclass
from pathlib import Path

from articles.blocks import BodyBlock
from config.demo.errors import ContentError
from config.demo.markdown import read_body
from config.demo.tables import LANGUAGES, Table, below, parse_toml, read_tables

FRONT = re.compile(r"\+\+\+\n(?P<toml>.*?^)\+\+\+\n(?P<body>.*)", re.DOTALL | re.MULTILINE)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAMES = ("headline", "slug", "lead", "description")
LONGEST_DESCRIPTION = 155


@dataclass(frozen=True)
class Text:
    """One text in one language: its front matter and its Markdown."""

    path: Path
    front: dict
    markdown: str
    first_line: int

    def body(self, key, images, articles):
        """The stored body of the page called ``key``; see :func:`~.markdown.read_body`."""
        return read_body(self.markdown, self.path, key, images, articles, self.first_line)


def read_text(path):
    """Read the file at ``path`` and check its front matter."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(path, 1, "there is no such file") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ContentError(path, line, "this is not UTF-8") from None
    found = FRONT.fullmatch(text)
    if not found:
        raise ContentError(path, 1, "a text starts with front matter between two lines of +++")
    front = parse_toml(found["toml"], path, 2)
    _check_front(front, path, found["toml"].splitlines())
    return Text(path, front, found["body"], text.count("\n", 0, found.start("body")) + 1)


def _check_front(front, path, rows):
    if missing := [name for name in NAMES if name not in front]:
        raise ContentError(path, 1, f"{', '.join(missing)} is missing")
    for name, value in front.items():
        line = next((n for n, row in enumerate(rows, start=2) if row.startswith(name)), 1)
        if name not in NAMES or not isinstance(value, str) or not value.strip():
            raise ContentError(path, line, f"expected words for each of {', '.join(NAMES)}")
        if name == "slug" and not SLUG.fullmatch(value):
            raise ContentError(path, line, f"{value!r} is no address")
        if name == "description" and len(value) > LONGEST_DESCRIPTION:
            raise ContentError(path, line, f"description: {LONGEST_DESCRIPTION} characters at most")


FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Written:
    """A page with a text file per language: an article or a plain page."""

    key: str
    table: Table
    texts: dict


@dataclass(frozen=True)
class Article(Written):
    """An article with its history.

    ``published``, ``drafted``, ``updated`` and ``corrected`` map languages to days before the
    day of loading; ``added`` is the type of the blocks that an update adds.
    """

    source: str
    published: dict
    drafted: dict
    updated: dict
    corrected: dict
    added: str

    def authors(self):
        """The authors in order as tables with ``name`` and optional ``role_fr``, ``role_en``."""
        authors = self.table.get("authors", list)
        if not all(isinstance(author, dict) for author in authors):
            self.table.fail('authors are like [{ name = "ilkay" }]')
        return authors


@dataclass(frozen=True)
class Contents:
    """The whole content of the demo: tables and texts by key, in order."""

    folder: Path
    journal: Table
    logins: dict
    sections: dict
    authors: dict
    topics: dict
    images: dict
    pages: dict
    articles: dict
    series: dict
    work: dict

    def picture(self, key):
        """The path of the image ``key``."""
        return self.folder / "images" / f"{key}.webp"


def read_contents(folder=FOLDER):
    """Read all files below ``folder``; raises :class:`ContentError` at the first mistake."""
    tables = read_tables(folder / "journal.toml")
    if "journal" not in tables:
        raise ContentError(folder / "journal.toml", 1, "[journal] is missing")
    contents = Contents(
        folder=folder,
        journal=tables["journal"],
        **{name: below(tables, name) for name in ("logins", "sections", "series", "work")},
        **{name: read_tables(folder / f"{name}.toml") for name in ("authors", "topics", "images")},
        pages={
            key: Written(key, table, _texts(folder / "pages", key, LANGUAGES))
            for key, table in below(tables, "pages").items()
        },
        articles={
            key: _article(folder / "articles", key, table)
            for key, table in below(tables, "articles").items()
        },
    )
    _check(contents, folder)
    return contents


def portrait(author):
    """The key of the image of an author."""
    return f"portrait-{author}"


def _texts(folder, key, languages):
    return {language: read_text(folder / f"{key}.{language}.md") for language in languages}


def _article(folder, key, table):
    names = ("published", "draft", "update", "correction")
    published, drafted, updated, corrected = (table.by_language(name) for name in names)
    source, added = table.one_of(table.get("source"), published), table.get("update_adds", str, "")
    if set(published) & set(drafted) or not set(updated) <= set(published):
        table.fail("published, draft and update contradict each other")
    if any(updated[language] >= published[language] for language in updated):
        table.fail("an update comes after the publication")
    if updated and added not in BodyBlock.base_blocks:
        table.fail("update_adds is the type of a block")
    if not set(corrected) <= set(published):
        table.fail("what is corrected is not published")
    texts = _texts(folder, key, [*published, *drafted])
    replaced = table.get("corrects", list, [])
    if corrected and (
        len(replaced) != 2 or not all(replaced[0] in texts[code].markdown for code in corrected)
    ):
        table.fail("corrects is like [words of the text, other words]")
    return Article(key, table, texts, source, published, drafted, updated, corrected, added)


def _check(contents, folder):
    """Raise :class:`ContentError` for an undefined name and for a file that is not used."""
    contents.journal.one_of(contents.journal.get("lead_article"), contents.articles)
    for key, image in contents.images.items():
        if not contents.picture(key).is_file():
            image.fail(f"there is no file {contents.picture(key)}")
    for key, author in contents.authors.items():
        author.one_of(portrait(key), contents.images)
    for article in contents.articles.values():
        _check_article(article, contents)
    for series in contents.series.values():
        series.names("parts", contents.articles)
    written = [*contents.pages.values(), *contents.articles.values()]
    for each in written:
        for text in each.texts.values():
            text.body(each.key, contents.images, contents.articles)
    _check_work(contents)
    used = {text.path for each in written for text in each.texts.values()}
    used |= {contents.picture(key) for key in contents.images}
    for path in sorted([*folder.glob("*/*.md"), *folder.glob("images/*")]):
        if path not in used:
            raise ContentError(path, 1, "no table says what this is")


def _check_article(article, contents):
    article.table.one_of(article.table.get("hero"), contents.images)
    article.table.names("topics", contents.topics)
    article.table.names("picks", contents.articles)
    for author in article.authors():
        article.table.one_of(author.get("name"), contents.authors)


def _check_work(contents):
    for key, table in contents.work.items():
        table.one_of(key, contents.articles)
        table.one_of(table.get("language"), LANGUAGES)
        if translator := table.get("translator", str, ""):
            table.one_of(translator, contents.logins)
