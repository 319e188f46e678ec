"""Serbian."""

from diptych.articles.linguistics.languages.unknown import *

STEMMER = "serbian"
