"""Words and signs that are kept with the number or name next to them, by language."""

#: Signs and names of units that follow a number, in every language.
UNITS = (
    *("km²", "km2", "km", "m²", "m³", "m2", "m3", "m", "cm", "mm", "µm", "nm", "ha"),
    *("kg", "mg", "µg", "g", "t", "Mt", "hl", "dl", "cl", "ml", "l", "L"),
    *("h", "min", "s", "ms", "km/h", "m/s"),
    *("°C", "°F", "°", "K", "kW", "MW", "GW", "kWh", "MWh", "GWh", "TWh", "W", "V"),
    *("Hz", "kHz", "MHz", "GHz", "dB", "hPa", "kcal", "kJ", "ppm"),
    *("ko", "Mo", "Go", "To", "kB", "KB", "MB", "GB", "TB", "px", "pt"),
    *("%", "‰", "€", "$", "£", "CHF", "EUR", "USD", "GBP"),
)

#: Signs before a number.
PREFIXES = ("n°", "N°", "nº", "Nº", "§", "CHF", "EUR", "USD", "GBP", "$", "€", "£")
#: Names of Creative Commons licences before the number of their version.
LICENCES = ("BY", "BY-SA", "BY-NC", "BY-ND", "BY-NC-SA", "BY-NC-ND", "CC0")
#: Units of a compound such as ``10-12-year-olds``, after a range and a hyphen.
COMPOUND_UNITS = ("year", "month", "week", "day", "hour", "minute", "page", "point", "person")

FRENCH_UNITS = (
    *("million", "millions", "milliard", "milliards", "billion", "billions", "mio", "mrd", "Mrd"),
    *("francs", "euros", "dollars", "centimes", "fr.", "ct."),
)
FRENCH_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)
#: Words before a number that make it a reference.
FRENCH_REFERENCES = ("p.", "pp.", "art.", "al.", "chap.", "fig.", "vol.", "t.", "no", "nos", "Fr.")
#: Parts of a work, in lower case, kept with the number after them, in figures or Roman numerals.
FRENCH_PARTS = (
    *("page", "pages", "chapitre", "chapitres", "tome", "tomes", "livre", "volume", "volumes"),
    *("article", "articles", "alinéa", "figure", "tableau", "annexe", "acte", "scène", "chant"),
    *("numéro", "note", "ligne", "lignes", "section", "partie", "vol.", "chap.", "t.", "art."),
)
FRENCH_COUNTED = (
    *("an", "ans", "années", "mois", "semaines", "jour", "jours", "heure", "heures"),
    *("minute", "minutes", "secondes"),
    *("pages", "personnes", "degrés", "mètres", "kilomètres", "kilos", "litres"),
)
FRENCH_PLACES = ("pages", "page", "chapitres", "articles", "lignes", "vers", "volumes")
#: Titles before a name.
FRENCH_TITLES = ("M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles", "Dr", "Dre", "Pr", "Pre", "Me", "Mgr")
#: Words after an ordinal.
CENTURIES = (
    *("siècle", "siècles", "millénaire", "millénaires", "République", "arrondissement"),
    *("éd", "édition", "éditions"),
)
#: Words with which a sentence starts after an abbreviation, so that it was no initial.
FRENCH_STARTS = (
    *("Au", "Aucun", "Aussi", "Aux", "Avec", "Ce", "Cela", "Ces", "Cet", "Cette", "Comme"),
    *("C’est", "Dans", "De", "Depuis", "Des", "Donc", "Du", "Elle", "Elles", "En", "Est", "Et"),
    *("Il", "Ils", "Je", "J’ai", "La", "Le", "Les", "Leur", "Lors", "Mais", "Ni", "Nous", "On"),
    *("Or", "Ou", "Par", "Pas", "Pour", "Puis", "Quand", "Que", "Qui", "Quoi", "Qu’il", "Sa"),
    *("Sans", "Ses", "Si", "Son", "Sur", "Tous", "Tout", "Un", "Une", "Vous", "À", "Ça"),
)

ENGLISH_UNITS = (
    *("million", "millions", "billion", "billions", "trillion", "mph", "miles", "lb", "oz", "ft"),
    *("francs", "euros", "dollars", "pounds", "pence", "a.m.", "p.m.", "am", "pm"),
)
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
#: Abbreviated months, kept with the day after them.
ENGLISH_SHORT_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
ENGLISH_REFERENCES = ("p.", "pp.", "art.", "ch.", "fig.", "vol.", "no.", "nos.", "No.", "Fig.")
ENGLISH_PARTS = (
    *("page", "pages", "chapter", "chapters", "volume", "volumes", "book", "part", "article"),
    *("articles", "section", "appendix", "figure", "table", "act", "scene", "number", "note"),
    *("line", "lines", "vol.", "ch."),
)
ENGLISH_COUNTED = (
    *("years", "months", "weeks", "days", "hours", "minutes", "seconds"),
    *("pages", "people", "degrees", "metres", "kilometres", "kilos", "litres", "percent"),
)
ENGLISH_PLACES = ("pages", "page", "chapters", "articles", "lines", "verses", "volumes")
ENGLISH_TITLES = ("Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "Prof.", "St", "St.")

ENGLISH_STARTS = (
    *("A", "After", "All", "An", "And", "Any", "As", "At", "Because", "But", "By", "For"),
    *("From", "He", "Her", "His", "How", "However", "I", "If", "In", "Is", "It", "Its", "Just"),
    *("My", "No", "Nobody", "Nor", "Not", "Now", "On", "Or", "Our", "She", "So", "Some"),
    *("Such", "That", "The", "Their", "Then", "There", "These", "They", "This", "Those", "To"),
    *("We", "What", "When", "Where", "Which", "Who", "Why", "With", "Yes", "You", "Your"),
)

#: Words with an initial apostrophe, without it.
CLIPPED = ("tis", "twas", "twere", "em", "til", "cause", "bout", "round", "n", "tain", "fin")
