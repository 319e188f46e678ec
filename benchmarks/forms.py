"""What the browser of an editor posts, for an article and for a stock page alike."""

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from benchmarks.stock.models import StockPage
from benchmarks.texts import PARAGRAPHS, SENTENCES, SLUGS, paragraph
from diptych.articles.languages.config.language_config import available_languages
from tests.articles.languages.editor import opened_on

PUBLISH = "action-publish"
PUBLISH_ALL = "action-publish-all-languages"
PUBLISH_ONE = "action-publish-only-{}"
#: What makes the admin treat a post as made by the browser itself.
AUTOSAVE = {"Accept": "application/json"}

_rich_text = {}


def article_form(page, headlines, press=None, **values):
    """The whole form of ``page``, complete in every language, with new ``headlines``.

    ``headlines`` is a dictionary by language; ``press`` is the button, none saves a draft.
    """
    data = {
        "source_language": page.source_language,
        "hero_image": page.hero_image_id,
        "comments": inline_formset([]),
        "authors": _rows(page.authors.all(), "author_id", role_fr="", role_en=""),
        "topics": _rows(page.topics.all(), "topic_id"),
        "picks": _rows(page.picks.all(), "suggestion_id"),
        "exclusions": inline_formset([]),
    }
    for language in available_languages():
        data |= _texts(page, language, headlines[language])
    if isinstance(page, StockPage):
        first = available_languages()[0]
        data |= {"title": headlines[first], "slug": page.slug}
    return _posted({**data, **opened_on(page), **values}, press)


def section_form(section, slugs, press):
    """The form of a list of articles, given a new address in each language."""
    data = {"source_language": section.source_language, "comments": inline_formset([])}
    for language in available_languages():
        data |= {
            f"headline_{language}": section.text_in("headline", language),
            f"url_slug_{language}": slugs[language],
            f"introduction_{language}": "",
            f"meta_title_{language}": "",
            f"meta_description_{language}": "",
        }
    return _posted({**data, **opened_on(section)}, press)


def _texts(page, language, headline):
    sentence = SENTENCES[language]
    if language not in _rich_text:
        _rich_text[language] = rich_text(paragraph(language))
    heading = ("heading", {"text": headline, "level": "h2"})
    text = [heading, *[("paragraph", _rich_text[language])] * PARAGRAPHS]
    slug = getattr(page, f"url_slug_{language}") or f"{SLUGS[language]}-stock"
    return {
        f"headline_{language}": headline,
        f"url_slug_{language}": slug,
        f"lead_{language}": sentence,
        f"body_{language}": streamfield(text),
        f"corrections_{language}": streamfield([]),
        f"meta_title_{language}": "",
        f"meta_description_{language}": "",
        f"hero_alt_{language}": "",
        f"hero_caption_{language}": "",
    }


def _rows(children, target, **values):
    """The posted rows of saved children: ``target`` is the attribute that holds their page."""
    name = target.removesuffix("_id")
    rows = [
        {"id": child.pk or "", name: getattr(child, target), "ORDER": place, **values}
        for place, child in enumerate(children, start=1)
    ]
    return inline_formset(rows, initial=sum(1 for row in rows if row["id"]))


def _posted(data, press):
    if press:
        data[press] = "1"
    return {
        name: "" if value is None else str(value) for name, value in nested_form_data(data).items()
    }
