"""Basque."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "basque"
