"""The words that articles have: which there are, how common they are, which are meant.

Counts tell common words from rare ones and need not be exact: they are kept up to date after
each change and made anew by ``rebuild_search_index``.
"""

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Greatest

from articles.search.models import SearchWord

#: Letters of a word from which on one letter may be wrong, or two.
FROM_ONE, FROM_TWO = 4, 8


def distance_allowed(word):
    """How many letters of ``word`` may be wrong: the shorter it is, the fewer."""
    if any(char.isdigit() for char in word) or len(word) < FROM_ONE:
        return 0
    return 2 if len(word) >= FROM_TWO else 1


def closest(word, counts, allowed):
    """Those of ``counts``, by word how common, that are at most ``allowed`` letters away.

    The nearest come first, of two equally near the one with the same first letter, then the
    more common one.
    """
    letters = set(word)
    found = []
    for other, count in counts.items():
        if abs(len(other) - len(word)) > allowed or other == word:
            continue
        if len(letters ^ set(other)) > 2 * allowed:
            continue
        distance = distance_between(word, other, allowed)
        if distance <= allowed:
            found.append((distance, other[0] != word[0], -count, other))
    return [other for *_order, other in sorted(found)]


def distance_between(first, second, limit):
    """The letters to change, add, leave out or swap with the next; more than ``limit`` is one more.

    After Damerau and Levenshtein, each letter being touched once.
    """
    before, row = [], list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(second, start=1):
            cost = before[j - 1] + (letter != other)
            cost = min(cost, before[j] + 1, row[j - 1] + 1)
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        # Two letters swapped are compared with the row before the last.
        if min(*row, *before) > limit:
            return limit + 1
    return row[-1]


PART = 1000
#: Endings tried for a word that is being typed, the most common first.
COMPLETIONS = 20
#: Words looked at for one that is misspelt.
CANDIDATES = 5000


def revise(language, added, removed):
    """Count a text to which each :class:`Word` of ``added`` is new, and that lost ``removed``."""
    new = {word.word: _row(language, word) for word in added}
    with transaction.atomic():
        ordered = [new[word] for word in sorted(new)]
        SearchWord.objects.bulk_create(ordered, batch_size=PART, ignore_conflicts=True)
        words = SearchWord.objects.filter(language=language, word__in=[*new, *removed])
        # One order for everybody, so that no two wait for each other.
        list(words.order_by("pk").select_for_update().values_list("pk"))
        words.filter(word__in=list(new)).update(documents=F("documents") + 1)
        words.filter(word__in=removed).update(documents=Greatest(F("documents"), 1) - 1)
        words.filter(word__in=removed, documents=0).delete()


def replace(language, counts, words):
    """Make the words of ``language`` anew: how many texts have each, and the :class:`Word`."""
    rows = [_row(language, words[word], count) for word, count in counts.items()]
    with transaction.atomic():
        SearchWord.objects.filter(language=language).delete()
        SearchWord.objects.bulk_create(rows, batch_size=PART)


def _row(language, word, documents=0):
    return SearchWord(
        language=language,
        word=word.word,
        stem=word.stem,
        spelling=word.spelling,
        start=word.word[:2],
        end=word.word[-2:],
        documents=documents,
    )


def documents_with(stems, language):
    """By stem, in about how many texts of ``language`` it stands; none that is in no text."""
    found = SearchWord.objects.filter(language=language, stem__in=stems, documents__gt=0)
    counts = found.order_by().values_list("stem").annotate(total=Sum("documents"))
    return dict(counts)


def completions(word, language):
    """The most common words that begin with ``word``: by stem, its most common spelling."""
    if len(word) < 2:
        return {}
    found = SearchWord.objects.filter(
        language=language, start=word[:2], word__startswith=word, documents__gt=0
    )
    words = found.order_by("-documents", "word").values_list("stem", "spelling")
    spellings = {}
    for stem, spelling in words[:COMPLETIONS]:
        spellings.setdefault(stem, spelling)
    return spellings


def likely_words(word, language):
    """The spellings of what ``word`` was likely meant to be, the most likely first."""
    allowed = distance_allowed(word)
    if not allowed:
        return []
    words = SearchWord.objects.filter(language=language, documents__gt=0)
    counts, spellings = {}, {}
    for side in ({"start": word[:2]}, {"end": word[-2:]}):
        found = words.filter(**side).order_by("-documents", "word")
        for other, count, spelling in found.values_list("word", "documents", "spelling")[
            :CANDIDATES
        ]:
            counts[other], spellings[other] = count, spelling
    return [spellings[other] for other in closest(word, counts, allowed)]
