"""The feeds a page tells feed readers of: its own, then those of the journal."""

from dataclasses import dataclass

from articles.syndication.feeds.addresses import feeds_of


@dataclass(frozen=True)
class FeedLink:
    kind: str
    url: str
    title: str


def feed_links(page, journal_name):
    """One :class:`FeedLink` for each format; ``page`` may be missing or have no feed."""
    own = feeds_of(page) if page is not None else []
    titled = [(f"{journal_name} – {page.headline}", feed) for feed in own]
    titled += [(journal_name, feed) for feed in feeds_of()]
    return [FeedLink(feed.kind, feed.url, f"{title} ({feed.label})") for title, feed in titled]
