"""Nepali."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "nepali"
