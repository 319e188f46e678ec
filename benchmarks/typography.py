"""What it costs to set a text as it is printed: ``python -m benchmarks.typography``.

One article of a thousand words in each convention, as HTML with the marks, links and headings that
articles have, typed as a keyboard types it. Nothing is cached between the rounds. The budget is a
millisecond for each article; the command ends with an error where the fastest round is above it,
as whatever else the machine does only adds to the work.
"""

import statistics
import sys
import time
from itertools import cycle

from diptych.themes.typography import ENGLISH, FRANCE, SWITZERLAND, typeset_html

WORDS = 1000
ROUNDS = 300
#: Seconds that a thousand words may take.
BUDGET = 0.001

FRENCH = """\
<h2>Le prix d'une année ailleurs</h2>
<p>Qui part étudier à l'étranger ? En 2023-2024, 10 000 jeunes l'ont fait, soit 12 % de plus qu'en
1998 : le chiffre surprend. "On croit partir pour apprendre une langue", dit <strong>Léa</strong>,
22 ans ; "on apprend surtout d'où l'on vient..." Elle a passé le 1er semestre à Gand, à 650 km
d'ici, dans une ville du XVIe siècle.</p>
<p>Les bourses n'ont pas suivi. Selon <a href="https://example.org/rapport?annee=2024">le rapport de
la faculté</a>, il manque CHF 350 par mois à qui n'habite pas chez ses parents ; la moitié travaille
donc le soir. <em>Est-ce bien raisonnable ?</em> La doyenne répond que "le mot "bourse" a changé de
sens", et qu'il n'y a plus d'argent pour tout le monde.</p>
"""
ENGLISH_TEXT = """\
<h2>What a year elsewhere costs</h2>
<p>Who goes abroad to study? In 2023-2024, 10,000 students did, that's 12% more than in 1998, and
nobody knows why. "You think you'll learn a language," says <strong>Léa</strong>, who's 22; "what
you learn is where you're from..." She spent the 1st term in Ghent, 650 km from here, in a town
that's five centuries old.</p>
<p>The grants haven't kept up. <a href="https://example.org/report?year=2024">The faculty's
report</a> says that those who don't live with their parents lack CHF 350 a month - so half of them
work at night. <em>Isn't that too much?</em> The dean's answer is that "the word 'grant' doesn't
mean what it did", and that there isn't money for everyone.</p>
"""


def article(text):
    """At least a thousand words made of ``text`` over and over; a tag counts as no word."""
    paragraphs = [line for line in text.replace("</p>\n", "</p>\n\x00").split("\x00") if line]
    chosen, words = [], 0
    for paragraph in cycle(paragraphs):
        if words >= WORDS:
            return "".join(chosen)
        chosen.append(paragraph)
        words += sum(1 for word in paragraph.split() if not word.startswith(("<", "href=")))


def seconds_of(html, conventions):
    """The time each of several rounds took, after some that load what stays loaded."""
    for _round in range(20):
        typeset_html(html, conventions)
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        typeset_html(html, conventions)
        times.append(time.perf_counter() - start)
    return times


def main():
    print(f"{'convention':<12}{'characters':>11}{'median µs':>11}{'fastest':>9}{'slowest':>9}")
    is_within = True
    for conventions, text in ((FRANCE, FRENCH), (SWITZERLAND, FRENCH), (ENGLISH, ENGLISH_TEXT)):
        html = article(text)
        times = seconds_of(html, conventions)
        median = statistics.median(times)
        shown = "".join(f"{1e6 * each:>{9}.0f}" for each in (min(times), max(times)))
        print(f"{conventions.name:<12}{len(html):>11}{1e6 * median:>11.0f}{shown}")
        is_within = is_within and min(times) <= BUDGET
    return 0 if is_within else 1


if __name__ == "__main__":
    sys.exit(main())
