"""Swedish."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "swedish"
WORDS_PER_MINUTE = 199
