"""Russian."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "russian"
WORDS_PER_MINUTE = 184
