"""Feed formats: RSS 2.0, Atom and JSON Feed 1.1.

In addition to Django's fields of an item, each has ``summary`` (plain text), ``content`` (HTML),
``authors`` (``name`` and ``url`` each), ``related`` (``title`` and ``url`` each) and ``picture``
(``url``, ``width``, ``height`` and ``alt``, or ``None``).
"""

import json
import re

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed, rfc3339_date

#: Characters that are invalid in XML.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def printable(value):
    """``value``, also nested, without characters that are invalid in XML."""
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value)
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [printable(each) for each in value]
    return value


class _ArticleFeed(SyndicationFeed):
    """Items have a ``changed`` date; an empty feed has one of its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.feed = printable(self.feed)

    def add_item(self, *args, **kwargs):
        super().add_item(*args, **kwargs)
        self.items[-1] = printable(self.items[-1])

    def latest_post_date(self):
        """The latest date of a change, which may be later than all printed dates."""
        moments = [item["changed"] for item in self.items] or [self.feed["since"]]
        return max(filter(None, moments), default=None) or super().latest_post_date()


class RssFeed(_ArticleFeed, Rss201rev2Feed):
    def rss_attributes(self):
        return {
            **super().rss_attributes(),
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
            "xmlns:media": "http://search.yahoo.com/mrss/",
        }

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.addQuickElement("dc:creator", author["name"])
        if item["updateddate"]:
            handler.addQuickElement("atom:updated", rfc3339_date(item["updateddate"]))
        if item["content"]:
            handler.addQuickElement("content:encoded", item["content"])
        if item["picture"]:
            self._add_picture(handler, item["picture"])
        for each in item["related"]:
            _add_related(handler, "atom:link", each)

    def _add_picture(self, handler, picture):
        size = {name: str(picture[name]) for name in ("url", "width", "height")}
        handler.startElement("media:content", {**size, "medium": "image", "type": "image/jpeg"})
        if picture["alt"]:
            handler.addQuickElement("media:description", picture["alt"], {"type": "plain"})
        handler.endElement("media:content")


class AtomFeed(_ArticleFeed, Atom1Feed):
    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for author in item["authors"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", author["name"])
            if author["url"]:
                handler.addQuickElement("uri", author["url"])
            handler.endElement("author")
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})
        for each in item["related"]:
            _add_related(handler, "link", each)


def _add_related(handler, name, each):
    """Add a link to a related article."""
    handler.addQuickElement(
        name, None, {"rel": "related", "href": each["url"], "title": each["title"]}
    )


class JsonFeed(_ArticleFeed):
    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        data = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "description": self.feed["description"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"], "url": self.feed["author_link"]}],
            "items": [self._item(each) for each in self.items],
        }
        json.dump(data, outfile, ensure_ascii=False)

    def _item(self, item):
        authors = [
            {name: value for name, value in author.items() if value} for author in item["authors"]
        ]
        known = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "summary": item["summary"],
            "content_html": item["content"],
            "image": item["picture"]["url"] if item["picture"] else None,
            "date_published": rfc3339_date(item["pubdate"]) if item["pubdate"] else None,
            "date_modified": rfc3339_date(item["updateddate"]) if item["updateddate"] else None,
            "authors": authors,
            "tags": list(item["categories"]),
            "language": self.feed["language"],
            # Extensions of the format begin with an underscore.
            "_related": item["related"],
        }
        found = {name: value for name, value in known.items() if value}
        return found if item["content"] else {**found, "content_text": item["summary"]}
