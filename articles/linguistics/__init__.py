"""Text analysis: tokenizer, letter folding, stemming and stop words.

Search, its spelling suggestions and the related articles compare texts by these functions. They
know nothing of pages or of a database.
"""
