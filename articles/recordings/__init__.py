"""Recordings of articles, one in each language: what counts as one, and how its file is sent."""
