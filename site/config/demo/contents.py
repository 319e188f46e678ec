"""Everything the demo says, read and checked before any of it reaches the database."""

from dataclasses import dataclass, field
from pathlib import Path

from config.demo import drawing, markup
from config.demo.errors import ContentError
from config.demo.stream import WRITERS, stream_data
from config.demo.tables import LANGUAGES, Table, below, read_tables

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Written:
    """A page whose texts are files: an article or a plain page."""

    key: str
    table: Table
    texts: dict


@dataclass(frozen=True)
class Article(Written):
    """An article with its history, in days before the day of loading.

    ``published``, ``drafted`` and ``updated`` map languages to days; an update adds the blocks
    of the kind ``added``, which the first version lacks. ``corrected`` maps languages to days
    too; the first of the words in ``correction`` is then replaced by the second.
    """

    source: str = LANGUAGES[0]
    published: dict = field(default_factory=dict)
    drafted: dict = field(default_factory=dict)
    updated: dict = field(default_factory=dict)
    added: str = ""
    corrected: dict = field(default_factory=dict)
    correction: tuple = ()

    def authors(self):
        """The authors in order, each a table: a name and perhaps a role in each language."""
        authors = self.table.get("authors", list)
        if not all(isinstance(author, dict) for author in authors):
            self.table.fail('authors are like [{ name = "ilkay" }]')
        return authors


@dataclass(frozen=True)
class Contents:
    """The journal as its files describe it; tables and texts by name, in order."""

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


def read_contents(folder=FOLDER):
    """Read all files below ``folder``; raises :class:`ContentError` at the first mistake."""
    tables = read_tables(folder / "journal.toml")
    if "journal" not in tables:
        raise ContentError(folder / "journal.toml", 1, "[journal] is missing")
    contents = Contents(
        journal=tables["journal"],
        logins=below(tables, "logins"),
        sections=below(tables, "sections"),
        authors=read_tables(folder / "authors.toml"),
        topics=read_tables(folder / "topics.toml"),
        images=read_tables(folder / "images.toml"),
        pages={
            key: Written(key, table, _texts(folder / "pages", key, LANGUAGES))
            for key, table in below(tables, "pages").items()
        },
        articles={
            key: _article(folder / "articles", key, table)
            for key, table in below(tables, "articles").items()
        },
        series=below(tables, "series"),
        work=below(tables, "work"),
    )
    _check(contents, folder)
    return contents


def portrait(author):
    """The name of the picture of an author."""
    return f"portrait-{author}"


def _texts(folder, key, languages):
    return {language: markup.read(folder / f"{key}.{language}.md") for language in languages}


def _article(folder, key, table):
    published, drafted = table.by_language("published"), table.by_language("draft")
    updated, added = table.by_language("update"), table.get("update_adds", str, "")
    source = table.one_of(table.get("source"), published)
    if set(published) & set(drafted) or not set(updated) <= set(published):
        table.fail("published, draft and update contradict each other")
    if any(updated[language] >= published[language] for language in updated):
        table.fail("an update comes after the publication")
    if updated and added not in WRITERS:
        table.fail("update_adds is the kind of a block")
    corrected = table.by_language("correction")
    if corrected and not set(corrected) <= set(published):
        table.fail("what is corrected is not published")
    texts = _texts(folder, key, [*published, *drafted])
    return Article(
        key=key,
        table=table,
        texts=texts,
        source=source,
        published=published,
        drafted=drafted,
        updated=updated,
        added=added,
        corrected=corrected,
        correction=_correction(folder, key, table, corrected),
    )


def _correction(folder, key, table, corrected):
    """The words that are replaced and those that replace them, checked against the text."""
    words = table.get("corrects", list, [])
    if not corrected and not words:
        return ()
    texts = [(folder / f"{key}.{code}.md").read_text(encoding="utf-8") for code in corrected]
    if len(words) != 2 or not all(words[0] in text for text in texts):
        table.fail("corrects is like [words of the text, other words]")
    return tuple(words)


def _check(contents, folder):
    """Every name that is mentioned exists, and every file that exists is mentioned."""
    contents.journal.one_of(contents.journal.get("lead_article"), contents.articles)
    for key, image in contents.images.items():
        image.one_of(key, drawing.KEYS)
    for key, author in contents.authors.items():
        author.one_of(portrait(key), contents.images)
    for article in contents.articles.values():
        article.table.one_of(article.table.get("hero"), contents.images)
        article.table.names("topics", contents.topics)
        article.table.names("picks", contents.articles)
        for author in article.authors():
            article.table.one_of(author.get("name"), contents.authors)
    for series in contents.series.values():
        series.names("parts", contents.articles)
    written = [*contents.pages.values(), *contents.articles.values()]
    for each in written:
        for text in each.texts.values():
            stream_data(text, each.key, contents.images, contents.articles)
    _check_work(contents)
    used = {text.path for each in written for text in each.texts.values()}
    for path in sorted([*folder.glob("articles/*.md"), *folder.glob("pages/*.md")]):
        if path not in used:
            raise ContentError(path, 1, "journal.toml does not say what this is")


def _check_work(contents):
    for key, table in contents.work.items():
        table.one_of(key, contents.articles)
        table.one_of(table.get("language"), LANGUAGES)
        if translator := table.get("translator", str, ""):
            table.one_of(translator, contents.logins)
