"""Danish."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "danish"
