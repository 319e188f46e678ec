"""Full texts of articles for feeds and the API, prefetched together."""

import logging
import re
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.template import TemplateDoesNotExist, loader
from wagtail.blocks import StreamValue
from wagtail.models import Site
from wagtail.rich_text import expand_db_html

from articles.blocks.stored import strings_in
from articles.caching.kept import KeptValues
from articles.images.renditions import attach_renditions
from articles.languages.available import active_language, available_languages
from articles.languages.fields import readable_columns, record_columns
from articles.models import ArticlePage
from articles.querysets import attach_addresses, attach_people_and_topics
from articles.related_articles import related_to_each

#: White space of templates between elements, without no-break spaces.
SPACES = re.compile(r"[ \t\r\n]+")

#: Elements removed with their content.
LEFT_OUT = (
    "script, style, template, svg, button, form, input, iframe, object, noscript, "
    "source, [hidden], [aria-hidden=true], [data-on-site]"
)
#: Links of headings to themselves, removed.
LINKED_HEADINGS = ":is(h1, h2, h3, h4) > a[href^='#']"
#: Elements replaced by their content.
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
#: Attributes for language and direction, kept.
EVERYWHERE = ("lang", "dir")


def portable(html, address):
    """``html`` of the page at ``address`` without scripts, styles and relative addresses."""
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
    """Make the address in an attribute absolute; remove an invalid one."""
    try:
        element[name] = urljoin(address, element[name])
    except ValueError:
        del element[name]


logger = logging.getLogger(__name__)

TEMPLATE = "diptych/feeds/article.html"
#: Stored links to pages and documents, and the separator of joined texts.
LINK, BETWEEN = 'linktype="', "<!--between-->"


def with_bodies(ids):
    """The articles with these primary keys in their order, with all texts of the language."""
    others = (code for code in available_languages() if code != active_language())
    unread = [name for code in others for name in readable_columns(ArticlePage, code)]
    articles = ArticlePage.objects.select_related("hero_image")
    found = articles.defer(*unread, *record_columns(ArticlePage)).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def attach_texts(articles, request, related_count):
    """Set ``feed_text`` on ``articles`` and prefetch people, topics, addresses and images.

    Sets ``feed_related`` too, the related articles of its page. The number of queries is constant.
    Without the template for feeds, as in a project with other themes, the text is empty.
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
    attach_renditions([*heroes, *images, *cards])
    for article in articles:
        ids = related.get(article.pk, ())
        article.feed_related = [linked[pk] for pk in ids if pk in linked]
        article.feed_text = _kept_text(article, bodies.get(article.pk), linked, request)


#: The texts of articles, which depend on what is linked in them and on all images.
_texts = KeptValues(size=500)


def _kept_text(article, body, linked, request):
    """The text of ``article`` on the site of ``request``, kept in memory until it may differ."""
    site, language = Site.find_for_request(request), active_language()
    tags = [
        *(f"{kind}:{article.pk}" for kind in ("page", "related")),
        *(f"{kind}:{language}" for kind in ("list", "texts")),
        *("image:any", "settings", "theme"),
    ]
    key = (article.pk, language, site and site.pk)
    return _texts.get(key, tags, lambda: _rendered(article, body, linked, request))


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
    """Primary keys of the articles linked by blocks of ``articles``."""
    written = [article.body for article in articles if article.body]
    return {pk for body in written for pk in body.stream_block.linked_ids(body)}


def _bodies(articles, linked):
    """The bodies of ``articles`` by primary key, with their linked articles.

    All blocks are loaded as one stream, so that their objects are fetched together.
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
    """The stored blocks of ``article``, with ids that name the article."""
    for number, each in enumerate(article.body.raw_data):
        yield {**each, "id": f"{article.pk}:{number}"}


def _readable(ids):
    if not ids:
        return {}
    visible = ArticlePage.objects.visible_in(active_language())
    return visible.for_cards().in_bulk(ids)


def _with_addresses(stored):
    """``stored`` with addresses for the pages and documents linked in its rich texts."""
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
