"""Text analysis: tokenizer, letter folding, stemming, and what is known of each language.

Search, its spelling suggestions and the related articles compare texts by these functions. They
know nothing of pages or of a database. :mod:`.languages` has a module of data for each language;
all others work on any language.
"""
