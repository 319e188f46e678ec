"""All constants of a language, each as it is where nothing better is known.

Lists of words are texts, with spaces or line ends between them. What the engine has to know of a
language stands there, as it imports nothing of here: ``LETTERS`` of addresses in
``routes/slugs.py``, ``CAPITALISING`` in ``config/language_config.py``, and formats of dates in
``config/dates.py``.
"""

#: The name of the algorithm in the package snowballstemmer, "" without one.
STEMMER = ""
#: Words a minute, read in silence: medians of Trauzettel-Klosinski and Dietz, "Standardized
#: Assessment of Reading Performance", 2012, where texts of equal length said the same.
WORDS_PER_MINUTE = 184

#: Elided words, as a regular expression. An apostrophe parts them from the next word; other
#: apostrophes belong to the word. These are those of names: l’Hermitage, d’Orsay.
ELIDED = "[dl]"
#: Endings of gender-inclusive spellings, as a regular expression: « étudiant·e·s »,
#: « acteur/trice », „Bürger*in“.
INCLUSIVE_ENDINGS = ""
#: The characters between the word and such an ending, beside a middle dot.
INCLUSIVE_JOINTS = ""

#: Function words that say little about a text. Search keeps them in the index, for phrases and
#: titles made of them, and gives them little weight.
STOP_WORDS = ""
#: Further words that say nothing of what a text is about, for suggestions of related articles.
FUNCTION_WORDS = ""
#: Function words, in lower case, by which a text is recognised to be in the language.
SMALL_WORDS = ""
#: Words that may stand twice in a row; where there are none, nobody is told of such a pair.
REPEATED = ""
#: Words common in descriptions of images, for the same.
PICTURE_WORDS = ""
#: Phrases of machine-made descriptions of images, as regular expressions upon folded text; see
#: ``fold_line``.
MACHINE_PHRASES = ()

# Word forms that the stemmer does not reduce to one stem. Every word here is folded: without case,
# accents and ligatures.

#: Replacements of endings, as regular expressions, made before stemming in this order: plural to
#: singular, before the stemmer mistakes an ending for that of a verb (« danger, dangers »), and
#: feminine to masculine or the reverse, whichever leads to fewer mistakes.
ENDINGS = ()
#: Endings of number and gender that ``ENDINGS`` leave to the stemmer.
INFLECTIONS = ()
#: Singulars whose plural in *s* is reduced though ``ENDINGS`` keep that s.
PLURALS = ""
#: Irregular forms; each line has the forms of one word.
IRREGULAR = ""
#: Words whose stem would collide with another word's; the first form of the line is the stem.
WHOLE = ""

# Typography.

#: The opening and the closing mark of each level, from the outermost inwards, and the space inside
#: them. By territory where one differs, such as "ch"; "" is that of all others.
QUOTATIONS = {"": (("“", "”", ""), ("‘", "’", ""))}
#: The conventions beside quotation marks and words, by territory as above: fields of
#: ``themes.typography.conventions.Conventions``. Without an entry texts are left as they are.
TYPOGRAPHY = {}
#: The key of ``TYPOGRAPHY`` for each territory whose conventions are known; {} if the language has
#: the same in all.
TERRITORIES = {}
#: Names of units that follow a number, beside those of every language.
UNITS = ()
MONTHS = ()
#: Abbreviated months, kept with the day after them.
SHORT_MONTHS = ()
#: Words before a number that make it a reference.
REFERENCES = ()
#: Parts of a work, in lower case, kept with the number after them, in figures or Roman numerals.
PARTS = ()
#: What is counted by the number before it.
COUNTED = ()
#: Parts of a work whose numbers are a range when a hyphen stands between them.
PLACES = ()
#: Titles before a name.
TITLES = ()
#: Words after an ordinal.
CENTURIES = ()
#: Words with which a sentence starts after an abbreviation, so that it was no initial.
STARTS = ()

# Texts of pages.

#: The locale for a language without a territory, which Open Graph requires; "" for its code.
OPEN_GRAPH_LOCALE = ""
#: "from" and the language as one message, since other languages need an article: « de l’anglais ».
TRANSLATED_FROM = ""
