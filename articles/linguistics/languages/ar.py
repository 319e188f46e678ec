"""Arabic."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "arabic"
WORDS_PER_MINUTE = 138
