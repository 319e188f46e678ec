"""The whole text of many articles, with everything it shows fetched for all of them together."""

import logging
import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.template import TemplateDoesNotExist, loader
from wagtail.blocks import StreamValue
from wagtail.rich_text import expand_db_html

from articles.blocks.stored import strings_in
from articles.images.pictures import CARD, HERO, INLINE, attach_renditions
from articles.languages.available import active_language
from articles.models import ArticlePage
from articles.querysets import attach_addresses, attach_people_and_topics
from articles.related.several import related_to_each

#: What a template leaves between elements; spaces that keep words together are none of it.
SPACES = re.compile(r"[ \t\r\n]+")

#: What only works on the site, or only shows there.
LEFT_OUT = (
    "script, style, template, svg, button, form, input, iframe, object, noscript, "
    "source, [hidden], [aria-hidden=true], [data-on-site]"
)
#: Headings lead to themselves only where their page is.
LINKED_HEADINGS = ":is(h1, h2, h3, h4) > a[href^='#']"
#: What is only there to be styled.
FRAMES = ("div", "span", "picture", "section", "header", "footer")
KEPT = {
    "a": ("href", "hreflang"),
    "img": ("src", "alt", "width", "height"),
    "blockquote": ("cite",),
    "time": ("datetime",),
    "th": ("scope", "colspan", "rowspan"),
    "td": ("colspan", "rowspan"),
    "ol": ("start",),
}
#: Attributes that say in which language and direction a passage is to be read.
EVERYWHERE = ("lang", "dir")


def portable(html, address):
    """``html`` from the page at ``address``, for programs that show it elsewhere."""
    document = BeautifulSoup(html, "html.parser")
    for element in document.select(LEFT_OUT):
        element.decompose()
    for element in document.select(LINKED_HEADINGS):
        element.unwrap()
    for element in document.find_all(True):
        _make_plain(element, address)
    return SPACES.sub(" ", str(document)).strip()


def _make_plain(element, address):
    kept = (*KEPT.get(element.name, ()), *EVERYWHERE)
    element.attrs = {name: value for name, value in element.attrs.items() if name in kept}
    for name in ("href", "src"):
        if element.get(name):
            _make_absolute(element, name, address)
    if element.name in FRAMES and not element.attrs:
        element.unwrap()


def _make_absolute(element, name, address):
    """Give an attribute the whole address; one that is no address is left out."""
    try:
        element[name] = urljoin(address, element[name])
    except ValueError:
        del element[name]


logger = logging.getLogger(__name__)

TEMPLATE = "diptych/feeds/article.html"
#: How a link to a page or a document is stored, and what stands between texts joined for it.
LINK, BETWEEN = 'linktype="', "<!--between-->"


def attach_texts(articles, request, related_count):
    """Give each of ``articles`` its ``feed_text``, and fetch people, topics, addresses, pictures.

    It gets ``feed_related`` too, up to so many articles that stand below it on its page. The
    number of queries is the same for one article and for many. Without a template to render it,
    as in a project with other themes, an article has no text.
    """
    related = related_to_each(articles, active_language(), related_count)
    linked = _readable({*_linked_ids(articles), *(pk for ids in related.values() for pk in ids)})
    everyone = [*articles, *linked.values()]
    attach_people_and_topics(everyone)
    attach_addresses(everyone)
    bodies = _bodies(articles, linked)
    heroes = [article.hero_image for article in articles]
    cards = [article.hero_image for article in linked.values()]
    images = [image for body in bodies.values() for image in body.stream_block.images_in(body)]
    attach_renditions([*heroes, *images, *cards], HERO, INLINE, CARD)
    for article in articles:
        ids = related.get(article.pk, ())
        article.feed_related = [linked[pk] for pk in ids if pk in linked]
        article.feed_text = _rendered(article, bodies.get(article.pk), linked, request)


def _rendered(article, body, linked, request):
    context = {
        "page": article,
        "article": article,
        "body": body,
        "linked_articles": linked,
        "related": article.feed_related,
        "related_on_topic": article.shares_a_topic_with_each(article.feed_related),
        "request": request,
    }
    try:
        html = loader.render_to_string(TEMPLATE, context)
    except TemplateDoesNotExist as error:
        logger.warning("Feeds are without texts: there is no template %s.", error)
        return ""
    return portable(html, article.get_full_url(request))


def _linked_ids(articles):
    """The ids of the articles that ``articles`` link to in blocks of their bodies."""
    written = [article.body for article in articles if article.body]
    return {pk for body in written for pk in body.stream_block.linked_ids(body)}


def _bodies(articles, linked):
    """The bodies of ``articles`` by id, as readers see them, with the articles linked to in them.

    All blocks are read as if they were of one body, so that what they show is fetched at once.
    """
    written = [article for article in articles if article.body]
    if not written:
        return {}
    block = written[0].body.stream_block
    stored = [each for article in written for each in _marked(article)]
    everything = block.as_read(StreamValue(block, _with_addresses(stored), is_lazy=True), linked)
    children = {article.pk: [] for article in written}
    for child in everything:
        children[int(child.id.partition(":")[0])].append(child)
    return {pk: StreamValue(block, found) for pk, found in children.items()}


def _marked(article):
    """The stored blocks of ``article``, each with an id that says which article it belongs to."""
    for number, each in enumerate(article.body.raw_data):
        yield {**each, "id": f"{article.pk}:{number}"}


def _readable(ids):
    if not ids:
        return {}
    visible = ArticlePage.objects.visible_in(active_language())
    return visible.for_cards().in_bulk(ids)


def _with_addresses(stored):
    """``stored`` with the address of every page and document that its rich texts link to."""
    texts = list(dict.fromkeys(text for text in strings_in(stored) if LINK in text))
    if not texts:
        return stored
    expanded = expand_db_html(BETWEEN.join(texts)).split(BETWEEN)
    return _replaced(stored, dict(zip(texts, expanded, strict=True)))


def _replaced(value, by_text):
    if isinstance(value, str):
        return by_text.get(value, value)
    if isinstance(value, dict):
        return {name: _replaced(each, by_text) for name, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, by_text) for each in value]
    return value
