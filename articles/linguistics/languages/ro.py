"""Romanian."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "romanian"
