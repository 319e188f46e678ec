"""Screens of newsletters, issues and addresses: a module for each."""
