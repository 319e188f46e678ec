"""May a language of a page go live, what is missing, and what should be looked at.

Begin with ``grading``; ``gate`` is what the service asks.
"""
