"""Yiddish."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "yiddish"
