"""No page says anything to its readers in the language that is not theirs.

The words of the interface are known: both languages of each stand in the catalogues. A journal
with everything in it is fetched page by page, and nothing of the other language may be read on
it, be it text, a label for screen readers or the description of a picture. What stands inside
an element that names another language is left out.
"""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils import timezone, translation

from diptych.articles.models import ArticleIndexPage, JournalSettings, SeriesPage, TopicPage
from tests.contracts.reading import Reading, interface, pattern_of
from tests.factories import (
    BOTH,
    blocks,
    make_article,
    make_author,
    make_image,
    make_journal,
    make_page,
    make_plain_page,
    make_topic,
    publish_draft,
)

OTHER = {"fr": "en", "en": "fr"}

#: What is written in an article holds this word and no word of the interface.
WRITTEN = {"fr": "tournesol", "en": "marigold"}

#: Words that stand somewhere in the journal, one for each kind of page and part of a page.
EXPECTED = {
    "fr": [
        "Aller au contenu",
        "Autres articles",
        "Par Léa Rochat",
        "Mis à jour le",
        "Encadré",
        "Lire aussi",
        "Notes",
        "Épisode 1 sur 1",
        "Partager cet article",
        "Page suivante",
        "Qui signe cet article",
        "Dans la même thématique, la rédaction vous propose les articles suivants",
        "Aucun article dans cette thématique pour l’instant.",
        "Résultats de la recherche",
        "32 articles pour «\u202ftournesol\u202f»",
        "Aucun résultat pour «\u202fnothingofthekind\u202f»",
        "Cette page n’existe pas",
        "Pas dans cette langue",
        "Cet article n’est pas disponible en français",
    ],
    "en": [
        "Skip to content",
        "More articles",
        "By Léa Rochat",
        "Updated",
        "Note",
        "Further reading",
        "Notes",
        "Part 1 of 1",
        "Share this article",
        "Next page",
        "About the author",
        "On the same topic, our editors suggest",
        "No article on this topic yet.",
        "Search results for",
        "32 articles for “marigold”",
        "Nothing found for “nothingofthekind”",
        "This page does not exist",
        "Not in this language",
        "This article does not exist in English yet",
    ],
}


@pytest.fixture(scope="module")
def foreign():
    """For each language, what must not be read in it: the words the other one has alone."""
    texts = {language: interface(language) for language in BOTH}
    return {
        language: [
            *(pattern_of(text) for text in sorted(texts[other] - texts[language])),
            pattern_of(WRITTEN[other]),
        ]
        for language, other in OTHER.items()
    }


def strangers(html, language, foreign):
    """What ``html``, meant for readers of ``language``, says in the other one."""
    reading = Reading(html)
    assert reading.language == language
    return sorted(
        f"{found[0]!r} in {words[:80]!r}"
        for words in reading.words
        for pattern in foreign[language]
        if (found := pattern.search(words))
    )


# A journal with everything in it


def full_body(language, image, article):
    """One block of each kind; of those that have optional words, one without any."""
    word = WRITTEN[language]
    picture = {"image": image.pk, "alt": f"{word} a", "caption": f"{word} b", "decorative": False}
    plain = {"image": image.pk, "alt": "", "caption": "", "decorative": False}
    rows = {"data": [[word, word], ["1", "2"]], "first_row_is_table_header": True}
    return blocks(
        ("heading", {"text": word, "level": "h2"}),
        ("heading", {"text": f"{word} c", "level": "h3"}),
        ("paragraph", f"<p>{word}<footnote> {word}</footnote></p>"),
        ("question", {"question": word, "answer": f"<p>{word}</p>"}),
        ("quotation", {"text": word, "attribution": word, "source": "https://example.org/"}),
        ("pull_quote", {"text": word}),
        ("preformatted", {"text": word, "kind": "code"}),
        ("preformatted", {"text": word, "kind": "verse"}),
        ("note", {"title": word, "text": f"<p>{word}</p>"}),
        ("note", {"title": "", "text": f"<p>{word}</p>"}),
        ("image", picture),
        ("image", plain),
        ("gallery", {"pictures": [picture, plain], "caption": word}),
        ("embed", {"embed": "https://video.example.org/1", "title": word}),
        ("table", {"caption": word, "table": rows, "source": word}),
        ("article", {"article": article.pk}),
    )


def name_the_journal(journal):
    """Give every page its name, its tagline, its foot and a link elsewhere."""
    link = blocks(("link", {"label": "Mastodon", "url": "https://social.example.org/"}))
    JournalSettings.objects.create(
        site=journal.site,
        social_links=link,
        **{
            f"{name}_{language}": WRITTEN[language]
            for name in ("name", "tagline", "footer_text")
            for language in BOTH
        },
    )


