"""Tamil."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "tamil"
