"""Lithuanian."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "lithuanian"
