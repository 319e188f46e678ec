"""What lists of articles, authors and topics are made of: filters, order and prefetches."""

from django.db.models import Count, F, Prefetch, Q
from django.db.models.functions import Coalesce
from wagtail.images import get_image_model
from wagtail.models import PageManager

from articles.languages.available import active_language, column
from articles.languages.models import PageLanguage
from articles.languages.querysets import LanguagePageQuerySet
from articles.pictures import CARD, specs_for


class HeadlineOrderQuerySet(LanguagePageQuerySet):
    def by_headline(self):
        """Alphabetically by the headline in the language spoken now."""
        return self.order_by(column("headline", active_language()))


class ArticleQuerySet(LanguagePageQuerySet):
    def newest_first(self):
        """By the date printed on the article in the language spoken now."""
        first_public = F(column("first_public_at", active_language()))
        return self.annotate(
            printed_date=Coalesce("publication_date", first_public, "first_published_at")
        ).order_by("-printed_date", "-pk")

    def on_topic(self, topic):
        return self.filter(topics__topic=topic).distinct()

    def by_author(self, author):
        return self.filter(authors__author=author).distinct()

    def for_cards(self):
        """With all that a card shows: picture, topics, authors, addresses; no body."""
        pictures = self.defer_streamfields().select_related("hero_image")
        return pictures.prefetch_related(*PEOPLE_AND_TOPICS, *card_renditions())


#: Lookups that fetch an article's addresses, and its authors and topics with theirs.
PEOPLE_AND_TOPICS = (
    "languages",
    "authors__author__languages",
    "authors__author__photo",
    "topics__topic__languages",
)


def card_renditions():
    """Lookups that fetch the sizes of an article's picture that cards need, if there are any."""
    specs = specs_for(CARD)
    if not specs:
        return ()
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=specs)
    lookup = "hero_image__renditions"
    return (Prefetch(lookup, queryset=renditions, to_attr="prefetched_renditions"),)


class TopicQuerySet(HeadlineOrderQuerySet):
    def with_article_counts(self, language=None):
        """With ``article_count``: how many articles readers of the language find there."""
        visible = PageLanguage.objects.visible_in(language or active_language())
        return self.annotate(
            article_count=Count(
                "entries__article",
                filter=Q(entries__article__in=visible.values("page_id")),
                distinct=True,
            )
        )


class AuthorQuerySet(HeadlineOrderQuerySet):
    def for_bylines(self):
        """With photo and addresses."""
        return self.select_related("photo").with_addresses()


ArticleManager = PageManager.from_queryset(ArticleQuerySet)
TopicManager = PageManager.from_queryset(TopicQuerySet)
AuthorManager = PageManager.from_queryset(AuthorQuerySet)
