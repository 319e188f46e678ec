from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from benchmarks.blog.models import ArticlePage


class NewsFeed(Feed):
    feed_type = Atom1Feed
    title = "Shores"
    link = "/"
    subtitle = "Articles on the shores of the lake."

    def items(self):
        return ArticlePage.newest().prefetch_related("authors__author", "topics__topic")[:20]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.introduction

    def item_link(self, item):
        return item.full_url

    def item_pubdate(self, item):
        return item.date

    def item_updateddate(self, item):
        return item.last_published_at

    def item_author_name(self, item):
        return ", ".join(each.author.title for each in item.authors.all())

    def item_categories(self, item):
        return [each.topic.title for each in item.topics.all()]
