"""Items of exports for the tests of importing, and what is stored of them."""

import re
from datetime import UTC, datetime
from html import escape

from wagtail.blocks import StreamValue
from wagtail.models import Page

from diptych.articles.languages.config.fields import written_columns
from diptych.articles.models import ArticlePage
from diptych.articles.transfer.models import ImportedItem
from tests.wordpress_exports import HOST

#: Later than all dates of the exports.
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
LINKED = re.compile(r'(?<=linktype="page" id=")\d+(?=")')
LEAD = "<excerpt:encoded>Un chapeau.</excerpt:encoded>"
ENGLISH_LEAD = "<excerpt:encoded>A lead.</excerpt:encoded>"


def category(slug, name, domain="category"):
    return f'<category domain="{domain}" nicename="{slug}">{escape(name)}</category>'


def meta(key, value):
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{escape(value)}"
        "</wp:meta_value></wp:postmeta>"
    )


def item(pk, language="fr", inside="", *, group=None, kind="post", content=None, **texts):
    """An ``<item>`` in a language; ``texts`` are elements of ``wp:``."""
    texts = {"status": "publish", "post_name": f"texte-{pk}", **texts}
    fields = "".join(f"<wp:{name}>{escape(text)}</wp:{name}>" for name, text in texts.items())
    said = category(language, language, "language") if language else ""
    said += category(group, group, "post_translations") if group else ""
    content = f"<p>Corps {pk}.</p>\n\n<p>Suite {pk}.</p>" if content is None else content
    return (
        f"<item><title>Titre {pk}</title><link>https://{HOST}/texte-{pk}/</link>"
        f"<dc:creator>claire</dc:creator><content:encoded>{escape(content)}</content:encoded>"
        f"<wp:post_id>{pk}</wp:post_id><wp:post_type>{kind}</wp:post_type>"
        f"<wp:post_date_gmt>2012-05-0{pk % 9 + 1} 08:00:00</wp:post_date_gmt>"
        f"<wp:post_modified_gmt>2013-05-0{pk % 9 + 1} 08:00:00</wp:post_modified_gmt>"
        f"{fields}{said}{inside}</item>"
    )


PAIR = (
    item(1, "fr", LEAD + category("climat", "Climat"), group="pll_1"),
    item(2, "en", ENGLISH_LEAD + category("climate", "Climate"), group="pll_1"),
)
AUTHOR = (
    "<wp:author><wp:author_login>claire</wp:author_login>"
    "<wp:author_display_name>Claire Dubois</wp:author_display_name></wp:author>"
)


def paragraphs(content, *, language, media, links, notes, **others):
    """Stands for the conversion: a paragraph for each part; addresses become links."""
    blocks = []
    for number, part in enumerate(filter(None, content.split("\n\n"))):
        text = part.removeprefix("<p>").removesuffix("</p>")
        if text.startswith("https://"):
            page = links(text)
            target = f'linktype="page" id="{page}"' if isinstance(page, int) else f'href="{text}"'
            text = f"<a {target}>lien</a>"
        blocks.append({"type": "paragraph", "value": f"<p>{text}</p>", "id": f"{language}{number}"})
    return blocks


def outcomes(report):
    return {int(each.id): each.outcome for each in report.entries}


def reason(report, pk):
    return next(each.reason for each in report.entries if each.id == str(pk))


def page_of(pk):
    return ImportedItem.objects.get(kind__in=["post", "page"], key=str(pk)).target


def described(page):
    """All that an import writes of a page, as JSON has it: what is empty is left out."""
    draft = page.get_latest_revision_as_object()
    names = [name for code in ("fr", "en") for name in written_columns(type(page), code)]
    dates = [f"{name}_at_{code}" for code in ("fr", "en") for name in ("first_public", "updated")]
    values = {
        name: _plain(getattr(draft, name))
        for name in [*names, "series", "family_name", "source_language"]
        if hasattr(draft, name)
    }
    values |= {name: _old(getattr(page, name)) for name in dates}
    for relation, name in (("authors", "author"), ("topics", "topic")):
        rows = getattr(page, relation).all() if isinstance(page, ArticlePage) else ()
        values[relation] = [getattr(row, name).title for row in rows]
    values |= {"part": getattr(page, "series_part", None), "live": page.live_languages}
    place = {"type": type(page).__name__, "below": page.get_parent().title}
    return place | {name: value for name, value in values.items() if value}


def _old(date):
    """A date that the export gives, and not that of the test."""
    return date.isoformat() if date and date < SINCE else ""


def _plain(value):
    if isinstance(value, Page):
        return value.title
    if isinstance(value, StreamValue):
        return [[block.block_type, _naming_pages(block.value.source)] for block in value]
    return str(value or "")


def _naming_pages(text):
    """``text`` with the titles of the pages that it links to in place of their keys."""
    return LINKED.sub(lambda key: Page.objects.get(pk=key[0]).title, str(text))


def imported_pages():
    """The pages that items of an export have become, the first one first."""
    targets = [each.target for each in ImportedItem.objects.order_by("pk")]
    pages = dict.fromkeys(each for each in targets if isinstance(each, Page))
    return list(pages)


def stored():
    """All rows of what an import makes, but for when."""
    pages = [
        (type(page).__name__, page.url_path, page.get_latest_revision_as_object().to_json())
        for page in Page.objects.order_by("path").specific()
    ]
    rows = ImportedItem.objects.order_by("kind", "key")
    return pages, list(rows.values_list("kind", "key", "language", "object_id"))
