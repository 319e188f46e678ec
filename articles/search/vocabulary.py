"""The vocabulary of each language: document frequencies, completions and spelling corrections.

Document frequencies need not be exact: they are updated after each change and counted anew by
``rebuild_search_index``.
"""

from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import Greatest

from diptych.articles.caching.versions import invalidate_tags
from diptych.articles.search.models import SearchWord

#: Words written in one query.
BATCH = 1000
#: Completions of a word that is being typed, the most common first.
COMPLETIONS = 20
#: Letters of a word that may be a beginning; a shorter one is a whole word.
SHORTEST_BEGINNING = 3
#: Words compared with a misspelt one.
CANDIDATES = 5000
#: Length of a word from which on one letter may be wrong, or two.
FROM_ONE, FROM_TWO = 4, 8
#: Letters of each of two words that are written as one, at least.
SHORTEST_PART = 3


def update_counts(changes):
    """Count texts that have changed.

    ``changes`` gives by language the tokens ``added`` to a text and the words ``removed`` from it.
    """
    new, gone = {}, []
    for language, (added, removed) in changes.items():
        new |= {(language, token.word): token for token in added}
        gone += [(language, word) for word in removed]
    if not new and not gone:
        return
    with transaction.atomic():
        rows = [_row(language, new[language, word]) for language, word in sorted(new)]
        SearchWord.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        words = SearchWord.objects.filter(_any_of([*new, *gone]))
        # Locked in one order by everybody, so that no two wait for each other.
        stored = list(words.order_by("pk").select_for_update())
        change = Case(When(_any_of(gone), then=-1), default=1) if gone else 1
        words.update(documents=Greatest(F("documents") + change, 0))
        _respell(stored, new)
        if gone:
            SearchWord.objects.filter(_any_of(gone), documents=0).delete()
        invalidate_tags(*(f"search:{language}" for language in changes))


def _any_of(words):
    """The condition for the rows of ``words``, pairs of a language and a word."""
    by_language = {}
    for language, word in words:
        by_language.setdefault(language, []).append(word)
    conditions = [Q(language=language, word__in=own) for language, own in by_language.items()]
    return reduce(or_, conditions, Q())


def _respell(stored, tokens):
    """Write those of the ``stored`` words in lower case that had a capital so far."""
    changed = []
    for row in stored:
        token = tokens.get((row.language, row.word))
        if token is not None and is_better(token, row):
            row.spelling = token.spelling
            changed.append(row)
    SearchWord.objects.bulk_update(changed, ["spelling"], batch_size=BATCH)


def is_better(token, other):
    """Whether a word is spelt as ``token`` is, rather than as ``other``, which may be ``None``.

    What is a name everywhere has a capital; other words have one where a sentence begins.
    """
    return other is None or (token.spelling.islower() and not other.spelling.islower())


def replace_counts(language, counts, tokens):
    """Write the vocabulary of ``language`` anew, from the document frequency of each token."""
    rows = [_row(language, tokens[word], count) for word, count in counts.items()]
    with transaction.atomic():
        SearchWord.objects.filter(language=language).delete()
        SearchWord.objects.bulk_create(rows, batch_size=BATCH)
        invalidate_tags(f"search:{language}")


def _row(language, token, documents=0):
    return SearchWord(
        language=language,
        word=token.word,
        stem=token.stem,
        spelling=token.spelling,
        start=token.word[:2],
        end=token.word[-2:],
        documents=documents,
    )


def document_frequencies(stems, language):
    """About how many texts of ``language`` have each of ``stems``, without those that none has."""
    found = SearchWord.objects.filter(language=language, stem__in=stems, documents__gt=0)
    counts = found.order_by().values_list("stem").annotate(total=Sum("documents"))
    return dict(counts)


def completions(word, language):
    """The most common words that begin with ``word``, each as ``(word, stem, spelling)``.

    Of one or two letters, only the word itself.
    """
    found = SearchWord.objects.filter(language=language, documents__gt=0)
    if len(word) < SHORTEST_BEGINNING:
        found = found.filter(word=word)
    else:
        found = found.filter(start=word[:2], word__startswith=word)
    words = found.order_by("-documents", "word").values_list("word", "stem", "spelling")
    return list(words[:COMPLETIONS])


def spellings_of(words, language):
    """How those of the folded ``words`` are spelt that some text has."""
    found = SearchWord.objects.filter(language=language, word__in=words, documents__gt=0)
    return dict(found.values_list("word", "spelling"))


def spelling_corrections(word, language):
    """Spellings of known words near ``word``, the likeliest first; two words may be one in it.

    The nearest come first, of equally near ones those with the same first letter, then the more
    common ones.
    """
    limit = _errors_allowed(word)
    if not limit:
        return []
    words = SearchWord.objects.filter(language=language, documents__gt=0)
    known = {}
    for side in ({"start": word[:2]}, {"end": word[-2:]}):
        found = words.filter(**side).order_by("-documents", "word")
        rows = found.values_list("word", "documents", "spelling")[:CANDIDATES]
        known |= {other: (count, spelling) for other, count, spelling in rows}
    near = _in_two(word, language)
    for other, (count, spelling) in known.items():
        distance = edit_distance(word, other, limit)
        if 0 < distance <= limit:
            near.append((distance, other[0] != word[0], -count, other, spelling))
    return [spelling for *_order, spelling in sorted(near)]


def _in_two(word, language):
    """Two known words that are ``word`` together, as an entry of the list of corrections."""
    parts = [(word[:at], word[at:]) for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)]
    words = {part for pair in parts for part in pair}
    found = SearchWord.objects.filter(language=language, word__in=words, documents__gt=0)
    known = {each: rest for each, *rest in found.values_list("word", "documents", "spelling")}
    entries = []
    for pair in parts:
        if known.keys() >= set(pair):
            counts, spellings = zip(*(known[part] for part in pair), strict=True)
            entries.append((1, False, -min(counts), " ".join(pair), " ".join(spellings)))
    return entries


def _errors_allowed(word):
    """How many letters of ``word`` may be wrong: the shorter it is, the fewer."""
    if any(char.isdigit() for char in word) or len(word) < FROM_ONE:
        return 0
    return 2 if len(word) >= FROM_TWO else 1


def edit_distance(first, second, limit):
    """The Damerau-Levenshtein distance of two words, or ``limit + 1`` if it is more."""
    if (
        abs(len(first) - len(second)) > limit
        # Most words are told apart by their letters alone.
        or len(set(first) ^ set(second)) > 2 * limit
    ):
        return limit + 1
    before, row = [], list(range(len(second) + 1))
    for i, letter in enumerate(first, start=1):
        earlier, before, row = before, row, [i]
        for j, other in enumerate(second, start=1):
            cost = min(before[j - 1] + (letter != other), before[j] + 1, row[j - 1] + 1)
            if i > 1 and j > 1 and letter == second[j - 2] and first[i - 2] == other:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        # A transposition is compared with the row before the last.
        if min(*row, *before) > limit:
            return limit + 1
    return row[-1]
