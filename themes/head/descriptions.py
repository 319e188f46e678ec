"""One or two sentences that say what a page is about, for whoever has not opened it."""

import re

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.rich_text import get_text_for_indexing

from articles.models import (
    ArticleIndexPage,
    AuthorIndexPage,
    AuthorPage,
    TopicIndexPage,
    TopicPage,
)

#: Search engines show no more, in characters.
LONGEST = 200

#: Spaces that keep words together are none of these.
SPACES = re.compile(r"[ \t\r\n]+")

#: The fields that open a page of some kind, the first one that is filled in counts.
OPENINGS = ("lead", "description", "introduction")


def description_of(page, journal_name, tagline):
    """What the editors wrote to describe ``page``, else what opens it, else what it is."""
    written = page.meta_description or _opening(page) or _of_person(page)
    return shortened(written or _of_kind(page, journal_name) or tagline or journal_name)


def shortened(text):
    """``text`` in one line, cut between two words where it is longer than anybody shows."""
    line = SPACES.sub(" ", text).strip()
    if len(line) <= LONGEST:
        return line
    cut = line[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:–—")
    return f"{cut}…"


def _opening(page):
    return next(filter(None, (getattr(page, name, "") for name in OPENINGS)), "")


def _of_person(page):
    if not isinstance(page, AuthorPage):
        return ""
    biography = strip_tags(get_text_for_indexing(str(page.biography or "")))
    return biography or (f"{page.headline}, {page.role}" if page.role else "")


def _of_kind(page, journal_name):
    names = {"journal": journal_name, "name": page.headline}
    if isinstance(page, TopicPage):
        return _("%(journal)s: the articles on “%(name)s”.") % names
    if isinstance(page, AuthorPage):
        return _("%(journal)s: the articles by %(name)s.") % names
    if isinstance(page, ArticleIndexPage):
        return _("%(journal)s: all articles, newest first.") % names
    if isinstance(page, TopicIndexPage):
        return _("%(journal)s: all topics.") % names
    if isinstance(page, AuthorIndexPage):
        return _("%(journal)s: everyone who writes for it.") % names
    return ""
