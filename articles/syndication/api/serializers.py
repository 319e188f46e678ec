"""What the API says of an article, in the language of its address."""

from rest_framework.serializers import SerializerMethodField
from wagtail.api.v2.serializers import BaseSerializer
from wagtail.api.v2.utils import get_object_detail_url
from wagtail.models import Site

from articles.images.pictures import hero_jpeg
from articles.languages.available import active_language


class ArticleSerializer(BaseSerializer):
    """Takes an article with people, topics, addresses and pictures at hand."""

    html_url = SerializerMethodField()
    language = SerializerMethodField()
    alternates = SerializerMethodField()
    headline = SerializerMethodField()
    lead = SerializerMethodField()
    published_at = SerializerMethodField()
    updated_at = SerializerMethodField()
    authors = SerializerMethodField()
    topics = SerializerMethodField()
    picture = SerializerMethodField()
    content = SerializerMethodField()
    related = SerializerMethodField()

    @property
    def _request(self):
        return self.context["request"]

    def get_html_url(self, article):
        return article.get_full_url(self._request)

    def get_language(self, article):
        return active_language()

    def get_alternates(self, article):
        """Where the article can be read in the other languages."""
        return {
            code: article.full_url_in(code, self._request)
            for code in article.visible_languages
            if code != active_language()
        }

    def get_headline(self, article):
        return article.headline

    def get_lead(self, article):
        return article.lead or ""

    def get_published_at(self, article):
        return article.published_at

    def get_updated_at(self, article):
        return article.last_update

    def get_authors(self, article):
        return [self._named(entry.author) for entry in article.byline]

    def get_topics(self, article):
        return [self._named(topic) for topic in article.topics_shown]

    def _named(self, page):
        readable = page.is_visible_in(active_language())
        return {
            "id": page.pk,
            "name": page.headline or page.title,
            "html_url": page.get_full_url(self._request) if readable else None,
        }

    def get_picture(self, article):
        return hero_jpeg(article, self._request)

    def get_content(self, article):
        """The text as HTML that reads the same anywhere."""
        return article.feed_text

    def get_related(self, article):
        """What stands below the article on its page."""
        return [
            {
                "id": each.pk,
                "headline": each.headline,
                "html_url": each.get_full_url(self._request),
                "detail_url": self._detail_url(each),
            }
            for each in article.feed_related
        ]

    def _detail_url(self, article):
        """Where the API says more; nowhere for what editors have picked from another site."""
        if not article.path.startswith(Site.find_for_request(self._request).root_page.path):
            return None
        router = self.context["router"]
        return get_object_detail_url(router, self._request, type(article), article.pk)
