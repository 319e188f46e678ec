"""Full texts of articles for feeds and the API, prefetched together."""

import logging

from django.template import TemplateDoesNotExist, loader
from wagtail.blocks import StreamValue

from diptych.articles.images.renditions import attach_renditions
from diptych.articles.languages.config.fields import readable_columns, record_columns
from diptych.articles.languages.config.language_config import active_language, available_languages
from diptych.articles.languages.routes.links import with_addresses
from diptych.articles.lists.cards import attach_cards, cached_cards
from diptych.articles.lists.related_articles import related_to_each
from diptych.articles.models import ArticlePage
from diptych.articles.richtext.portable import portable

logger = logging.getLogger(__name__)

TEMPLATE = "diptych/feeds/article.html"

#: Functions of a request that typeset texts without markup; see :func:`register_typography`.
_typographies = []


def register_typography(typography):
    """Typeset titles and leads of feeds; ``typography(request)`` gives a function of a text."""
    _typographies.append(typography)


def typesetter(request):
    """A function that typesets a text without markup, as it is read on the site of ``request``."""
    functions = [typography(request) for typography in _typographies]

    def typeset(text):
        for function in functions:
            text = function(text) if text else text
        return text

    return typeset


def with_bodies(ids):
    """The articles with these primary keys in their order, with all texts of the language."""
    others = (code for code in available_languages() if code != active_language())
    unread = [name for code in others for name in readable_columns(ArticlePage, code)]
    articles = ArticlePage.objects.select_related("hero_image")
    found = articles.defer(*unread, *record_columns(ArticlePage)).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def attach_texts(articles, request, related_count):
    """Set ``feed_text`` on ``articles`` and prefetch people, topics, addresses and images.

    Sets ``feed_body`` too, the body as a program reads it, ``feed_links``, the articles that bodies
    link to, by id, and ``feed_related``, the related articles of its page. The number of queries is
    constant.
    Without the template for feeds, as in a project with other themes, the text is empty.
    """
    related = related_to_each(articles, active_language(), related_count)
    linked = {*_linked_ids(articles), *(pk for ids in related.values() for pk in ids)}
    cards = {card.pk: card for card in cached_cards({*linked, *(each.pk for each in articles)})}
    attach_cards(articles, cards)
    linked = {pk: card for pk, card in cards.items() if pk in linked}
    bodies = _bodies(articles, linked)
    attach_renditions(
        [image for body in bodies.values() for image in body.stream_block.images_in(body)]
    )
    corrections = _corrections(articles)
    for article in articles:
        ids = related.get(article.pk, ())
        article.feed_related = [linked[pk] for pk in ids if pk in linked]
        article.feed_related_on_topic = article.are_on_topic(ids, article.feed_related)
        article.feed_links, article.feed_body = linked, bodies.get(article.pk)
        article.feed_corrections = corrections[article.pk]
        article.feed_text = _rendered(article, article.feed_body, linked, request)


def _rendered(article, body, linked, request):
    context = {
        "page": article,
        "article": article,
        "body": body,
        "corrections": article.feed_corrections,
        "linked_articles": linked,
        "related": article.feed_related,
        "related_on_topic": article.feed_related_on_topic,
        "request": request,
    }
    try:
        html = loader.render_to_string(TEMPLATE, context)
    except TemplateDoesNotExist as error:
        logger.warning("Feeds are without texts: there is no template %s.", error)
        return ""
    return portable(html, article.get_full_url(request))


def _linked_ids(articles):
    """Primary keys of the articles linked by blocks of ``articles``."""
    written = [article.body for article in articles if article.body]
    return {pk for body in written for pk in body.stream_block.linked_ids(body)}


def _bodies(articles, linked):
    """The bodies of ``articles`` by primary key, with their linked articles."""
    written = [article for article in articles if article.body]
    if not written:
        return {}
    block = written[0].body.stream_block
    stored = with_addresses([list(article.body.raw_data) for article in written])
    bodies = [StreamValue(block, each, is_lazy=True) for each in stored]
    read = block.all_for_readers(bodies, linked)
    return {article.pk: body for article, body in zip(written, read, strict=True)}


def _corrections(articles):
    """The corrections of ``articles`` by primary key, with the linked pages; one query."""
    read = {article.pk: article.corrections_read for article in articles}
    stored = with_addresses([list(each.raw_data) for each in read.values()])
    return {
        pk: StreamValue(each.stream_block, blocks, is_lazy=True)
        for (pk, each), blocks in zip(read.items(), stored, strict=True)
    }
