"""Bring what belongs beside an article up to date after it has changed."""

from django.apps import apps
from django.db import transaction

from articles.languages.available import available_languages
from articles.languages.models.page_language import PageLanguage
from articles.related.candidates import candidates
from articles.related.counting import count, note_change, uncounted
from articles.related.lists import (
    StoredLists,
    compare_with,
    pages_with_short_lists,
    standing_beside,
    take_out,
)
from articles.related.models import RelatedText, RelatedVocabulary, RelatedWaiting
from articles.related.reading import facts_of, read, text_of, vocabulary_of
from articles.related.stored import StoredIndex, forget_terms, store
from articles.related.texts import Text

#: So many of its nearest neighbours are read anew when an article changes.
NEAREST = 3


def vocabularies():
    """The row of each language's vocabulary; one that is missing is made, empty."""
    found = {each.language: each for each in RelatedVocabulary.objects.defer("terms")}
    for language in available_languages():
        if language not in found:
            found[language], _created = RelatedVocabulary.objects.get_or_create(language=language)
    return {language: found[language] for language in available_languages()}


@transaction.atomic
def update(page_id):
    """Look anew for what belongs beside the article ``page_id``, in every language it is live in.

    It is put into the lists of others as well, and taken out where it is no longer live. A page
    that is no article has nothing beside it, and an alias what its original has.
    """
    lock(vocabularies())
    # What they say may have changed while somebody else held them.
    known = vocabularies()
    rows = {row.language: row for row in PageLanguage.objects.filter(page_id=page_id)}
    rows = {code: row for code, row in rows.items() if code in known}
    articles = apps.get_model("diptych", "ArticlePage").objects.filter(alias_of__isnull=True)
    article = articles.filter(pk=page_id).first()
    live = {code: row.pk for code, row in rows.items() if article and row.live}
    note_change(set(live) | _compared(rows))
    _withdraw({code: row.pk for code, row in rows.items() if code not in live}, known, page_id)
    terms = {code: read(article, code) for code in live}
    for code, row_id in live.items():
        count(known[code], row_id, terms[code][0])
    Journal(known).bring_up_to_date(live, terms, page_id)


def _compared(rows):
    """The languages among ``rows`` in which the article has been compared before."""
    texts = RelatedText.objects.filter(row_id__in=[row.pk for row in rows.values()])
    return set(texts.values_list("row__language", flat=True))


def _withdraw(rows, known, page_id):
    """Take an article out of all lists in the languages that it is not live in."""
    left = take_out(list(rows.values()))
    for code, row_id in rows.items():
        forget(row_id, known[code].number)
    _mark_short_lists(left, page_id)


class Journal:
    """All articles, as the tables know them, while one of them is brought up to date."""

    def __init__(self, known):
        self.known = known
        self.words = {code: vocabulary_of(each) for code, each in known.items()}
        self.index = StoredIndex({code: each.number for code, each in known.items()}, self.words)
        self.lists = StoredLists()

    def bring_up_to_date(self, rows, terms, page_id):
        """Write the texts and lists of an article: its ``rows`` by language, and its ``terms``.

        What terms are worth has changed with it, most of all for its neighbours: the nearest are
        read anew as well.
        """
        new = uncounted(list(rows.values()))
        texts = {}
        for code, (found, counts, is_thin) in terms.items():
            is_counted = rows[code] not in new
            texts[code] = Text.read(found, counts, self.words[code], is_thin, is_counted)
            store(rows[code], self.known[code].number, texts[code])
        for code, row_id in rows.items():
            found = candidates(code, row_id, self._source(code, texts), self.index)
            others = {*found, *standing_beside([row_id])}
            beside = self.index.articles(code, others, list(texts))
            beside[row_id] = (texts, facts_of([page_id], code)[page_id])
            own = self._place(code, row_id, beside)
            self._look_again(code, [row for _score, row in own[:NEAREST]], beside)
        self.lists.write()

    def _source(self, code, texts):
        return {code: texts[code], **texts}

    def _place(self, code, row_id, beside):
        texts, facts = beside[row_id]
        source, newest = self._source(code, texts), self.known[code].newest_day
        lists = compare_with(beside, code, row_id, source, facts, newest)
        self.lists.put(row_id, lists)
        return lists.own

    def _look_again(self, code, rows, beside):
        """Read articles anew, and compare them with those ``beside``, by rows, and their own."""
        pages = dict(PageLanguage.objects.filter(pk__in=rows).values_list("pk", "page_id"))
        articles = apps.get_model("diptych", "ArticlePage").objects.in_bulk(pages.values())
        new = uncounted(rows)
        others = standing_beside(rows) - set(beside)
        beside |= self.index.articles(code, others, list(self.known))
        for row in rows:
            texts, facts = beside[row]
            text = text_of(articles[pages[row]], code, self.words[code], row not in new)
            store(row, self.known[code].number, text)
            beside[row] = ({**texts, code: text}, facts)
            self._place(code, row, beside)


def lock(known):
    """Let only one at a time write; SQLite has but one writer anyway.

    Whoever writes lists or vocabularies begins with this, so that nobody waits for somebody who
    waits for them. Returns how many rebuilds have begun, by the number of each vocabulary.
    """
    numbers = [each.number for each in known.values()]
    rows = RelatedVocabulary.objects.filter(number__in=numbers).order_by("number")
    return dict(rows.select_for_update().values_list("number", "rebuilds"))


def forget(row_id, number):
    """Remove the text of a row, and the terms by which it was found."""
    forget_terms(row_id, number)
    RelatedText.objects.filter(row_id=row_id).delete()


def _mark_short_lists(row_ids, page_id):
    """Have the lists made anew that have lost too much, each when its turn comes."""
    by_language = {}
    rows = PageLanguage.objects.filter(pk__in=row_ids, related_text__isnull=False)
    for row, language in rows.values_list("pk", "language"):
        by_language.setdefault(language, []).append(row)
    for language, rows in by_language.items():
        articles = RelatedText.objects.filter(row__language=language).count()
        RelatedWaiting.objects.mark(pages_with_short_lists(rows, articles) - {page_id})
