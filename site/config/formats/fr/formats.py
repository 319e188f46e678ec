"""Date inputs in French, as they are written in France and in Switzerland."""

# The first of each is that of the inputs; the other ones are read as well.
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y"]
DATETIME_INPUT_FORMATS = ["%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%y %H:%M", "%d.%m.%Y %H:%M"]
