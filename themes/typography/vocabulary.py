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
FRENCH_COUNTED = (
    *("ans", "années", "mois", "semaines", "jours", "heures", "minutes", "secondes"),
    *("pages", "personnes", "degrés", "mètres", "kilomètres", "kilos", "litres"),
)
FRENCH_PLACES = ("pages", "page", "chapitres", "articles", "lignes", "vers", "volumes")
#: Titles before a name.
FRENCH_TITLES = ("M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles", "Dr", "Dre", "Pr", "Pre", "Me", "Mgr")
#: Words after an ordinal in Roman numerals.
CENTURIES = ("siècle", "siècles", "millénaire", "millénaires", "République", "arrondissement")

ENGLISH_UNITS = (
    *("million", "millions", "billion", "billions", "trillion", "mph", "miles", "lb", "oz", "ft"),
    *("francs", "euros", "dollars", "pounds", "pence", "a.m.", "p.m.", "am", "pm"),
)
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
ENGLISH_REFERENCES = ("p.", "pp.", "art.", "ch.", "fig.", "vol.", "no.", "nos.", "No.", "Fig.")
ENGLISH_COUNTED = (
    *("years", "months", "weeks", "days", "hours", "minutes", "seconds"),
    *("pages", "people", "degrees", "metres", "kilometres", "kilos", "litres", "percent"),
)
ENGLISH_PLACES = ("pages", "page", "chapters", "articles", "lines", "verses", "volumes")
ENGLISH_TITLES = ("Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Dr", "Dr.", "Prof.", "St", "St.")

#: Words with an initial apostrophe, without it.
CLIPPED = ("tis", "twas", "twere", "em", "til", "cause", "bout", "round", "n", "tain", "fin")
