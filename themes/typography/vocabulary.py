"""Words and signs that are kept with the number or name next to them in every language."""

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

#: Words with an initial apostrophe, without it.
CLIPPED = ("tis", "twas", "twere", "em", "til", "cause", "bout", "round", "n", "tain", "fin")
