"""The history of a page by language: lists, comparison, restoring, log entries."""
