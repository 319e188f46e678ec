"""The tables as an index of articles, and what is written into them for one of them."""

from articles.languages.models import PageLanguage
from articles.related.keys import keys_of, ranges_of, rows_of
from articles.related.models import RelatedTerm, RelatedText
from articles.related.reading import facts_of
from articles.related.texts import Text


class StoredIndex:
    """What terms lead to, and the texts there, looked up in the database.

    ``numbers`` are those of the languages in the keys of terms.
    """

    def __init__(self, numbers):
        self.numbers = numbers

    def found_by(self, language, terms, most):
        """For each of ``terms`` the rows it leads to, at most so many: the newest."""
        every = RelatedTerm.objects.order_by("-key").values_list("key", flat=True)
        ranges = zip(*ranges_of(self.numbers[language], terms), strict=True)
        return [
            rows_of(list(every.filter(key__gte=int(first), key__lte=int(last))[:most]))
            for first, last in ranges
        ]

    def newest(self, language, most):
        rows = _texts(language).order_by("-row_id").values_list("row_id", flat=True)
        return list(rows[:most])

    def has_thin(self, language):
        return _texts(language).filter(is_thin=True).exists()

    def counterparts(self, row_ids, language, only_thin=False):
        """The rows in ``language`` of the pages of ``row_ids``, by these."""
        pages = dict(PageLanguage.objects.filter(pk__in=row_ids).values_list("page_id", "pk"))
        rows = _texts(language).filter(row__page_id__in=pages)
        if only_thin:
            rows = rows.filter(is_thin=True)
        return {pages[page]: row for page, row in rows.values_list("row__page_id", "row_id")}

    def articles(self, language, row_ids, languages):
        """For each of ``row_ids`` its texts by language, and its facts.

        Texts in another one of ``languages`` than ``language`` come where they may be needed.
        """
        pages, texts = {}, {}
        for row, page, text in _unpacked(_texts(language).filter(row_id__in=row_ids)):
            pages[row], texts[page] = page, {language: text}
        others = [code for code in languages if code != language]
        if others:
            wanted = [page for page, by_language in texts.items()]
            for code in others:
                same = _texts(code).filter(row__page_id__in=wanted)
                for _row, page, text in _unpacked(same):
                    texts[page][code] = text
        facts = facts_of(list(texts), language)
        return {row: (texts[pages[row]], facts[pages[row]]) for row in pages}


def _texts(language):
    return RelatedText.objects.filter(row__language=language)


def _unpacked(texts):
    names = ("row_id", "row__page_id", "size", "terms", "length", "is_thin")
    for row, page, size, terms, length, is_thin in texts.values_list(*names):
        yield row, page, Text.unpacked(size, bytes(terms), length, is_thin)


def store(row_id, number, text):
    """Write the text of the row ``row_id``, and the terms by which it is found."""
    forget_terms(row_id, number)
    RelatedText.objects.update_or_create(
        row_id=row_id,
        defaults={
            "length": text.length,
            "is_thin": text.is_thin,
            "has_changed": True,
            "size": len(text.terms),
            "terms": text.packed(),
        },
    )
    keys = set(keys_of(number, text.terms[text.found_by], row_id).tolist())
    RelatedTerm.objects.bulk_create([RelatedTerm(key=key) for key in keys])


def forget_terms(row_id, number):
    """Remove the terms by which the text of a row has been found so far."""
    stored = RelatedText.objects.filter(row_id=row_id).values_list("size", "terms").first()
    if stored is not None:
        text = Text.unpacked(stored[0], bytes(stored[1]), 0)
        keys = keys_of(number, text.terms[text.found_by], row_id)
        RelatedTerm.objects.filter(key__in=keys.tolist()).delete()
