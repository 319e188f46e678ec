"""Dates as numbers."""

DATE_FORMAT = "Y-m-d"
