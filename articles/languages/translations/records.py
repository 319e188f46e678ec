"""What is on record of a translation; see ``provenance`` for what it says."""

from articles.languages.available import column


def record_of(page, language):
    return getattr(page, column("provenance", language)) or {}


def write_record(page, language, record):
    setattr(page, column("provenance", language), record)
