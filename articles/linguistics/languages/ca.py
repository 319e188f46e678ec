"""Catalan."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "catalan"
ELIDED = "[dlmnst]"
