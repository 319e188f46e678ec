"""URL patterns of the feeds, by primary key, so that they survive a renamed topic."""

from dataclasses import dataclass

from django.urls import path, reverse

from articles.languages.available import active_language
from articles.models import AuthorPage, TopicPage
from articles.syndication.feeds.formats import AtomFeed, JsonFeed, RssFeed
from articles.syndication.feeds.views import AuthorFeed, JournalFeed, TopicFeed

FORMATS = {"rss": RssFeed, "atom": AtomFeed, "json": JsonFeed}
LABELS = {"rss": "RSS", "atom": "Atom", "json": "JSON"}
#: Page types with feeds.
KINDS = {"topic": (TopicPage, TopicFeed), "author": (AuthorPage, AuthorFeed)}

urlpatterns = [
    path("feed/", JournalFeed(AtomFeed), name="diptych_feed"),
    *(
        path(f"feed/{name}/", JournalFeed(feed_type), name=f"diptych_feed_{name}")
        for name, feed_type in FORMATS.items()
    ),
    *(
        path(f"feed/{kind}/<int:pk>/{name}/", view(feed_type), name=f"diptych_{kind}_feed_{name}")
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
        return [_address(name, f"diptych_feed_{name}") for name in FORMATS]
    kind = next((kind for kind, (model, _view) in KINDS.items() if isinstance(page, model)), None)
    if kind is None or not page.is_visible_in(active_language()):
        return []
    return [_address(name, f"diptych_{kind}_feed_{name}", page.pk) for name in FORMATS]


def _address(name, view_name, *arguments):
    media_type = FORMATS[name].content_type.partition(";")[0]
    return FeedAddress(media_type, LABELS[name], reverse(view_name, args=arguments))
