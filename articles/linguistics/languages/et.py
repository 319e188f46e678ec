"""Estonian."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "estonian"
