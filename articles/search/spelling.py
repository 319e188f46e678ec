"""How far two words are from each other."""

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
