"""The page that lists the feeds of the journal in one language, with an explanation."""

from dataclasses import dataclass, replace

from django.template.response import TemplateResponse
from django.urls import path

from diptych.articles.languages.config.language_config import active_language
from diptych.articles.languages.index.sites import absolute
from diptych.articles.languages.routes.public_urls import url_of_view
from diptych.articles.lists.open_languages import open_languages, open_site
from diptych.articles.lists.querysets import alphabetical
from diptych.articles.models import AuthorIndexPage, JournalSettings, TopicPage
from diptych.articles.syndication.feeds.addresses import feeds_of
from diptych.articles.syndication.feeds.podcast import podcast_of

OVERVIEW = "diptych_feeds"


@dataclass(frozen=True)
class ListedFeed:
    """A feed: its ``name``, and a ``FeedAddress`` with host per format."""

    name: str
    formats: list


def overview(request):
    """The feeds of the journal and of its topics; authors link to theirs on their own pages."""
    site, language = open_site(request), active_language()
    topics = TopicPage.objects.visible_in(language).descendant_of(site.root_page)
    authors = AuthorIndexPage.objects.visible_in(language).descendant_of(site.root_page)
    settings = JournalSettings.for_request(request)
    name, podcast = settings.name_of(site), podcast_of(settings)
    context = {
        "view_name": OVERVIEW,
        "view_urls": {code: url_of_view(request, code, OVERVIEW) for code in open_languages(site)},
        "of_journal": [_listed(request, name)],
        "of_podcast": [_absolute(request, name, podcast)] if podcast else [],
        "of_topics": [
            _listed(request, topic.headline, topic)
            for topic in alphabetical(topics.with_addresses())
        ],
        "authors": authors.with_addresses().first(),
    }
    return TemplateResponse(request, "diptych/feeds.html", context)


def _listed(request, name, page=None):
    return _absolute(request, name, *feeds_of(page))


def _absolute(request, name, *feeds):
    return ListedFeed(name, [replace(each, url=absolute(each.url, request)) for each in feeds])


urlpatterns = [path("feeds/", overview, name=OVERVIEW)]
