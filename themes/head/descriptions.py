"""The meta description of a page."""

import re

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.rich_text import get_text_for_indexing

from diptych.articles.models import (
    ArticleIndexPage,
    AuthorIndexPage,
    AuthorPage,
    PrintIssueIndexPage,
    PrintIssuePage,
    TopicIndexPage,
    TopicPage,
)

#: The greatest length of a description, in characters; search engines display no more.
LONGEST = 200

#: White space without no-break spaces.
SPACES = re.compile(r"[ \t\r\n]+")

#: The fields a description is taken from; the first with a text is used.
DESCRIPTION_FIELDS = ("lead", "description", "introduction")


def description_of(page, journal_name, tagline):
    """The description of ``page``: its own, else its introduction, else one of its kind of page."""
    written = page.meta_description or _opening(page) or _of_person(page)
    return shortened(written or _of_kind(page, journal_name) or tagline or journal_name)


def shortened(text, longest=LONGEST):
    """``text`` in one line, truncated between words to ``longest`` characters."""
    line = SPACES.sub(" ", text).strip()
    if len(line) <= longest:
        return line
    cut = line[:longest].rsplit(" ", 1)[0].rstrip(" ,;:–—")
    return f"{cut}…"


def _opening(page):
    found = next(filter(None, (getattr(page, name, "") for name in DESCRIPTION_FIELDS)), "")
    return _plain(found) if isinstance(page, PrintIssuePage) else found


def _plain(rich_text):
    return strip_tags(get_text_for_indexing(str(rich_text or "")))


def _of_person(page):
    if not isinstance(page, AuthorPage):
        return ""
    return _plain(page.biography) or (f"{page.headline}, {page.role}" if page.role else "")


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
    if isinstance(page, PrintIssueIndexPage):
        return _("%(journal)s: all print issues, newest first.") % names
    if isinstance(page, PrintIssuePage):
        return _("%(journal)s: the contents of the issue “%(name)s”.") % names
    return ""