def written(*names):
    """The translated fields ``names``, filled in both languages."""
    return {f"{name}_{language}": WRITTEN[language] for name in names for language in BOTH}


@pytest.fixture
def journal(journal):
    """The journal; its pages are found in :func:`addresses`."""
    name_the_journal(journal)
    image = make_image(width=64, height=48, **written("alt", "caption"), credit="L. R.")
    topic = make_topic(journal, *WRITTEN.values(), **written("description"))
    make_topic(journal, *(f"{word} 0" for word in WRITTEN.values()))
    people = [
        make_author(journal, "Léa Rochat", photo=image, **written("role", "biography")),
        make_author(journal, "Sam Field", live_in=["fr"]),
    ]
    fillers = [
        make_article(journal, *(f"{word} {number}" for word in WRITTEN.values()), topics=[topic])
        for number in range(30)
    ]
    full = make_article(
        journal,
        *(f"{word} d" for word in WRITTEN.values()),
        topics=[topic],
        authors=people[:1],
        picks=fillers[1:4],
        hero_image=image,
        publication_date=timezone.now() - timedelta(days=3),
        series=make_page(SeriesPage, journal.home, *(f"{word} s" for word in WRITTEN.values())),
        **{f"body_{code}": full_body(code, image, fillers[0]) for code in BOTH},
    )
    publish_draft(full, **{f"lead_{code}": f"{WRITTEN[code]} e" for code in BOTH})
    make_plain_page(journal, *WRITTEN.values(), body_fr=full.body_fr, body_en=full.body_en)
    for language in BOTH:
        titles = [f"{WRITTEN[code]} f {language}" for code in BOTH]
        make_article(journal, *titles, live_in=[language], authors=people)
    return journal


def addresses(journal, language):
    """Every address readers of ``language`` can come to."""
    above = journal.home.address_in(language)
    for page in journal.home.get_descendants(inclusive=True).live().specific():
        where = page.address_in(language).removeprefix(above)
        yield page.url_in(language) or f"/{language}/{where}"
        if isinstance(page, ArticleIndexPage | TopicPage):
            yield f"/{language}/{where}?page=2"
    search = f"/{language}/search/"
    yield search
    yield f"{search}?q={WRITTEN[language]}"
    yield f"{search}?q={WRITTEN[language]}&page=2"
    yield f"{search}?q=nothingofthekind"
    yield f"/{language}/nothing-of-the-kind/"


@pytest.mark.scale
def test_no_page_speaks_the_other_language(journal, client, foreign):
    call_command("rebuild_related", verbosity=0)
    found, missed = {}, []
    for language in BOTH:
        told = []
        for address in addresses(journal, language):
            html = client.get(address).content.decode()
            told += Reading(html).words
            if said := strangers(html, language, foreign):
                found[address] = said
        everything = " ".join(told)
        missed += [words for words in EXPECTED[language] if words not in everything]

    assert (found, missed) == ({}, [])


@pytest.mark.parametrize("language", BOTH)
def test_an_empty_journal_speaks_one_language(db, client, foreign, language):
    journal = make_journal()
    topic = make_topic(journal, *WRITTEN.values())
    for page in (journal.home, journal.articles, journal.topics, journal.authors, topic):
        html = client.get(page.url_in(language)).content.decode()
        assert strangers(html, language, foreign) == []


@pytest.mark.parametrize("language", BOTH)
def test_a_breakdown_is_admitted_in_one_language(foreign, language):
    with translation.override(language):
        assert strangers(render_to_string("500.html"), language, foreign) == []


PLANTED = [
    "<p>{}</p>",
    "<p>12 <b>{} 3</b></p>",
    '<img alt="{}">',
    '<nav aria-label="{}"></nav>',
    '<a title="{}">1</a>',
    '<input placeholder="{}">',
    '<meta name="description" content="{}">',
    '<p><span lang="de">1</span> {}</p>',
]


@pytest.mark.parametrize("place", PLANTED)
@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Lire aussi"), ("fr", "Further reading"), ("en", "12 articles pour «\u202fx\u202f»")],
)
def test_a_word_of_the_other_language_is_found(foreign, language, words, place):
    html = f'<html lang="{language}"><body>{place.format(words)}</body></html>'

    assert len(strangers(html, language, foreign)) == 1


def test_what_names_its_own_language_is_left_alone(foreign):
    html = '<html lang="en"><p>1<span lang="fr"><b>Pas en français</b><img alt="Encadré"></span>'

    assert strangers(html, "en", foreign) == []


def test_a_document_in_the_wrong_language_is_refused(foreign):
    with pytest.raises(AssertionError):
        strangers('<html lang="fr"></html>', "en", foreign)
