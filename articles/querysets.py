"""Querysets of articles, authors and topics: filters, ordering and prefetching."""

from copy import copy

from anyascii import anyascii
from django.apps import apps
from django.db.models import (
    Count,
    DateTimeField,
    F,
    OuterRef,
    Prefetch,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from wagtail.models import PageManager

from articles.article_lists import ArticleList
from articles.caching.kept import KeptValues
from articles.images.renditions import attach_renditions
from articles.languages.aliases import original_id
from articles.languages.available import active_language, column
from articles.languages.querysets import (
    PAGE_COLUMNS,
    LanguagePageQuerySet,
    address_lookup,
    plain,
)
from articles.languages.sites import root_path_above

#: The columns of a card that are the same in every language, and those that are not.
CARD_COLUMNS = ("hero_image", "publication_date")
CARD_TEXTS = ("headline", "lead", "hero_alt", "hero_caption", "first_public_at", "updated_at")


class ArticleQuerySet(LanguagePageQuerySet):
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
        """Fetch the columns that a card shows, and its picture; see :func:`ready_cards`.

        Texts are those of the active language. Any other column is fetched when it is read.
        """
        return self.only(*card_columns()).select_related("hero_image")


def card_columns():
    texts = (column(name, active_language()) for name in CARD_TEXTS)
    return [*PAGE_COLUMNS, *CARD_COLUMNS, *texts]


def cards_of(ids):
    """The articles with these ids, by id, with the columns of cards and without pictures."""
    articles = plain(apps.get_model("diptych", "ArticlePage"))
    return articles.only(*card_columns()).in_bulk(ids) if ids else {}


def ready_cards(articles, *others):
    """Fetch authors, topics, addresses and picture sizes for a list of articles on one page.

    ``others`` are further pages shown on it, whose addresses are fetched along. Four queries,
    however many articles there are. Returns ``articles`` as a list.
    """
    articles = list(articles)
    attach_people_and_topics(articles)
    attach_addresses(articles, *others)
    attach_renditions([article.hero_image for article in articles])
    return articles


def attach_objects(owners, name, found):
    """Set the foreign key ``name`` of each of ``owners`` to its object in ``found``, by id."""
    for owner in owners:
        each = found.get(getattr(owner, f"{name}_id"))
        if each is not None:
            setattr(owner, name, each)


def attach_people_and_topics(articles):
    """Fetch the authors of ``articles`` and the topics, in the active language.

    Two queries, and others for what is not in memory.
    """
    attach_people(articles)
    attach_topics(articles)


def attach_people(articles):
    """Fetch the authors of ``articles`` in the active language, without photos; one query.

    Authors that are not in memory are fetched with their addresses, by two more.
    """
    role = column("role", active_language())
    _attach(articles, "authors", "author", ("headline", "role", "biography"), ("photo",), (role,))


def attach_topics(articles):
    """Fetch the topics of ``articles`` in the active language; as :func:`attach_people`."""
    _attach(articles, "topics", "topic", ("headline",))


#: Authors and topics by language, with their addresses.
_pages_of_articles = KeptValues(size=2000)


def _attach(articles, name, page, texts, columns=(), own=()):
    """Set the rows ``name`` of ``articles``, each with its ``page``.

    ``texts`` and ``columns`` are those to fetch of the page beside its address, ``own`` those of
    the row. An unsaved article in a preview keeps the rows it has.
    """
    model = apps.get_model("diptych", "ArticlePage")._meta.get_field(name).related_model
    entries = plain(model).only("article", "sort_order", page, *own).order_by("sort_order", "pk")
    stored = [article for article in articles if article.pk]
    if stored:
        prefetch_related_objects(stored, Prefetch(name, queryset=entries))
    language, target = active_language(), model._meta.get_field(page).related_model
    columns = [*PAGE_COLUMNS, *columns, *(column(each, language) for each in texts)]

    def fetched(ids):
        pages = plain(target).only(*columns).in_bulk(ids)
        attach_addresses([], *pages.values())
        return pages

    entries = [entry for article in articles for entry in getattr(article, name).all()]
    ids = {getattr(entry, f"{page}_id") for entry in entries} - {None}
    kept = _pages_of_articles.get_pages((target, language), ids, fetched)
    attach_objects(entries, page, {pk: copy(each) for pk, each in kept.items()})


def attach_addresses(articles, *others):
    """Fetch the addresses of ``articles``, their authors and topics, and ``others``; one query.

    Those that have theirs keep them.
    """
    pages = [*articles, *others]
    for article in articles:
        pages += [entry.author for entry in article.authors.all()]
        pages += [entry.topic for entry in article.topics.all()]
    pages = [each for each in pages if each and each.pk and "_language_rows" not in vars(each)]
    if pages:
        prefetch_related_objects(pages, address_lookup())


def alphabetical(pages):
    """``pages`` as a list in alphabetical order, ignoring accents and case."""
    return sorted(pages, key=lambda page: dictionary_key(page.headline or page.title))


def dictionary_key(name):
    """The sort key of a name, without accents and case."""
    return anyascii(name).casefold()


#: The pages that share most articles with a page, with how many these are.
_sharing = KeptValues(size=2000)


def sharing_articles(pages, page, entries, language, limit):
    """Of ``pages``, the others that stand on articles of ``page``; those that share most first.

    ``entries`` are the rows that connect each of them to articles, as it calls them. Only
    articles and pages of the site count that readers of ``language`` can open. ``shared_count``
    says how many. At most ``limit``, as a list; which they are is kept in memory.
    """
    key = (pages.model, page.pk, language, limit)
    kind = pages.model._meta.get_field(entries).field.name
    most = _sharing.get(
        key,
        [f"list:{language}", f"{kind}:{original_id(page)}"],
        lambda: _most_shared(pages, page, entries, language)[:limit],
    )
    found = pages.in_bulk([pk for pk, _number in most])
    for pk, number in most:
        if pk in found:
            found[pk].shared_count = number
    return [found[pk] for pk, _number in most if pk in found]


def _most_shared(pages, page, entries, language):
    """Pairs of a primary key and a number of articles."""
    relation = pages.model._meta.get_field(entries)
    name, own = relation.field.attname, original_id(page)
    articles = ArticleList(language, own, on_site_of=page).entries.order_by().values("article")
    rows = relation.related_model.objects.order_by().filter(article__in=articles)
    counts = dict(rows.values_list(name).annotate(Count("article", distinct=True)))
    readable = pages.model.objects.visible_in(language).gathered_for(page).exclude(pk=own)
    names = readable.order_by().values_list("pk", column("headline", language))
    ranked = sorted((-counts[pk], headline or "", pk) for pk, headline in names if pk in counts)
    return [(pk, -number) for number, _headline, pk in ranked]


class TopicQuerySet(LanguagePageQuerySet):
    def beside(self, topic, language, limit):
        """The topics that stand on the same articles as ``topic``."""
        topics = self.only(*PAGE_COLUMNS, column("headline", language))
        return sharing_articles(topics, topic, "entries", language, limit)

    def with_article_counts(self, page, language=None):
        """Annotate ``article_count``, the number of articles visible in the language.

        Only articles of the site of ``page`` are counted.
        """
        listed = apps.get_model("diptych", "ListedArticle").objects.order_by()
        listed = listed.filter(language=language or active_language())
        if root_path := root_path_above(page):
            listed = listed.filter(article__url_path__startswith=root_path)
        listed = listed.filter(list=Coalesce(OuterRef("alias_of"), OuterRef("pk")))
        counts = listed.values("list").annotate(number=Count("pk")).values("number")
        return self.annotate(article_count=Coalesce(Subquery(counts), 0))


class AuthorQuerySet(LanguagePageQuerySet):
    def writing_with(self, author, language, limit):
        """Those who have written articles together with ``author``."""
        authors = self.only(*PAGE_COLUMNS, "photo", column("headline", language))
        authors = authors.select_related("photo")
        return sharing_articles(authors, author, "bylines", language, limit)

    def for_bylines(self):
        """With photo and addresses."""
        return self.select_related("photo").with_addresses()


ArticleManager = PageManager.from_queryset(ArticleQuerySet)
TopicManager = PageManager.from_queryset(TopicQuerySet)
AuthorManager = PageManager.from_queryset(AuthorQuerySet)
