"""What users may not edit, taken from forms and rendered instead. Begin with ``fields``."""
