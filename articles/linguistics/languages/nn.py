"""Norwegian Nynorsk."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "norwegian"
