"""Alternative texts: what may be wrong with one, judged by its words alone.

Pure functions that know no model. The tables of words are data: a further language needs a
line in :mod:`articles.alt_texts.spoken` and one in :mod:`articles.alt_texts.machine_made`.
"""
