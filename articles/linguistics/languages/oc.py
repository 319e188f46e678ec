"""Occitan."""

from diptych.articles.linguistics.languages.unknown import *

ELIDED = "[dlmnst]|qu"
