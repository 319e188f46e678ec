from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from wagtail.models import Site

from articles.languages.available import active_language
from articles.models import ArticlePage, JournalSettings
from articles.querysets import ready_cards

LENGTH = 20


class LatestArticles(Feed):
    """The newest articles that can be read in the language of the address."""

    feed_type = Atom1Feed

    def get_object(self, request):
        site = Site.find_for_request(request)
        return {"request": request, "site": site, "journal": JournalSettings.for_request(request)}

    def title(self, context):
        return context["journal"].name or context["site"].site_name or _("Latest articles")

    def subtitle(self, context):
        return context["journal"].tagline or ""

    def link(self, context):
        return context["site"].root_page.specific.get_full_url(context["request"])

    def items(self, context):
        articles = ArticlePage.objects.descendant_of(context["site"].root_page)
        newest = articles.visible_in(active_language()).newest_first()
        return ready_cards(newest.for_cards()[:LENGTH])

    def item_title(self, article):
        return article.headline

    def item_description(self, article):
        return article.lead

    def item_link(self, article):
        return article.full_url

    def item_pubdate(self, article):
        return article.published_at

    def item_updateddate(self, article):
        return article.last_update or article.published_at

    def item_author_name(self, article):
        return ", ".join(entry.author.headline or entry.author.title for entry in article.byline)
