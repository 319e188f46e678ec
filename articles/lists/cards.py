"""Data for cards of articles, fetched together and cached in memory."""

from django.apps import apps
from django.db.models import Prefetch, prefetch_related_objects
from wagtail.images import get_image_model

from diptych.articles.caching.tagged_cache import TaggedCache
from diptych.articles.images.renditions import attach_renditions
from diptych.articles.languages.config.language_config import active_language, column
from diptych.articles.languages.index.querysets import PAGE_COLUMNS, address_lookup, plain

#: The columns of a card that are the same in every language, and those that are not.
CARD_COLUMNS = ("hero_image", "publication_date")
CARD_TEXTS = ("headline", "lead", "hero_alt", "hero_caption", "first_public_at", "updated_at")


def card_columns():
    texts = (column(name, active_language()) for name in CARD_TEXTS)
    return [*PAGE_COLUMNS, *CARD_COLUMNS, *texts]


#: Articles by language, with all that their cards show: 13 kB each, 8 MB in all.
_cards = TaggedCache(size=600)


def cached_cards(ids):
    """The articles with these ids that any visitor may see in the active language, in this order.

    They have all that cards show. Those in memory are not fetched.
    """
    found = _cards.get_pages(active_language(), ids, _cards_to_keep, _tags_of_card)
    return [found[pk] for pk in ids if pk in found]


def _cards_to_keep(ids):
    """Those of the articles that any visitor may see, with all that cards show, by id.

    Four queries, however many articles there are, and others for authors and topics that are not in
    memory.
    """
    found = apps.get_model("diptych", "ArticlePage").objects.for_cards().in_bulk(ids)
    articles = found.values()
    attach_people_and_topics(articles)
    attach_addresses(articles)
    attach_renditions([article.hero_image for article in articles])
    return {each.pk: each for each in articles if each.is_visible_in(active_language())}


def _tags_of_card(article):
    """The objects that come with a card: authors with their photos, topics and the picture."""
    authors = [entry.author for entry in article.authors.all()]
    pages = (*authors, *(entry.topic for entry in article.topics.all()))
    images = {article.hero_image_id, *(author.photo_id for author in authors)} - {None}
    return [*(f"page:{each.pk}" for each in pages), *(f"image:{pk}" for pk in images)]


def attach_from_card(article, card):
    """Attach authors, topics and main picture of a served ``article``, as its ``card`` has them.

    Completes ``cached_tags`` if the article has any, or takes them away. Returns whether it could:
    a draft or a preview has no card.
    """
    own, article.cached_tags = article.cached_tags, ()
    if card is None or not card.cached_tags or not _are_kept(card, article.credited):
        return False
    _attach_card(article, card)
    credited = (f"page:{each.pk}" for each in (article.series, *article.credited) if each)
    article.cached_tags = own and (*own, *card.cached_tags, *credited)
    return True


def attach_cards(articles, cards):
    """Attach authors, topics, addresses and main pictures of ``articles`` as their cards have them.

    The articles are as they are stored; ``cards`` are by id. What has no card, or one that is not
    the same for all, is fetched together.
    """
    others = []
    for article in articles:
        card = cards.get(article.pk)
        if card is not None and card.cached_tags and _are_kept(card):
            _attach_card(article, card)
            article._language_rows = card.language_rows
        else:
            others.append(article)
    attach_people_and_topics(others)
    attach_addresses(others)
    attach_renditions([article.hero_image for article in others])


def _attach_card(article, card):
    article._prefetched_objects_cache = dict(card._prefetched_objects_cache)
    attach_objects([article], "hero_image", {card.hero_image_id: card.hero_image})


def _are_kept(card, credited=()):
    """Whether all who are named and the topics come from memory, as what was never live does not.

    ``credited`` are those who translated and reviewed the text.
    """
    shown = [*credited, *(entry.author for entry in card.authors.all())]
    shown += [entry.topic for entry in card.topics.all()]
    return all(each.cached_tags for each in shown)


def attach_objects(owners, name, found):
    """Set the foreign key ``name`` of each of ``owners`` to its object in ``found``, by id."""
    for owner in owners:
        each = found.get(getattr(owner, f"{name}_id"))
        if each is not None:
            setattr(owner, name, each)


def attach_people_and_topics(articles):
    """Fetch the authors and the topics of ``articles`` in the active language; two queries.

    Those that are not in memory are fetched, with their addresses and photos, by others.
    """
    _attach(articles, "authors", "author", kept_authors, column("role", active_language()))
    _attach(articles, "topics", "topic", cached_topics)


def _attach(articles, name, page, kept_pages, *columns):
    """Set the rows ``name`` of ``articles``, each with its ``page``, one of ``kept_pages``.

    ``columns`` are those to fetch of the row. An unsaved article in a preview keeps the rows it
    has.
    """
    model = apps.get_model("diptych", "ArticlePage")._meta.get_field(name).related_model
    entries = (
        plain(model).only("article", "sort_order", page, *columns).order_by("sort_order", "pk")
    )
    stored = [article for article in articles if article.pk]
    if stored:
        prefetch_related_objects(stored, Prefetch(name, queryset=entries))
    entries = [entry for article in articles for entry in getattr(article, name).all()]
    ids = {getattr(entry, f"{page}_id") for entry in entries} - {None}
    attach_objects(entries, page, kept_pages(ids))


#: Authors, topics and series by language, with their addresses.
_pages_of_articles = TaggedCache(size=1000)


def cached_topics(ids):
    """The topics with these ids, by id, with headline, description and address."""
    return _kept_pages("TopicPage", ids, ("headline", "description"))


def kept_authors(ids):
    """The authors with these ids, by id, with names, texts, address, and photo with its sizes."""
    texts = ("headline", "role", "biography")
    return _kept_pages("AuthorPage", ids, texts, ("photo",), ("family_name",))


def kept_series(ids):
    """The series with these ids, by id, with headline and address."""
    return _kept_pages("SeriesPage", ids, ("headline",))


def _kept_pages(name, ids, texts, images=(), shared=()):
    """Pages of a model by id, with ``texts`` of the active language; ``images`` are relations.

    ``shared`` are other columns.
    """
    model, language = apps.get_model("diptych", name), active_language()
    columns = [*PAGE_COLUMNS, *images, *shared, *(column(each, language) for each in texts)]

    def fetched(missing):
        pages = plain(model).only(*columns).in_bulk(missing)
        attach_addresses([], *pages.values())
        for each in images:
            attach_images(pages.values(), each)
        return pages

    def tags_of(page):
        numbers = (getattr(page, f"{each}_id") for each in images)
        return [f"image:{pk}" for pk in numbers if pk]

    return _pages_of_articles.get_pages((model, language), ids, fetched, tags_of)


def attach_images(pages, name):
    """Fetch the images that ``pages`` refer to as ``name``, with their sizes; two queries."""
    ids = {getattr(page, f"{name}_id") for page in pages} - {None}
    if ids:
        images = plain(get_image_model()).in_bulk(ids)
        attach_objects(pages, name, images)
        attach_renditions(images.values())


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
