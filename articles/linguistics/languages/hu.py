"""Hungarian."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "hungarian"
