"""Write what a rebuild has found, part by part, and leave alone what has changed meanwhile."""

from django.db import connections, router, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from articles.languages.models.page_language import PageLanguage
from articles.related.counting import leave_uncounted
from articles.related.keys import range_of_language, rows_of
from articles.related.lists import take_out
from articles.related.models import (
    RelatedPage,
    RelatedTerm,
    RelatedText,
    RelatedUncounted,
    RelatedVocabulary,
)
from articles.related.updating import lock

#: So many articles are written in one transaction, and so many keys of terms.
PART, KEYS = 200, 20_000


class Overtaken(Exception):
    """Another rebuild has begun since, and knows better what is live."""


class Writing:
    """Brings the tables of one language to what was found; what is right stays as it is.

    Articles that were seen to after they had been read are known better by the tables. Raises
    :exc:`Overtaken` where another rebuild has begun.
    """

    def __init__(self, language, vocabularies):
        self.language = language
        self.vocabularies = vocabularies
        self.number = vocabularies[language].number

    def _lock(self):
        own = self.vocabularies[self.language]
        if lock(self.vocabularies)[own.number] != own.rebuilds:
            raise Overtaken

    @transaction.atomic
    def keep_vocabulary(self, stored, vocabulary, newest_day, rows):
        """Store what was counted in ``rows``; ``stored`` is as it was when that began.

        Articles that have become live since are still to be counted.
        """
        self._lock()
        RelatedVocabulary.objects.filter(number=self.number).update(
            articles=vocabulary.articles,
            terms=vocabulary.packed(),
            newest_day=newest_day,
            counted_at=timezone.now(),
            changes=Greatest(F("changes") - stored.changes, 0),
        )
        self._forget_counted(rows)
        leave_uncounted(self.language, set(self._changed()) - set(rows))

    def write_all(self, index, lists, progress):
        self._write_keys(index.keys[self.language], progress)
        part, texts = {}, index.texts[self.language]
        rows = list(texts)
        for row_id, scores in progress(lists.finished(), stage="write", total=len(rows)):
            part[row_id] = scores
            if len(part) == PART:
                self._write_part(part, texts)
                part = {}
        self._write_part(part, texts)
        self._forget_others(set(rows))

    def _forget_counted(self, rows):
        for start in range(0, len(rows), KEYS):
            RelatedUncounted.objects.filter(row_id__in=rows[start : start + KEYS]).delete()

    def _changed(self):
        texts = RelatedText.objects.filter(row__language=self.language)
        return texts.filter(has_changed=True).values_list("row_id", flat=True)

    def _write_keys(self, keys, progress):
        """Bring the terms to ``keys``, which are in ascending order."""
        first, end = range_of_language(self.number)
        for start in progress(range(0, len(keys) or 1, KEYS), stage="terms", total=len(keys)):
            part = keys[start : start + KEYS]
            last = int(part[-1]) if start + KEYS < len(keys) else end
            self._write_range(first, last, set(part.tolist()))
            first = last + 1

    @transaction.atomic
    def _write_range(self, first, last, wanted):
        self._lock()
        stored = RelatedTerm.objects.filter(key__range=(first, last))
        known = set(stored.values_list("key", flat=True))
        changed = set(self._changed())
        gone = [key for key in known - wanted if rows_of(key) not in changed]
        for start in range(0, len(gone), PART):
            RelatedTerm.objects.filter(key__in=gone[start : start + PART]).delete()
        new = sorted(key for key in wanted - known if rows_of(key) not in changed)
        insert(RelatedTerm, ["key"], [(key,) for key in new])

    @transaction.atomic
    def _write_part(self, part, texts):
        """Write texts and lists: ``part`` maps rows to those of others and their scores."""
        self._lock()
        rows = {row for scores in part.values() for row in scores} | set(part)
        live = PageLanguage.objects.filter(pk__in=rows, live=True)
        live = set(live.values_list("pk", flat=True))
        changed = set(self._changed().filter(row_id__in=list(part)))
        part = {row: scores for row, scores in part.items() if row in live - changed}
        RelatedText.objects.bulk_create(
            [self._stored(row, texts[row]) for row in part],
            update_conflicts=True,
            unique_fields=["row"],
            update_fields=["is_thin", "has_changed", "size", "terms"],
        )
        wanted = {
            (source, target): score
            for source, scores in part.items()
            for target, score in scores.items()
            if target in live
        }
        self._write_pairs(list(part), wanted)

    def _stored(self, row_id, text):
        return RelatedText(
            row_id=row_id,
            is_thin=text.is_thin,
            has_changed=False,
            size=len(text.terms),
            terms=text.packed(),
        )

    def _write_pairs(self, sources, wanted):
        known = RelatedPage.objects.filter(source_id__in=sources)
        right, wrong = set(), []
        for pk, source, target, score in known.values_list("pk", "source_id", "target_id", "score"):
            pair = (source, target)
            if wanted.get(pair) == score and pair not in right:
                right.add(pair)
            else:
                wrong.append(pk)
        RelatedPage.objects.filter(pk__in=wrong).delete()
        new = [(*pair, score) for pair, score in wanted.items() if pair not in right]
        insert(RelatedPage, ["source", "target", "score"], new)

    @transaction.atomic
    def _forget_others(self, rows):
        """Remove what is stored of articles that are no longer live."""
        self._lock()
        texts = RelatedText.objects.filter(row__language=self.language)
        old = texts.filter(has_changed=False).values_list("row_id", flat=True)
        gone = [row for row in old if row not in rows]
        for start in range(0, len(gone), PART):
            take_out(gone[start : start + PART])
            RelatedText.objects.filter(row_id__in=gone[start : start + PART]).delete()
        without_text = RelatedPage.objects.filter(source__language=self.language)
        without_text.filter(source__related_text__isnull=True).delete()
        without_text.filter(target__related_text__isnull=True).delete()


def insert(model, names, rows):
    """Insert plain values, millions of them: making an object of each would take most of the time.

    They are all whole numbers, which every database takes as they are.
    """
    if not rows:
        return
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(model._meta.get_field(name).column) for name in names)
    values = ", ".join("%s" for _name in names)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({values})", rows
        )
