"""Querysets of articles, authors and topics: filters and ordering."""

from anyascii import anyascii
from django.apps import apps
from django.db.models import Count, DateTimeField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import PageManager

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.languages.config.language_config import active_language, column
from diptych.articles.languages.index.aliases import original_id
from diptych.articles.languages.index.querysets import MultilingualPageQuerySet
from diptych.articles.languages.index.sites import root_path_above
from diptych.articles.lists.article_lists import ArticleList
from diptych.articles.lists.cards import cached_topics, card_columns, kept_authors


class ArticleQuerySet(MultilingualPageQuerySet):
    def newest_first(self):
        """Order by the printed date in the active language, newest first."""
        dates = ("publication_date", column("first_public_at", active_language()))
        printed_date = Coalesce(*dates, "first_published_at", output_field=DateTimeField())
        return self.annotate(printed_date=printed_date).order_by("-printed_date", "-pk")

    def on_topic(self, topic):
        """Articles on ``topic``, by subquery: with a join, ``distinct()`` compares whole rows."""
        entries = apps.get_model("diptych", "ArticleTopic").objects
        entries = entries.filter(topic=original_id(topic))
        return self.filter(pk__in=entries.order_by().values("article"))

    def by_author(self, author):
        entries = apps.get_model("diptych", "ArticleAuthor").objects
        entries = entries.filter(author=original_id(author))
        return self.filter(pk__in=entries.order_by().values("article"))

    def translated_by(self, author, language):
        return self.filter(**{column("translator", language): original_id(author)})

    def parts_of(self, series):
        """The parts of a series, given its key: by number, then unnumbered ones by date."""
        in_order = (F("series_part").asc(nulls_last=True), "printed_date", "pk")
        return self.filter(series=series).newest_first().for_cards().order_by(*in_order)

    def for_cards(self):
        """Fetch the columns that a card shows, and its picture; see
        ``diptych.articles.lists.cards``.

        Texts are those of the active language. Any other column is fetched when it is read.
        """
        return self.only(*card_columns()).select_related("hero_image")


def alphabetical(pages):
    """``pages`` as a list in alphabetical order, ignoring accents and case."""
    return sorted(pages, key=lambda page: dictionary_key(page.headline or page.title))


def dictionary_key(name):
    """The sort key of a name, without accents and case."""
    return anyascii(name).casefold()


#: The pages that share most articles with a page, with how many these are.
_sharing = TaggedCache(size=2000)


def sharing_articles(model, page, entries, kept_pages, limit):
    """Other pages of ``model`` related to the articles of ``page``, most shared articles first.

    ``entries`` is the name of the relation from these pages to their articles; the result is a
    subset of ``kept_pages``. Only articles and pages of the site that are public in the active
    language count. ``shared_count`` is the number of shared articles. Returns a list of at most
    ``limit`` pages; their keys are cached in memory.
    """
    language, kind = active_language(), model._meta.get_field(entries).field.name
    most = _sharing.get(
        (model, page.pk, language, limit),
        [f"list:{language}", f"{kind}:{original_id(page)}"],
        lambda: _most_shared(model, page, entries, language)[:limit],
    )
    found = kept_pages([pk for pk, _number in most])
    for pk, number in most:
        if pk in found:
            found[pk].shared_count = number
    return [found[pk] for pk, _number in most if pk in found]


def _most_shared(model, page, entries, language):
    """Pairs of a primary key and a number of articles."""
    relation = model._meta.get_field(entries)
    name, own = relation.field.attname, original_id(page)
    articles = ArticleList(language, own, on_site_of=page).entries.order_by().values("article")
    rows = relation.related_model.objects.order_by().filter(article__in=articles)
    counts = dict(rows.values_list(name).annotate(Count("article", distinct=True)))
    readable = model.objects.visible_in(language).gathered_for(page).exclude(pk=own)
    names = readable.order_by().values_list("pk", column("headline", language))
    ranked = sorted((-counts[pk], headline or "", pk) for pk, headline in names if pk in counts)
    return [(pk, -number) for number, _headline, pk in ranked]


class TopicQuerySet(MultilingualPageQuerySet):
    def related_topics(self, topic, limit):
        """Topics that share articles with ``topic``."""
        return sharing_articles(self.model, topic, "entries", cached_topics, limit)

    def with_article_counts(self, page, language=None):
        """Annotate ``article_count``, the number of articles visible in the language.

        Only articles of the site of ``page`` are counted.
        """
        return self.with_article_counts_below(root_path_above(page), language or active_language())

    def with_article_counts_below(self, root_path, language):
        """The same for the site that begins at ``root_path``, or for all if that is empty."""
        listed = apps.get_model("diptych", "ListedArticle").objects.order_by()
        listed = listed.filter(language=language)
        if root_path:
            listed = listed.filter(article__url_path__startswith=root_path)
        listed = listed.filter(list=Coalesce(OuterRef("alias_of"), OuterRef("pk")))
        counts = listed.values("list").annotate(number=Count("pk")).values("number")
        return self.annotate(article_count=Coalesce(Subquery(counts), 0))


class AuthorQuerySet(MultilingualPageQuerySet):
    def writing_with(self, author, limit):
        """Those who have written articles together with ``author``."""
        return sharing_articles(self.model, author, "bylines", kept_authors, limit)


ArticleManager = PageManager.from_queryset(ArticleQuerySet)
TopicManager = PageManager.from_queryset(TopicQuerySet)
AuthorManager = PageManager.from_queryset(AuthorQuerySet)
