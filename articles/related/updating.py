"""Bring what belongs beside an article up to date after it has changed."""

from django.apps import apps
from django.db import transaction

from articles.languages.available import available_languages
from articles.languages.models import PageLanguage
from articles.related.lists import compare, pages_with_short_lists, take_out, write_lists
from articles.related.models import RelatedText, RelatedVocabulary, RelatedWaiting
from articles.related.reading import facts_of, text_of, vocabulary_of
from articles.related.stored import StoredIndex, forget_terms, store


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
    that is no article has nothing beside it.
    """
    known = vocabularies()
    lock(known)
    rows = {row.language: row for row in PageLanguage.objects.filter(page_id=page_id)}
    article = apps.get_model("diptych", "ArticlePage").objects.filter(pk=page_id).first()
    live = {code for code in known if article and code in rows and rows[code].live}
    words = {code: vocabulary_of(known[code]) for code in live}
    texts = {code: text_of(article, code, words[code]) for code in live}
    left = take_out([row.pk for row in rows.values()])
    for code, row in rows.items():
        if code in texts:
            store(row.pk, known[code].number, texts[code])
        elif code in known:
            forget(row.pk, known[code].number)
    index = StoredIndex({code: each.number for code, each in known.items()})
    for code in live:
        facts = facts_of([page_id], code)[page_id]
        lists = compare(code, rows[code].pk, texts, facts, index, known[code].newest_day)
        write_lists(rows[code].pk, lists)
    _mark_short_lists(left, page_id)


def lock(known):
    """Let only one at a time write; SQLite has but one writer anyway."""
    numbers = [each.number for each in known.values()]
    rows = RelatedVocabulary.objects.filter(number__in=numbers).order_by("number")
    list(rows.select_for_update().values_list("number"))


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
