"""Links to pages within rich text, in the language of the text."""

from django.utils.html import escape
from wagtail.rich_text import expand_db_html
from wagtail.rich_text.pages import PageLinkHandler

from diptych.articles.languages.config.content import strings_in
from diptych.articles.languages.config.language_config import active_language, available_languages
from diptych.articles.languages.config.signals import links_rendered
from diptych.articles.languages.models import PageLanguage
from diptych.articles.languages.routes.public_urls import public_url

#: In stored rich text with links to pages or documents.
_LINK = 'linktype="'
#: Separates texts that are expanded together; rich text has no HTML comments.
_BETWEEN = "<!--between-->"


def expanded(texts):
    """The HTML of stored rich texts, by text; the pages they link to are fetched together."""
    texts = list(dict.fromkeys(texts))
    found = expand_db_html(_BETWEEN.join(texts)).split(_BETWEEN) if texts else []
    return dict(zip(texts, found, strict=True))


def texts_with_links(stored):
    """The rich texts with links to pages or documents in ``stored``, a stored text or stream."""
    return [text for text in strings_in(stored) if _LINK in text]


def with_addresses(stored, known=None):
    """``stored`` with addresses for the pages and documents linked in its rich texts.

    ``known`` holds the HTML of some of them by text; the rest is fetched together.
    """
    known = known or {}
    html = {**known, **expanded(text for text in texts_with_links(stored) if text not in known)}
    return _replaced(stored, html) if html else stored


def _replaced(value, by_text):
    if isinstance(value, str):
        return by_text.get(value, value)
    if isinstance(value, dict):
        return {name: _replaced(each, by_text) for name, each in value.items()}
    if isinstance(value, list):
        return [_replaced(each, by_text) for each in value]
    return value


class LanguageLinkHandler(PageLinkHandler):
    """Resolves page links to the active language, else to one that is live; batched in one query.

    A link to a page that is not live in any language is rendered as its text only.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        ids = {each.get("id") for each in attrs_list if _is_number(each.get("id"))}
        links_rendered.send(cls, page_ids=ids)
        tags = {key: _opening_tag(rows) for key, rows in _rows(ids).items()}
        others = [{"id": key} for key in ids - tags.keys()]
        if others:
            of_others = super().expand_db_attributes_many(others)
            tags |= {each["id"]: tag for each, tag in zip(others, of_others, strict=True)}
        return [tags.get(each.get("id"), "<a>") for each in attrs_list]


def _is_number(value):
    return bool(value) and value.isascii() and value.isdecimal() and len(value) < 19


def _rows(ids):
    """Rows of the page × language table by page id, as strings."""
    found = {}
    rows = PageLanguage.objects.filter(page_id__in=ids).select_related("page")
    for row in rows.only("page_id", "language", "url_path", "live", "page__live"):
        found.setdefault(str(row.page_id), []).append(row)
    return found


def _opening_tag(rows):
    address = _address(rows)
    return f'<a href="{escape(address)}">' if address else "<a>"


def _address(rows):
    live = {row.language: row for row in rows if row.live and row.page.live}
    languages = [code for code in (active_language(), *available_languages()) if code in live]
    if not languages:
        return None
    return _url(live[languages[0]])


def _url(row):
    """The URL of a row, absolute if there are several sites."""
    return public_url(row.language, row.url_path)
