"""Armenian."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "armenian"
