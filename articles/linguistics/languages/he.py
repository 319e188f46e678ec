"""Hebrew."""

from diptych.articles.linguistics.languages.unknown import *

WORDS_PER_MINUTE = 187
