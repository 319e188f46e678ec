"""URL patterns of the feeds, by primary key, so that they survive a renamed topic."""

from dataclasses import dataclass

from django.urls import path, reverse

from diptych.articles.languages.config.language_config import active_language
from diptych.articles.models import AuthorPage, TopicPage
from diptych.articles.syndication.feeds.formats import AtomFeed, JsonFeed, RssFeed
from diptych.articles.syndication.feeds.views import AuthorFeed, JournalFeed, TopicFeed

FORMATS = {"rss": RssFeed, "atom": AtomFeed, "json": JsonFeed}
LABELS = {"rss": "RSS", "atom": "Atom", "json": "JSON"}
#: Page types with feeds.
KINDS = {"topic": (TopicPage, TopicFeed), "author": (AuthorPage, AuthorFeed)}


def view_name(format_name, kind=None):
    """The name of the feed in a format, of the journal or of pages of one of :data:`KINDS`."""
    return f"diptych_{kind}_feed_{format_name}" if kind else f"diptych_feed_{format_name}"


#: The journal's feed without a format in its address.
DEFAULT = "diptych_feed"
#: The names of all feeds of the journal, and those of pages by type.
VIEWS_OF_JOURNAL = (DEFAULT, *map(view_name, FORMATS))
VIEWS_OF_PAGES = {
    model: tuple(view_name(name, kind) for name in FORMATS)
    for kind, (model, _view) in KINDS.items()
}

urlpatterns = [
    path("feed/", JournalFeed(AtomFeed), name=DEFAULT),
    *(
        path(f"feed/{name}/", JournalFeed(feed_type), name=view_name(name))
        for name, feed_type in FORMATS.items()
    ),
    *(
        path(f"feed/{kind}/<int:pk>/{name}/", view(feed_type), name=view_name(name, kind))
        for kind, (_model, view) in KINDS.items()
        for name, feed_type in FORMATS.items()
    ),
]


@dataclass(frozen=True)
class FeedAddress:
    """``kind`` is a media type, ``label`` the name of the format; ``url`` has no host."""

    kind: str
    label: str
    url: str


def feeds_of(page=None):
    """The feeds of ``page`` in the active language; empty if its type has none.

    Without a page, the feeds of the journal.
    """
    if page is None:
        return [_address(name, view_name(name)) for name in FORMATS]
    kind = next((kind for kind, (model, _view) in KINDS.items() if isinstance(page, model)), None)
    if kind is None or not page.is_visible_in(active_language()):
        return []
    return [_address(name, view_name(name, kind), page.pk) for name in FORMATS]


def _address(name, view, *arguments):
    media_type = FORMATS[name].content_type.partition(";")[0]
    return FeedAddress(media_type, LABELS[name], reverse(view, args=arguments))
