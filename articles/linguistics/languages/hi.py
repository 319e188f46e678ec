"""Hindi."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "hindi"
