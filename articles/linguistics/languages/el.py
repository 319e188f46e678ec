"""Greek."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "greek"
