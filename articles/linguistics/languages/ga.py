"""Irish."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "irish"
