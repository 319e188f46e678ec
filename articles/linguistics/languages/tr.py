"""Turkish."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "turkish"
WORDS_PER_MINUTE = 166
