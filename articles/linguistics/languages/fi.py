"""Finnish."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "finnish"
WORDS_PER_MINUTE = 161
