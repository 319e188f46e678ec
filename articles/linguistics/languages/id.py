"""Indonesian."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "indonesian"
