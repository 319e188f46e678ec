"""The layout of a folder of Markdown.

::

    .export/                         the list of exported files
    journal.yaml                     settings of the journal
    redirects.yaml                   old addresses
    images.yaml, images/             the texts of the images, and their files
    documents.yaml, documents/
    content/_index.fr.md             the front page in French
    content/articles/_index.fr.md    the list of articles
    content/articles/le-lac.fr.md    an article, named after the slug of its source language

A page is called by its path below ``content/`` without language and ending: ``articles/le-lac``.
"""

import posixpath

from django.utils.text import slugify
from wagtail.models import Page

from diptych.articles.models import (
    ArticleIndexPage,
    ArticlePage,
    AuthorIndexPage,
    AuthorPage,
    HomePage,
    PrintIssueIndexPage,
    PrintIssuePage,
    SeriesPage,
    StandardPage,
    TopicIndexPage,
    TopicPage,
)

CONTENT, IMAGES, DOCUMENTS = "content", "images", "documents"
JOURNAL, REDIRECTS = "journal.yaml", "redirects.yaml"
INDEX = "_index"
#: The folder with the list of exported files.
EXPORT = ".export"

#: The page types by their names in front matter.
TYPES = {
    "article": ArticlePage,
    "page": StandardPage,
    "author": AuthorPage,
    "topic": TopicPage,
    "series": SeriesPage,
    "print_issue": PrintIssuePage,
    "home": HomePage,
    "articles": ArticleIndexPage,
    "authors": AuthorIndexPage,
    "topics": TopicIndexPage,
    "print_issues": PrintIssueIndexPage,
}
#: Those whose file is the index of their folder.
SECTIONS = ("home", "articles", "authors", "topics", "print_issues")
#: The field of a page that is the body of its file.
BODIES = ("body", "biography")


def type_of(model):
    """The name of a page type in front matter: a word, or the label of a project's type."""
    known = {each: name for name, each in TYPES.items()}
    return known.get(model, model._meta.label_lower)


def body_of(model):
    """The name of the field of ``model`` that is the body of its file, or ``None``."""
    return next((name for name in BODIES if name in {f.name for f in model._meta.fields}), None)


def file_of(key, language, is_index):
    """The path of the file of a page in a language."""
    name = posixpath.join(key, INDEX) if is_index else key
    return f"{CONTENT}/{name}.{language}.md"


def relative(target, folder):
    """The path ``target`` as it is written in a file in ``folder``, both below the root."""
    return posixpath.relpath(target, folder)


def key_below(root, page, slugs):
    """The key of ``page``: the slugs of the pages from below ``root`` down to it."""
    depths = range(len(root.path) + Page.steplen, len(page.path) + 1, Page.steplen)
    return "/".join(slugs[page.path[:depth]] for depth in depths)


def file_names(items, name_of, ending_of, digest_of):
    """``{primary key: name}`` of files, named after their titles and their contents.

    So a name does not change with the other files that are there.
    """
    names, seen = {}, {}
    for item in items:
        name = f"{slugify(name_of(item))[:80] or 'file'}-{digest_of(item)[:8]}"
        seen[name] = seen.get(name, 0) + 1
        number = f"-{seen[name]}" if seen[name] > 1 else ""
        names[item.pk] = f"{name}{number}.{ending_of(item)}"
    return names
