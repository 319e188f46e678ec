"""From text to what is compared: words, folded and stemmed, each with its place in the text.

The same analysis is made of what is searched and of what is searched for, on every database.
"""
