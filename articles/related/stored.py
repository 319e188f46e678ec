"""The tables as an index of articles, and what is written into them for one of them."""

import numpy as np
from django.db import connections, router

from articles.languages.models.page_language import PageLanguage
from articles.related.keys import keys_of, ranges_of, rows_between
from articles.related.models import RelatedTerm, RelatedText
from articles.related.reading import facts_of
from articles.related.texts import Text, weigh


class StoredIndex:
    """What terms lead to, and the texts there, looked up in the database.

    ``numbers`` are those of the languages in the keys of terms, ``words`` their vocabularies.
    """

    def __init__(self, numbers, words):
        self.numbers = numbers
        self.words = words
        self._has_thin = {}

    def found_by(self, language, terms, most):
        """For each of ``terms`` the rows it leads to, at most so many: the newest.

        One statement for all of them, which the ORM cannot say: each part has a limit of its own.
        """
        if not len(terms):
            return []
        first, last = ranges_of(self.numbers[language], terms)
        connection = connections[router.db_for_read(RelatedTerm)]
        table = connection.ops.quote_name(RelatedTerm._meta.db_table)
        part = (
            f"SELECT found.key FROM (SELECT key FROM {table} WHERE key BETWEEN %s AND %s "
            "ORDER BY key DESC LIMIT %s) AS found"
        )
        ranges = zip(first.tolist(), last.tolist(), strict=True)
        values = [value for limits in ranges for value in (*limits, most)]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join([part] * len(terms)), values)
            keys = np.array(sorted(key for (key,) in cursor.fetchall()), dtype=np.int64)
        return rows_between(keys, first, last)

    def newest(self, language, most):
        rows = _texts(language).order_by("-row_id").values_list("row_id", flat=True)
        return list(rows[:most])

    def has_thin(self, language):
        if language not in self._has_thin:
            self._has_thin[language] = _texts(language).filter(is_thin=True).exists()
        return self._has_thin[language]

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
        for row, page, text in self._unpacked(language, {"row_id__in": row_ids}):
            pages[row], texts[page] = page, {language: text}
        if self.has_thin(language):
            same = {"row__page_id__in": list(texts)}
            for code in languages:
                if code != language:
                    for _row, page, text in self._unpacked(code, same):
                        texts[page][code] = text
        facts = facts_of(list(texts), language)
        return {row: (texts[pages[row]], facts[pages[row]]) for row in pages}

    def _unpacked(self, language, condition):
        names = ("row_id", "row__page_id", "size", "terms", "is_thin")
        found = [
            (row, page, Text.unpacked(size, bytes(terms), is_thin))
            for row, page, size, terms, is_thin in _texts(language)
            .filter(**condition)
            .values_list(*names)
        ]
        weigh([text for _row, _page, text in found], self.words[language])
        return found


def _texts(language):
    return RelatedText.objects.filter(row__language=language)


def store(row_id, number, text):
    """Write the text of the row ``row_id``, and the terms by which it is found."""
    known = _known_keys(row_id, number)
    RelatedText.objects.update_or_create(
        row_id=row_id,
        defaults={
            "is_thin": text.is_thin,
            "has_changed": True,
            "size": len(text.terms),
            "terms": text.packed(),
        },
    )
    keys = set(keys_of(number, text.terms[text.found_by], row_id).tolist())
    RelatedTerm.objects.filter(key__in=known - keys).delete()
    new = [RelatedTerm(key=key) for key in keys - known]
    RelatedTerm.objects.bulk_create(new, ignore_conflicts=True)


def forget_terms(row_id, number):
    """Remove the terms by which the text of a row has been found so far."""
    RelatedTerm.objects.filter(key__in=_known_keys(row_id, number)).delete()


def _known_keys(row_id, number):
    stored = RelatedText.objects.filter(row_id=row_id).values_list("size", "terms").first()
    if stored is None:
        return set()
    text = Text.unpacked(stored[0], bytes(stored[1]))
    return set(keys_of(number, text.terms[text.found_by], row_id).tolist())
